"""Settings from the environment: typed, with a default and a sentence for the generated table."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")

#: Shorter ones can be tried out.
SHORTEST_SECRET = 32
NO_OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType({})
#: What only tests and benchmarks set.
FOR_DEVELOPERS = ("AMENDS_FAILPOINTS", "AMENDS_TEST_ENGINE", "AMENDS_TEST_DATABASE_URL", "AMENDS_CHROMIUM")

_DECLARED: "list[Setting[object]]" = []


@dataclass(frozen=True)
class Setting(Generic[Value]):
    """One variable of the environment."""

    name: str
    kind: str
    default: str
    help: str
    read: Callable[[str], Value]
    is_secret: bool = False

    def value(self) -> Value:
        """What the environment says, else the default. Raises ImproperlyConfigured with what to write instead.

        Empty is as good as not there: files of variables keep the names of what is not set.
        """
        given = os.environ.get(self.name, "").strip() or self.default
        try:
            return self.read(given)
        except ValueError as error:
            said = "cannot be used" if self.is_secret else f"is {given!r}"
            raise ImproperlyConfigured(f"{self.name} {said}: {error}.") from None


def _declare(
    name: str, kind: str, default: str, help_text: str, read: Callable[[str], Value], *, is_secret: bool = False
) -> Value:
    setting = Setting(name, kind, default, help_text, read, is_secret)
    _DECLARED.append(setting)  # type: ignore[arg-type]
    return setting.value()


def text(name: str, default: str, help_text: str) -> str:
    """A text, without the spaces around it."""
    return _declare(name, "text", default, help_text, str.strip)


def secret(name: str, help_text: str) -> str:
    """A text that nobody guesses, or nothing. It is never repeated in an error."""

    def read(given: str) -> str:
        if given and len(given) < SHORTEST_SECRET:
            raise ValueError(f"it has to have at least {SHORTEST_SECRET} characters that nobody can guess")
        return given

    return _declare(name, "text", "", help_text, read, is_secret=True)


def service(
    name: str,
    help_text: str,
    *,
    schemes: tuple[str, ...],
    options: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> str:
    """The address of a server, or nothing. It may hold a password, and is never repeated in an error.

    `options` stand after the question mark; for each there are a few possible words.
    """

    def read(given: str) -> str:
        if not given:
            return given
        if not given.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise ValueError(f"it has to begin with {schemes[0]}://")
        try:
            parts = urlsplit(given)
            _host, _port = parts.hostname, parts.port
        except ValueError:
            raise ValueError("its host or its port is not written as in an address") from None
        said = dict(parse_qsl(parts.query))
        for option, possible in options.items():
            if option in said and said[option] not in possible:
                raise ValueError(f"{option}= has to be one of {', '.join(possible)}")
        return given

    return _declare(name, "text", "", help_text, read, is_secret=True)


def flag(name: str, default: str, help_text: str) -> bool:
    """yes or no."""

    def read(given: str) -> bool:
        word = given.strip().lower()
        if word in {"1", "yes", "true", "on"}:
            return True
        if word in {"0", "no", "false", "off", ""}:
            return False
        raise ValueError("it has to be yes or no")

    return _declare(name, "yes or no", default, help_text, read)


def number(name: str, default: str, help_text: str, *, least: int = 0, most: int = 10**9) -> int:
    """A whole number within bounds."""

    def read(given: str) -> int:
        if not given.isdecimal() or not least <= int(given) <= most:
            raise ValueError(f"it has to be a whole number from {least} to {most}")
        return int(given)

    return _declare(name, f"number, {least} to {most}", default, help_text, read)


def path(name: str, default: str, help_text: str) -> Path:
    """A file or directory, made absolute."""
    return _declare(name, "path", default, help_text, lambda given: Path(given.strip()).expanduser().absolute())


def choice(name: str, default: str, help_text: str, *, of: tuple[str, ...]) -> str:
    """One of a few words."""

    def read(given: str) -> str:
        if given.strip() not in of:
            raise ValueError(f"it has to be one of {', '.join(of)}")
        return given.strip()

    return _declare(name, " / ".join(of), default, help_text, read)


def address(name: str, default: str, help_text: str) -> str:
    """An http or https address without a path."""

    def read(given: str) -> str:
        with suppress(ValueError):
            parts = urlsplit(given)
            if parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0 and not parts.path.strip("/"):
                return f"{parts.scheme}://{parts.netloc}"
        raise ValueError("it has to look like https://complaints.example.com")

    return _declare(name, "address", default, help_text, read)


def unknown() -> dict[str, str]:
    """Variables that look like ours but are none, each with the name that was perhaps meant, or nothing."""
    names = {setting.name for setting in _DECLARED}
    found = {name for name in os.environ if name.startswith("AMENDS_")} - names - set(FOR_DEVELOPERS)
    return {name: next(iter(get_close_matches(name, names, 1)), "") for name in sorted(found)}


def all_settings() -> "list[Setting[object]]":
    """Every declared setting, in the order of the settings file."""
    return list(_DECLARED)
