"""The escalation ladder: who is told when a deadline has passed, level by level, and when nobody is disturbed.

The handler hears of it at once, without a level; the levels say who hears of it after that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from amends.calendars.counting import Plan, due
from amends.calendars.limits import Limit, LimitError, Unit, read_limit
from amends.calendars.working_time import WorkingCalendar
from amends.framework.models import Ladder
from amends.kit.refusal import Refusal
from amends.permissions.roles import Role

HANDLER = "handler"
LINE_MANAGER = "line_manager"

MOST_LEVELS = 10

#: Who a level can name: the handler, the handler's direct manager, or all who hold a role for the unit.
RECIPIENTS = (
    HANDLER,
    LINE_MANAGER,
    Role.UNIT_MANAGER.value,
    Role.MANAGEMENT_REPRESENTATIVE.value,
    Role.TOP_MANAGEMENT.value,
)

DEFAULT_LEVELS: tuple[Mapping[str, Any], ...] = (
    {"after": {"count": 1, "unit": "working_days"}, "to": Role.UNIT_MANAGER.value},
    {"after": {"count": 3, "unit": "working_days"}, "to": Role.MANAGEMENT_REPRESENTATIVE.value},
    {"after": {"count": 10, "unit": "working_days"}, "to": Role.TOP_MANAGEMENT.value},
)
DEFAULT_QUIET: Mapping[str, Any] = {"from": "20:00", "until": "07:00", "days_off": True}


@dataclass(frozen=True)
class Level:
    """A rung: so long after the deadline, these people."""

    number: int
    after: Limit
    to: str


@dataclass(frozen=True)
class Quiet:
    """When nobody is disturbed: each night, and on days without work where `days_off`."""

    begins: time
    ends: time
    days_off: bool


@dataclass(frozen=True)
class Rungs:
    """A ladder, read."""

    version: int
    levels: tuple[Level, ...]
    quiet: Quiet | None

    def above(self, level: int) -> Level | None:
        """The next rung after a level; None at the top."""
        return self.levels[level] if level < len(self.levels) else None


def rungs_now() -> Rungs:
    """The ladder in force. One short query; without any, the usual one."""
    newest = Ladder.objects.order_by("-version").values_list("version", "levels", "quiet").first()
    return read_ladder(*newest) if newest is not None else read_ladder(0, DEFAULT_LEVELS, DEFAULT_QUIET)


def read_ladder(version: int, levels: Sequence[Mapping[str, Any]], quiet: Mapping[str, Any]) -> Rungs:
    """A ladder from its documents."""
    return Rungs(
        version,
        tuple(Level(number, read_limit(each["after"]), each["to"]) for number, each in enumerate(levels, start=1)),
        Quiet(time.fromisoformat(quiet["from"]), time.fromisoformat(quiet["until"]), bool(quiet["days_off"]))
        if quiet
        else None,
    )


def level_at(level: Level, due_at: datetime, calendar: WorkingCalendar) -> datetime:
    """When a rung is reached. Level 1 with nothing to wait for is reached at the deadline itself."""
    if level.after.count == 0:
        return due_at
    return due(Plan(due_at, level.after), calendar)


def check_ladder(levels: Sequence[Mapping[str, Any]], quiet: Mapping[str, Any]) -> None:
    """Refuse a ladder without levels, with unknown recipients, backward levels or units that no ladder counts in.

    The facts of a refusal name the level that it is about.
    """
    if not levels:
        raise Refusal("levels_needed", _("Name at least one level: somebody has to be told."), field="levels")
    if len(levels) > MOST_LEVELS:
        raise Refusal("too_many_levels", _("A ladder has at most ten levels. Remove some."), field="levels")
    before = -1.0
    for number, level in enumerate(levels, start=1):
        before = _check_level(level, number, before)
    if quiet:
        _check_quiet(quiet)


def _check_level(level: Mapping[str, Any], number: int, before: float) -> float:
    facts = {"level": number}
    if level.get("to") not in RECIPIENTS:
        raise Refusal("recipient_unknown", _("Choose who is told at each level."), field="levels", facts=facts)
    try:
        length = _working_days(read_limit(level.get("after")))
    except LimitError as error:
        raise Refusal("level_unit", error.sentence, field="levels", facts=facts) from error
    if length is None:
        sentence = _("Levels count in hours, working hours, days or working days.")
        raise Refusal("level_unit", sentence, field="levels", facts=facts)
    if length < before:
        sentence = _("Put the levels in the order in which they are reached.")
        raise Refusal("levels_backward", sentence, field="levels", facts=facts)
    return length


def _check_quiet(quiet: Mapping[str, Any]) -> None:
    try:
        begins, ends = time.fromisoformat(quiet["from"]), time.fromisoformat(quiet["until"])
        is_whole = isinstance(quiet["days_off"], bool) and begins.tzinfo is None and ends.tzinfo is None
    except (KeyError, TypeError, ValueError):
        is_whole = False
    if not is_whole:
        raise Refusal("quiet_wrong", _("Enter times such as 20:00 and 07:00."), field="quiet")
    if begins == ends:
        raise Refusal("quiet_always", _("Quiet hours cannot last the whole day."), field="quiet")


def _working_days(limit: Limit) -> float | None:
    each = {Unit.HOURS: 1 / 24, Unit.WORKING_HOURS: 1 / 8, Unit.DAYS: 1.0, Unit.WORKING_DAYS: 1.0}.get(limit.unit)
    return None if each is None else limit.count * each
