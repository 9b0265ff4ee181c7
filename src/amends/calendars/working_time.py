"""When people work: a calendar of intervals on local days, and the one rule that turns local times into moments.

A local time stands for **the first moment at which the local clock shows that time or a later one**. So a time that
summer time skips is the moment the clock goes forward, and a time that comes twice in autumn is the first of both.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Working time of one local day, begin < end. An end of 00:00 is the midnight at which the day ends.
Interval = tuple[time, time]

DAY = timedelta(days=1)
MIDNIGHT = time(0)

#: What separates a moment from the one before it: a day that ends at midnight has not become the next one.
SMALLEST = timedelta(microseconds=1)

#: How many days ahead working time is looked for before a calendar is called unusable: ten years.
FARTHEST = 3660

#: In a document: the zone of the organisation, given by whoever reads it.
OF_THE_ORGANISATION = "organisation"


class NoWorkingTimeError(ValueError):
    """What was asked for does not come within ten years: no working time, or a clock that stands still."""


class Why(StrEnum):
    """Why a day differs from its weekday."""

    HOLIDAY = "holiday"
    HALF_DAY = "half_day"
    CLOSURE = "closure"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A date with working times of its own, in order; none on a day off. The name is a text by language."""

    intervals: tuple[Interval, ...]
    why: Why
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkingCalendar:
    """Working times by ISO weekday (1–7), in order and apart, in a zone; and the dates that differ."""

    zone: ZoneInfo
    week: Mapping[int, Sequence[Interval]]
    days: Mapping[date, SpecialDay] = field(default_factory=lambda: MappingProxyType({}))
    code: str = ""
    version: int = 1
    #: Until when the days that differ have been entered.
    known_until: date | None = None

    def special(self, day: date) -> SpecialDay | None:
        """What is special about a date, if anything is."""
        return self.days.get(day)

    def intervals_on(self, day: date) -> Sequence[Interval]:
        """The working times of a day; none on a day off."""
        special = self.days.get(day)
        return self.week.get(day.isoweekday(), ()) if special is None else special.intervals

    def is_working_day(self, day: date) -> bool:
        """Whether people work on that day at all."""
        return bool(self.intervals_on(day))

    def opening(self, day: date) -> datetime:
        """When work begins on a working day, in UTC."""
        return first_moment(datetime.combine(day, self.intervals_on(day)[0][0]), self.zone)

    def close(self, day: date) -> datetime:
        """When work ends on a working day, in UTC."""
        return first_moment(local_close(day, self.intervals_on(day)[-1][1]), self.zone)

    def working_days(self, first: date, step: timedelta = DAY) -> Iterator[date]:
        """The working days from `first` on, forwards or backwards. Raises NoWorkingTimeError after ten years."""
        for number in range(FARTHEST):
            day = first + number * step
            if self.intervals_on(day):
                yield day
        raise NoWorkingTimeError(f"not enough working days within ten years of {first}")


def first_moment(shown: datetime, zone: ZoneInfo) -> datetime:
    """The first moment, in UTC, at which the local clock shows that time or a later one."""
    first = shown.replace(tzinfo=zone)
    moment = first.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == shown:
        return moment
    # Summer time skips it. With the offset that holds after the gap it lies before the gap, and the other way round.
    early = first.replace(fold=1).astimezone(UTC)
    seconds = range(int((moment - early).total_seconds()))
    return early + timedelta(seconds=bisect_left(seconds, shown, key=lambda second: _clock(early, second, zone)))


def _clock(moment: datetime, seconds: int, zone: ZoneInfo) -> datetime:
    """What the local clock shows so many seconds later."""
    return (moment + timedelta(seconds=seconds)).astimezone(zone).replace(tzinfo=None)


def local_close(day: date, clock: time) -> datetime:
    """When an interval ends, as the local clock shows it: 00:00 is that of the next day."""
    return datetime.combine(day + DAY if clock == MIDNIGHT else day, clock)


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError where the time zone is missing: a guess would move deadlines."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC)


def local_day(moment: datetime, calendar: WorkingCalendar) -> date:
    """The day it is at that moment where the calendar applies."""
    return moment.astimezone(calendar.zone).date()


def working_days_between(first: date, last: date, calendar: WorkingCalendar) -> int:
    """How many working days lie after `first` up to and including `last`; negative when `last` is earlier."""
    if last < first:
        return -working_days_between(last, first, calendar)
    return sum(calendar.is_working_day(first + timedelta(days=ahead)) for ahead in range(1, (last - first).days + 1))


def read_calendar(document: Mapping[str, object], zone: ZoneInfo | None = None) -> WorkingCalendar:
    """A calendar from a document that `check_calendar` accepts; `zone` is that of the organisation.

    Raises ValueError when the document leaves the zone to the organisation and none is given.
    """
    named = document.get("zone", OF_THE_ORGANISATION)
    if named != OF_THE_ORGANISATION:
        zone = ZoneInfo(str(named))
    if zone is None:
        raise ValueError("the calendar follows the zone of the organisation, and none was given")
    known_until = document.get("known_until")
    return WorkingCalendar(
        zone=zone,
        week={int(weekday): read_intervals(pairs) for weekday, pairs in _mapping(document["week"]).items()},
        days={date.fromisoformat(day): _special(special) for day, special in _mapping(document.get("days")).items()},
        code=str(document.get("code", "")),
        version=int(str(document.get("version", 1))),
        known_until=date.fromisoformat(str(known_until)) if known_until else None,
    )


