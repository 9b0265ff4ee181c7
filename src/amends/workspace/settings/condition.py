"""How the installation is, as the floor above knows it: it registers its checks here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

Check = Callable[[datetime], list[str]]


@dataclass(frozen=True)
class Condition:
    """What does not work, and what should be looked at some day."""

    problems: list[str]
    warnings: list[str]


_CHECKS: list[tuple[Check, Check]] = []


def register(problems: Check, warnings: Check) -> None:
    """Make the checks known; called once, when the application starts."""
    _CHECKS[:] = [(problems, warnings)]


def condition(at: datetime) -> Condition:
    """The condition at a moment."""
    return Condition(
        [found for problems, _warnings in _CHECKS for found in problems(at)],
        [found for _problems, warnings in _CHECKS for found in warnings(at)],
    )
