"""Which of two lengths of time is longer. 8 weeks or 2 months: counted out from many days, not guessed.

The calendar is Monday to Friday without holidays: the question is whether a pack contradicts itself anywhere, not
what happens around Christmas. There the outer limit holds all the same.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from amends.calendars.counting import due
from amends.calendars.limits import Limit
from amends.calendars.plans import Plan
from amends.calendars.working_time import NoWorkingTimeError, WorkingCalendar

_PLAIN = WorkingCalendar(zone=ZoneInfo("UTC"), week={day: ((time(9), time(17)),) for day in range(1, 6)})

#: Through one leap year and a half, falling on every weekday, on ends of months, and on hours within and after work.
_STARTS = tuple(
    datetime(2027, 12, 30, hour, tzinfo=UTC) + timedelta(days=23 * turn) for turn in range(25) for hour in (10, 18)
)


def may_end_later(first: Sequence[Limit], second: Limit) -> bool:
    """Whether the limits of `first`, each counted on from the last, can end after `second` from the same start."""
    if _are_alike(first, second):
        return sum(limit.count for limit in first) > second.count
    return any(_end(start, first) > _end(start, [second]) for start in _STARTS)


def may_be_as_long(first: Limit, second: Limit) -> bool:
    """Whether `first` is not always shorter than `second`."""
    if _are_alike([first], second):
        return first.count >= second.count
    return any(_end(start, [first]) >= _end(start, [second]) for start in _STARTS)


def _are_alike(first: Sequence[Limit], second: Limit) -> bool:
    """Limits that differ in nothing but their count need no calendar."""
    return {_manner(limit) for limit in first} == {_manner(second)}


def _manner(limit: Limit) -> tuple[str, ...]:
    return limit.unit, limit.ends, limit.day_off, limit.late_arrival


def _end(start: datetime, limits: Sequence[Limit]) -> datetime:
    try:
        return due(Plan(start=start, limit=limits[0], extensions=tuple(limits[1:])), _PLAIN)
    except NoWorkingTimeError:
        return datetime.max.replace(tzinfo=UTC)
