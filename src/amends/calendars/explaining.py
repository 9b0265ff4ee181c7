"""A due moment, day by day: what was counted, what was not, and why. Whoever doubts it counts again from the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from amends.calendars.plans import Phase, Plan
from amends.calendars.recounting import DoesNotAddUpError, recount
from amends.calendars.working_time import Interval


class Reason(StrEnum):
    """What a day is to the count."""

    #: The day on which the clock started or, after it, the days before it starts because it came in late.
    START = "start"
    LATE_ARRIVAL = "late_arrival"
    COUNTED = "counted"
    #: Special, and nevertheless worked.
    HALF_DAY = "half_day"
    OPENING = "opening"
    #: Not worked.
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    #: The clock stands still.
    STOPPED = "stopped"
    #: Worked, and yet nothing of it counts: work had ended, or summer time skipped it.
    NO_TIME = "no_time"
    #: The last day was a day off; it is this one instead.
    MOVED = "moved"
    #: Given by an extension until a date.
    GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class Run:
    """Time that counts, of one phase."""

    phase: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class DayStep:
    """One local day. Its phase is 0 for the limit, n for the n-th extension; where two meet, it is of the earlier."""

    day: date
    phase: int
    why: Reason
    #: The running number within the phase, where days are counted and this one is.
    counted: int | None
    #: What the day is called, by language, where that is why.
    name: Mapping[str, str]
    #: Why the clock stands still, where it does.
    stop: str
    work: Sequence[Interval]
    #: What counts, where time is counted, and the sum of it in seconds; None where days are counted.
    runs: tuple[Run, ...] = ()
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole sum. `days` has every local day from the start to the due day, once."""

    plan: Plan
    calendar_code: str
    calendar_version: int
    zone: ZoneInfo
    start_day: date
    days: tuple[DayStep, ...]
    #: Days counted after the due day, where the last one was a day off and moved back.
    given_up: tuple[DayStep, ...]
    phases: tuple[Phase, ...]
    #: What happened to the due moment itself: "", "gap", "next_working_day" or "previous_working_day".
    moved: str
    due_at: datetime
    outer_at: datetime | None
    known_until_passed: bool

    def adds_up(self) -> bool:
        """Whether counting again, from the rows and the plan alone, gives the same due moments."""
        try:
            found = recount(self.plan, self.zone, self.days, self.given_up)
        except DoesNotAddUpError:
            return False
        return found == [phase.due_at for phase in self.phases] and found[-1] == self.due_at
