"""What a rule allows: so many hours, days or working days, how they end, and what stops them meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.calendars.working_time import in_utc

_Choice = TypeVar("_Choice", bound=StrEnum)


class Unit(StrEnum):
    """What is counted. Hours are elapsed hours; days, weeks, months and years are those of the calendar."""

    HOURS = "hours"
    WORKING_HOURS = "working_hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS = "working_days"


class Ends(StrEnum):
    """At which moment the last day ends: at the close of work, or at 23:59:59. Hours end at the moment they are up."""

    MOMENT = "moment"
    CLOSE = "close"
    MIDNIGHT = "midnight"


class DayOff(StrEnum):
    """What happens when days of the calendar end on a day off."""

    STAY = "stay"
    NEXT_WORKING_DAY = "next_working_day"
    PREVIOUS_WORKING_DAY = "previous_working_day"


class LateArrival(StrEnum):
    """On which day something came in that came after the close of work, or on a day off."""

    SAME_DAY = "same_day"
    NEXT_WORKING_DAY = "next_working_day"


COUNTED_IN_TIME = frozenset({Unit.HOURS, Unit.WORKING_HOURS})
USUAL_END = {
    Unit.HOURS: Ends.MOMENT,
    Unit.WORKING_HOURS: Ends.MOMENT,
    Unit.DAYS: Ends.MIDNIGHT,
    Unit.WEEKS: Ends.MIDNIGHT,
    Unit.MONTHS: Ends.MIDNIGHT,
    Unit.YEARS: Ends.MIDNIGHT,
    Unit.WORKING_DAYS: Ends.CLOSE,
}

#: Ten years of working time, which is as far as it is looked for; a hundred years of the calendar.
MOST = {
    Unit.HOURS: 87_600,
    Unit.WORKING_HOURS: 87_600,
    Unit.DAYS: 36_500,
    Unit.WEEKS: 5_200,
    Unit.MONTHS: 1_200,
    Unit.YEARS: 100,
    Unit.WORKING_DAYS: 3_650,
}


class LimitError(ValueError):
    """A limit that says nothing countable. `sentence` tells people what to change."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Limit:
    """So many of a unit. Raises LimitError for what cannot be counted."""

    count: int
    unit: Unit
    ends: Ends = None  # type: ignore[assignment]  # left out, it is the usual end of the unit
    day_off: DayOff = DayOff.STAY
    late_arrival: LateArrival = LateArrival.SAME_DAY

    def __post_init__(self) -> None:
        if self.ends is None:
            object.__setattr__(self, "ends", USUAL_END[self.unit])
        if not 0 <= self.count <= MOST[self.unit]:
            raise LimitError(_("Give a whole number from 0 to %(most)d.") % {"most": MOST[self.unit]})
        if (self.ends is Ends.MOMENT) is not (self.unit in COUNTED_IN_TIME):
            raise LimitError(_("Hours end at the moment they are up, and days at the close of work or at midnight."))
        if self.day_off is not DayOff.STAY and USUAL_END[self.unit] is not Ends.MIDNIGHT:
            raise LimitError(_("Only days, weeks, months and years can end on a day off. Leave that choice out."))


@dataclass(frozen=True, slots=True)
class Stop:
    """Time that does not count: from `begins`, up to but not including `ends`. Where stops overlap they count once."""

    begins: datetime
    ends: datetime
    why: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins", in_utc(self.begins))
        object.__setattr__(self, "ends", in_utc(self.ends))
        if self.ends < self.begins:
            raise ValueError("a stop ends before it begins")


def read_limit(document: object) -> Limit:
    """A limit from a document such as {"count": 15, "unit": "working_days"}. Raises LimitError for anything else."""
    if not isinstance(document, Mapping):
        raise LimitError(_("Write a limit as a count and a unit, such as 15 working days."))
    for part in document:
        if part not in {"count", "unit", "ends", "day_off", "late_arrival"}:
            raise LimitError(_("A limit has no part named “%(part)s”. Remove it.") % {"part": part})
    count = document.get("count")
    if isinstance(count, bool) or not isinstance(count, int):
        raise LimitError(_("Say how many, as a whole number."))
    unit = _choice(Unit, "unit", document.get("unit"))
    return Limit(
        count,
        unit,
        ends=_choice(Ends, "ends", document.get("ends", USUAL_END[unit])),
        day_off=_choice(DayOff, "day_off", document.get("day_off", DayOff.STAY)),
        late_arrival=_choice(LateArrival, "late_arrival", document.get("late_arrival", LateArrival.SAME_DAY)),
    )


def _choice(choices: type[_Choice], part: str, value: object) -> _Choice:
    for choice in choices:
        if choice.value == value:
            return choice
    slots = {"part": part, "choices": ", ".join(choice.value for choice in choices)}
    raise LimitError(_("Choose one of these for “%(part)s”: %(choices)s.") % slots)


def write_limit(limit: Limit) -> dict[str, int | str]:
    """The document of a limit, without what is usual."""
    document: dict[str, int | str] = {"count": limit.count, "unit": limit.unit.value}
    if limit.ends is not USUAL_END[limit.unit]:
        document["ends"] = limit.ends.value
    if limit.day_off is not DayOff.STAY:
        document["day_off"] = limit.day_off.value
    if limit.late_arrival is not LateArrival.SAME_DAY:
        document["late_arrival"] = limit.late_arrival.value
    return document
