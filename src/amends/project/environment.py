"""Settings from the environment: typed, with a default and a sentence for the generated table."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured

Value = TypeVar("Value")

_DECLARED: "list[Setting[object]]" = []


@dataclass(frozen=True)
class Setting(Generic[Value]):
    """One variable of the environment."""

    name: str
    kind: str
    default: str
    help: str
    read: Callable[[str], Value]

    def value(self) -> Value:
        """What the environment says, else the default. Raises ImproperlyConfigured with what to write instead."""
        given = os.environ.get(self.name, self.default)
        try:
            return self.read(given)
        except ValueError as error:
            raise ImproperlyConfigured(f"{self.name} is {given!r}, but {error}.") from error


def _declare(name: str, kind: str, default: str, help_text: str, read: Callable[[str], Value]) -> Value:
    setting = Setting(name, kind, default, help_text, read)
    _DECLARED.append(setting)  # type: ignore[arg-type]
    return setting.value()


def text(name: str, default: str, help_text: str) -> str:
    """A text, without the spaces around it."""
    return _declare(name, "text", default, help_text, str.strip)


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
        if not given.strip().isdigit() or not least <= int(given) <= most:
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
        given = given.strip().rstrip("/")
        if given and (not given.startswith(("http://", "https://")) or given.count("/") > 2):
            raise ValueError("it has to look like https://complaints.example.com")
        return given

    return _declare(name, "address", default, help_text, read)


def all_settings() -> "list[Setting[object]]":
    """Every declared setting, in the order of the settings file."""
    return list(_DECLARED)
