"""A year of a calendar, day by day: for people who want to see at a glance when work is done."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from amends.calendars.working_time import Interval, SpecialDay, Why, WorkingCalendar, local_close


class DayKind(StrEnum):
    """What a day is. The last four differ from their weekday."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    HALF_DAY = "half_day"
    CLOSURE = "closure"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class YearDay:
    """One day with its hours."""

    day: date
    kind: DayKind
    hours: Sequence[Interval]
    special: SpecialDay | None

    @property
    def is_working_day(self) -> bool:
        """Whether people work on it at all."""
        return bool(self.hours)

    @property
    def worked(self) -> timedelta:
        """How long people work on it, as the clock on the wall shows it."""
        return sum((_length(self.day, each) for each in self.hours), timedelta())


@dataclass(frozen=True)
class Month:
    """The days of a month, in order."""

    first: date
    days: tuple[YearDay, ...]

    @property
    def working_days(self) -> int:
        """On how many of them people work."""
        return sum(day.is_working_day for day in self.days)


@dataclass(frozen=True)
class Year:
    """Twelve months."""

    year: int
    months: tuple[Month, ...]

    @property
    def days(self) -> list[YearDay]:
        """All days of the year."""
        return [day for month in self.months for day in month.days]

    @property
    def special(self) -> list[YearDay]:
        """The days that differ from their weekday, in order."""
        return [day for day in self.days if day.special is not None]

    @property
    def working_days(self) -> int:
        """On how many days of the year people work."""
        return sum(month.working_days for month in self.months)

    @property
    def worked(self) -> timedelta:
        """How long people work in the year."""
        return sum((day.worked for day in self.days), timedelta())

    def counted(self) -> Counter[DayKind]:
        """How many days there are of each kind."""
        return Counter(day.kind for day in self.days)


def year_of(calendar: WorkingCalendar, year: int) -> Year:
    """The year as the calendar has it."""
    days = [_day(calendar, date(year, 1, 1) + timedelta(days=number)) for number in range(366)]
    months = tuple(
        Month(date(year, number, 1), tuple(day for day in days if (day.day.year, day.day.month) == (year, number)))
        for number in range(1, 13)
    )
    return Year(year, months)


def kind_of(day: date, calendar: WorkingCalendar) -> DayKind:
    """What a day is."""
    special = calendar.special(day)
    if special is not None:
        return _KIND[special.why]
    return DayKind.WORKING if calendar.is_working_day(day) else DayKind.WEEKEND


_KIND = {
    Why.HOLIDAY: DayKind.HOLIDAY,
    Why.HALF_DAY: DayKind.HALF_DAY,
    Why.CLOSURE: DayKind.CLOSURE,
    Why.OPENING: DayKind.OPENING,
}


def _day(calendar: WorkingCalendar, day: date) -> YearDay:
    return YearDay(day, kind_of(day, calendar), calendar.intervals_on(day), calendar.special(day))


def _length(day: date, interval: Interval) -> timedelta:
    return local_close(day, interval[1]) - datetime.combine(day, interval[0])
