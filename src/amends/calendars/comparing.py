"""What differs between two versions of a calendar: the week, single days, and what they were looked up from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from amends.calendars.working_time import Interval, SpecialDay, read_calendar

Hours = tuple[Interval, ...]


class Change(StrEnum):
    """What happened to a day that is special in one of two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class WeekdayChange:
    """Working times of a weekday (1–7) before and after; none on a day off."""

    weekday: int
    before: Hours
    after: Hours


@dataclass(frozen=True, slots=True)
class DayChange:
    """A date, with what is special about it in each version, and the hours that follow."""

    day: date
    before: SpecialDay | None
    after: SpecialDay | None
    hours_before: Hours
    hours_after: Hours

    @property
    def change(self) -> Change:
        """Whether the day became special, is so no more, or is so in another way."""
        if self.before is None:
            return Change.ADDED
        return Change.REMOVED if self.after is None else Change.CHANGED


@dataclass(frozen=True)
class Difference:
    """Everything that differs; false when nothing does. Pairs are before and after."""

    zone: tuple[str, str] | None
    week: tuple[WeekdayChange, ...]
    days: tuple[DayChange, ...]
    holidays: tuple[Mapping[str, Any], Mapping[str, Any]] | None
    known_until: tuple[date | None, date | None] | None

    def __bool__(self) -> bool:
        return any((self.zone, self.week, self.days, self.holidays, self.known_until))

    def of(self, change: Change) -> list[DayChange]:
        """The days of one kind of change."""
        return [day for day in self.days if day.change is change]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """The difference between two documents that `check_calendar` accepts."""
    # Only zones that are named are compared, by their names; the organisation's own needs none to be read here.
    old, new = (read_calendar(document, ZoneInfo("UTC")) for document in (before, after))
    weekdays = (
        WeekdayChange(weekday, tuple(old.week.get(weekday, ())), tuple(new.week.get(weekday, ())))
        for weekday in range(1, 8)
    )
    return Difference(
        zone=_pair(str(before.get("zone", "")), str(after.get("zone", ""))),
        week=tuple(each for each in weekdays if each.before != each.after),
        days=tuple(
            DayChange(
                day, old.special(day), new.special(day), tuple(old.intervals_on(day)), tuple(new.intervals_on(day))
            )
            for day in sorted({*old.days, *new.days})
            if old.special(day) != new.special(day)
        ),
        holidays=_pair(before.get("holidays", {}), after.get("holidays", {})),
        known_until=_pair(old.known_until, new.known_until),
    )


def _pair(before: Any, after: Any) -> Any:
    return None if before == after else (before, after)