def read_intervals(pairs: object) -> tuple[Interval, ...]:
    """Intervals from pairs such as ["09:00", "12:30"], in order. "24:00" and "00:00" end at midnight."""
    assert isinstance(pairs, Sequence)
    return tuple(sorted((time.fromisoformat(begin), _end(end)) for begin, end in pairs))


def _end(clock: str) -> time:
    return MIDNIGHT if clock == "24:00" else time.fromisoformat(clock)


def _special(document: object) -> SpecialDay:
    special = _mapping(document)
    name = {language: str(text) for language, text in _mapping(special.get("name")).items()}
    return SpecialDay(read_intervals(special.get("intervals", ())), Why(special["why"]), name)


def _mapping(value: object) -> Mapping[str, Any]:
    assert value is None or isinstance(value, Mapping)
    return value or {}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a calendar cannot be used: where in the document, and what to do."""

    where: str
    sentence: str | Promise


def check_calendar(document: object) -> list[Problem]:
    """What is wrong with a calendar document of whatever form; nothing when it can be read and counted with."""
    if not isinstance(document, Mapping):
        return [Problem("", _("Write a calendar as a zone, the working times of a week, and the days that differ."))]
    problems = []
    if document.get("zone", OF_THE_ORGANISATION) not in (OF_THE_ORGANISATION, *_zones()):
        problems.append(Problem("zone", _("Name a time zone such as Europe/Tallinn, or write “organisation”.")))
    version = document.get("version", 1)
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        problems.append(Problem("version", _("Number the versions of a calendar 1, 2, 3.")))
    if document.get("known_until") is not None and not _is_date(document["known_until"]):
        problems.append(Problem("known_until", _WRITE_A_DATE))
    return problems + _check_week(document.get("week")) + _check_days(document.get("days", {}))


_WRITE_A_DATE = _("Write the date as year, month and day, such as 2026-12-24.")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return tuple(available_timezones())


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _check_week(week: object) -> list[Problem]:
    if not isinstance(week, Mapping):
        return [Problem("week", _("Give the working times of the weekdays, from 1 for Monday to 7 for Sunday."))]
    problems = []
    for weekday, pairs in week.items():
        if weekday not in {"1", "2", "3", "4", "5", "6", "7"}:
            problems.append(Problem(f"week.{weekday}", _("Number the weekdays from 1 for Monday to 7 for Sunday.")))
        problems += _check_intervals(f"week.{weekday}", pairs)
    if not problems and not any(week.values()):
        problems.append(Problem("week", _("There is no working time. Enter it for at least one weekday.")))
    return problems


def _check_days(days: object) -> list[Problem]:
    if not isinstance(days, Mapping):
        return [Problem("days", _("List the days that differ by their date."))]
    problems = []
    for day, special in days.items():
        where = f"days.{day}"
        if not _is_date(day):
            problems.append(Problem(where, _WRITE_A_DATE))
        if not isinstance(special, Mapping):
            problems.append(Problem(where, _("Give the working times of the day, why it differs, and its name.")))
            continue
        if special.get("why") not in tuple(Why):
            sentence = _("Say why the day differs with one of these: %(choices)s.") % {"choices": ", ".join(Why)}
            problems.append(Problem(f"{where}.why", sentence))
        if special.get("why") == Why.OPENING and not special.get("intervals"):
            problems.append(Problem(where, _("Give the working times of a day on which you open.")))
        name = special.get("name", {})
        if not isinstance(name, Mapping) or not all(isinstance(text, str) for text in (*name, *name.values())):
            problems.append(Problem(f"{where}.name", _("Give the name of the day by language.")))
        problems += _check_intervals(f"{where}.intervals", special.get("intervals", []))
    return problems


def _check_intervals(where: str, pairs: object) -> list[Problem]:
    if not isinstance(pairs, list | tuple) or not all(_is_interval(pair) for pair in pairs):
        return [Problem(where, _("Write working times as pairs of begin and end, such as 09:00 and 17:00."))]
    ordered = sorted((begin, "24:00" if end == "00:00" else end) for begin, end in pairs)
    for begin, end in ordered:
        if begin >= end:
            sentence = _("Work that begins at %(begin)s cannot end at %(end)s. Divide work through a night at 24:00.")
            return [Problem(where, sentence % {"begin": begin, "end": end})]
    for (_began, end), (begin, _ends) in pairwise(ordered):
        if begin < end:
            sentence = _(
                "Working times overlap: one begins at %(begin)s, before another ends at %(end)s. "
                "Let it begin later, or join the two."
            )
            return [Problem(where, sentence % {"begin": begin, "end": end})]
    return []


def _is_interval(pair: object) -> bool:
    if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(isinstance(clock, str) for clock in pair):
        return False
    return bool(_CLOCK.fullmatch(pair[0])) and (pair[1] == "24:00" or bool(_CLOCK.fullmatch(pair[1])))
