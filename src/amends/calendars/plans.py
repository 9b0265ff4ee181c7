"""What a clock is given, and what each part of it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from amends.calendars.limits import Ends, Limit, Stop
from amends.calendars.working_time import WorkingCalendar, first_moment, in_utc, local_close

#: The last second of a day.
LAST_SECOND = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides a due moment, but for the calendar."""

    start: datetime
    limit: Limit
    #: In order of their beginning, in whatever order they were given.
    stops: tuple[Stop, ...] = ()
    extensions: tuple[Limit | date, ...] = ()
    outer: Limit | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", in_utc(self.start))
        object.__setattr__(self, "stops", tuple(sorted(self.stops, key=lambda stop: stop.begins)))


class Phase(NamedTuple):
    """The limit of a plan, or one of its extensions, counted."""

    rule: Limit | date
    #: From when it counts, and the local day of that, which is not counted itself.
    start: datetime
    start_day: date
    #: Where counting ended, and where a day off moved it.
    last_day: date
    due_day: date
    due_at: datetime


class Span(NamedTuple):
    """Time in which a clock runs, on one local day."""

    day: date
    begins: datetime
    ends: datetime


def local_end(day: date, ends: Ends, calendar: WorkingCalendar) -> datetime:
    """When a day ends, as the local clock shows it: at the close of work where that is asked for, else at 23:59:59."""
    if ends is not Ends.CLOSE or not calendar.is_working_day(day):
        return datetime.combine(day, LAST_SECOND)
    return local_close(day, calendar.intervals_on(day)[-1][1])


def end_of_day(day: date, ends: Ends, calendar: WorkingCalendar) -> datetime:
    """The same in UTC."""
    return first_moment(local_end(day, ends, calendar), calendar.zone)


def stop_at(moment: datetime, stops: Sequence[Stop]) -> Stop | None:
    """The stop in which a clock stands still at that moment, if any."""
    for stop in stops:
        if stop.begins <= moment < stop.ends:
            return stop
    return None
