"""Which column of a foreign file means what: a mapping as TOML, shipped or the user's own."""

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
NEEDED = {"external_id", "received_on"}
ALLOWED = {
    "channel": set(Channel.values),
    "stage": set(Stage.values),
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


def shipped() -> list[str]:
    """The names of the mappings that come with Amends."""
    folder = files("amends.complaints.history").joinpath("mappings")
    return sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))


def load_mapping(name: str) -> ColumnMapping:
    """A shipped mapping by name, or one from a file. Raises MappingError."""
    if name in shipped():
        text = files("amends.complaints.history").joinpath("mappings", f"{name}.toml").read_text(encoding="utf-8")
    elif Path(name).is_file():
        text = Path(name).read_text(encoding="utf-8")
    else:
        raise MappingError(f"There is no mapping {name!r}. Shipped are: {', '.join(shipped())}; or give a TOML file.")
    try:
        return _checked(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"The mapping {name} is not TOML: {error}") from error


def _checked(document: dict[str, Any]) -> ColumnMapping:
    unknown = set(document) - {"source", "language", "columns", "values", "not_before", "keep"}
    if unknown:
        raise MappingError(f"The mapping has unknown parts: {', '.join(sorted(unknown))}.")
    columns = {
        name: (given,) if isinstance(given, str) else tuple(given)
        for name, given in document.get("columns", {}).items()
    }
    wrong = set(columns) - FIELDS
    if wrong:
        raise MappingError(f"Unknown in [columns]: {', '.join(sorted(wrong))}. Known: {', '.join(sorted(FIELDS))}.")
    missing = NEEDED - set(columns)
    if missing or not document.get("source"):
        raise MappingError(f"The mapping needs source and, in [columns], {', '.join(sorted(missing or NEEDED))}.")
    values = document.get("values", {})
    for name, table in values.items():
        bad = set(table.values()) - ALLOWED.get(name, set())
        if bad:
            raise MappingError(
                f"In [values.{name}] stands {', '.join(sorted(map(repr, bad)))}; possible: "
                f"{', '.join(sorted(ALLOWED.get(name, set())))}."
            )
    return ColumnMapping(
        source=document["source"],
        language=document.get("language", "en"),
        columns=columns,
        values=values,
        not_before=tuple((rule["day"], rule["other"]) for rule in document.get("not_before", [])),
        keep=tuple(document.get("keep", {}).get("columns", ())),
    )
