"""Which column of a foreign file means what: a mapping as TOML, shipped or the user's own."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from amends.complaints.stages import Outcome, Stage
from amends.correspondence.models.message import Channel

FIELDS = {
    "external_id",
    "received_on",
    "title",
    "text",
    "product",
    "category",
    "channel",
    "stage",
    "stage_since",
    "outcome",
    "is_settled",
    "segment",
    "site",
    "language",
    "name",
    "email",
    "phone",
    "address",
}
LONGEST_SOURCE = 40
LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,6})?")
NEEDED = {"external_id", "received_on"}
ALLOWED = {
    "channel": set(Channel.values),
    # What is void was looked at by two people here: nobody brings that along.
    "stage": set(Stage.values) - {Stage.VOID.value},
    "outcome": {*Outcome.values, ""},
    "is_settled": {"yes", "no", ""},
}


class MappingError(ValueError):
    """The mapping cannot be used; the text says what to mend."""


@dataclass(frozen=True)
class ColumnMapping:
    """A mapping that has been checked."""

    source: str
    language: str
    columns: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    not_before: tuple[tuple[str, str], ...] = ()
    keep: tuple[str, ...] = ()

    def needed_columns(self) -> set[str]:
        """Columns that a file must have."""
        return {column for name in NEEDED for column in self.columns[name]}

    def all_columns(self) -> set[str]:
        """Columns from which something is read."""
        named = {column for columns in self.columns.values() for column in columns}
        return named.union(self.keep, *self.not_before)


def shipped() -> list[str]:
    """The names of the mappings that come with Amends."""
    folder = files("amends.complaints.history").joinpath("mappings")
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


def load_mapping(name: str) -> ColumnMapping:
    """A shipped mapping by name, or one from a file. Raises MappingError."""
    try:
        if name in shipped():
            text = files("amends.complaints.history").joinpath("mappings", f"{name}.toml").read_text(encoding="utf-8")
        elif Path(name).is_file():
            text = Path(name).read_text(encoding="utf-8")
        else:
            raise MappingError(
                f"There is no mapping {name!r}. Shipped are: {', '.join(shipped())}; or give a TOML file."
            )
        return _checked(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"The mapping {name} is not TOML: {error}") from error
    except OSError as error:
        raise MappingError(f"The mapping {name} cannot be read: {error}") from error


def _checked(document: dict[str, Any]) -> ColumnMapping:
    unknown = set(document) - {"source", "language", "columns", "values", "not_before", "keep"}
    if unknown:
        raise MappingError(f"The mapping has unknown parts: {', '.join(sorted(unknown))}.")
    source, language = document.get("source", ""), document.get("language", "en")
    columns = _columns(document.get("columns", {}))
    missing = NEEDED - set(columns)
    if missing or not source:
        raise MappingError(f"The mapping needs source and, in [columns], {', '.join(sorted(missing or NEEDED))}.")
    if not isinstance(source, str) or len(source) > LONGEST_SOURCE:
        raise MappingError(f"In the mapping, source has to be a name of at most {LONGEST_SOURCE} characters.")
    if not isinstance(language, str) or not LANGUAGE_CODE.fullmatch(language):
        raise MappingError("In the mapping, language has to be a code such as en or pt-BR.")
    return ColumnMapping(
        source=source,
        language=language,
        columns=columns,
        values=_values(document.get("values", {})),
        not_before=_rules(document.get("not_before", [])),
        keep=_kept(document.get("keep", {})),
    )


def _columns(given: object) -> dict[str, tuple[str, ...]]:
    table = _table(given, "[columns]")
    wrong = set(table) - FIELDS
    if wrong:
        raise MappingError(f"Unknown in [columns]: {', '.join(sorted(wrong))}. Known: {', '.join(sorted(FIELDS))}.")
    return {
        name: _names([named] if isinstance(named, str) else named, f"[columns] for {name}")
        for name, named in table.items()
    }


def _values(given: object) -> dict[str, dict[str, str]]:
    tables = _table(given, "[values]")
    for name, table in tables.items():
        if name not in ALLOWED:
            raise MappingError(f"There can be no [values.{name}]; possible: {', '.join(sorted(ALLOWED))}.")
        bad = [value for value in _table(table, f"[values.{name}]").values() if value not in ALLOWED[name]]
        if bad:
            raise MappingError(
                f"In [values.{name}] stands {', '.join(sorted(map(repr, bad)))}; possible: "
                f"{', '.join(sorted(ALLOWED[name]))}."
            )
    return tables


def _rules(given: object) -> tuple[tuple[str, str], ...]:
    rules = []
    for rule in given if isinstance(given, list) else [given]:
        named = _table(rule, "[[not_before]]")
        if set(named) != {"day", "other"}:
            raise MappingError("Each [[not_before]] of the mapping needs day and other, and nothing else.")
        day, other = _names([named["day"], named["other"]], "[[not_before]]")
        rules.append((day, other))
    return tuple(rules)


def _kept(given: object) -> tuple[str, ...]:
    named = _table(given, "[keep]").get("columns", [])
    return _names(named, "[keep]") if named else ()


def _table(given: object, what: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise MappingError(f"In the mapping, {what} has to be a table.")
    return given


def _names(given: object, what: str) -> tuple[str, ...]:
    if not isinstance(given, list) or not given or not all(isinstance(name, str) and name for name in given):
        raise MappingError(f"In the mapping, {what} has to name columns, as texts.")
    return tuple(given)
