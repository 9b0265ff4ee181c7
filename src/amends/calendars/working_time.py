"""When a day of work begins and ends, and which day is the n-th.

A calendar says for each weekday at which times people work, in a time zone. `close_of_working_day` is the only
arithmetic of the general rule pack: the end of work on the n-th working day that follows a moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Interval = tuple[time, time]

#: How far ahead a working day is looked for before a calendar is called unusable.
FARTHEST = 3660


class NoWorkingTimeError(ValueError):
    """The calendar has no working day within ten years."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Weekly working times (ISO weekday 1–7) in a zone, with days that differ."""

    zone: ZoneInfo
    week: Mapping[int, Sequence[Interval]]
    exceptions: Mapping[date, Sequence[Interval]] = field(default_factory=dict)
    version: int = 1

    def intervals_on(self, day: date) -> Sequence[Interval]:
        """The working times of a day; none on a day off."""
        return self.exceptions.get(day, self.week.get(day.isoweekday(), ()))

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day at all."""
        return bool(self.intervals_on(day))


def read_calendar(document: Mapping[str, object], zone: ZoneInfo) -> WorkingCalendar:
    """A calendar from the `calendar` part of a rule pack."""
    week = document["week"]
    assert isinstance(week, Mapping)
    version = document.get("version", 1)
    return WorkingCalendar(
        zone=zone,
        week={
            int(day): tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in intervals)
            for day, intervals in week.items()
        },
        version=int(str(version)),
    )


def local_day(moment: datetime, calendar: WorkingCalendar) -> date:
    """The day it is at that moment where the calendar applies."""
    return moment.astimezone(calendar.zone).date()


def nth_working_day_after(day: date, count: int, calendar: WorkingCalendar) -> date:
    """The n-th working day after a day, that day not counted. Raises NoWorkingTimeError."""
    left = count
    for ahead in range(1, FARTHEST):
        candidate = day + timedelta(days=ahead)
        if calendar.is_working_day(candidate):
            left -= 1
            if left == 0:
                return candidate
    raise NoWorkingTimeError(f"no {count} working days within ten years of {day}")


def close_of_working_day(start: datetime, count: int, calendar: WorkingCalendar) -> datetime:
    """The end of work on the n-th working day following `start`, in UTC.

    An end that falls into an hour skipped by summer time is the moment at which the clock went forward; one that
    comes twice in autumn is the first of both.
    """
    day = nth_working_day_after(local_day(start, calendar), count, calendar)
    end = max(interval[1] for interval in calendar.intervals_on(day))
    local = datetime.combine(day, end, calendar.zone)
    return local.astimezone(UTC)


def working_days_between(first: date, last: date, calendar: WorkingCalendar) -> int:
    """How many working days lie after `first` up to and including `last`; negative when `last` is earlier."""
    if last < first:
        return -working_days_between(last, first, calendar)
    return sum(calendar.is_working_day(first + timedelta(days=ahead)) for ahead in range(1, (last - first).days + 1))
