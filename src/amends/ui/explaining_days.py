"""The days of an explained deadline, each with its number or the reason: as rows, and the same as a picture."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from babel.dates import format_date, format_interval
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from amends.calendars.explaining import DayStep, Explanation, Reason
from amends.calendars.limits import COUNTED_IN_TIME
from amends.kit.translated import TranslatedText
from amends.ui import formatting
from amends.ui.explaining_words import Register, stood_still

Words = str | Promise

#: A time in which the clock stands still is one row of the table from this many days on.
ONE_LINE_FROM = 15
_DAY = timedelta(days=1)


class Mark(StrEnum):
    """What a day is in the picture; each has a form and a word of its own, not only a colour."""

    START = "start"
    COUNTED = "counted"
    MORE = "more"
    OFF = "off"
    STOPPED = "stopped"
    GIVEN = "given"


NOT_COUNTED = (Mark.OFF, Mark.STOPPED)

MARKS: Mapping[Mark, Words] = {
    Mark.START: gettext_lazy("The clock starts"),
    Mark.COUNTED: gettext_lazy("Counted"),
    Mark.MORE: gettext_lazy("Counted, added time"),
    Mark.OFF: gettext_lazy("Not counted"),
    Mark.STOPPED: gettext_lazy("The clock stands still"),
    Mark.GIVEN: gettext_lazy("Given besides"),
}


@dataclass(frozen=True)
class Row:
    """A day, or several that do not count for the same reason. `number` runs within the limit and each extension."""

    day: date
    last: date
    words: str
    what: Words
    mark: Mark
    number: int | None = None
    time: str = ""
    phase: int = 0
    is_due: bool = False

    @property
    def shown(self) -> str:
        """What stands below the number of the day in the picture."""
        return self.time or (formatting.number(self.number) if self.number is not None else "")


class Cell(NamedTuple):
    """A square of the picture: a day, and what it is to the sum if it is part of it."""

    day: date
    row: Row | None


@dataclass(frozen=True)
class Month:
    """A month of the picture, week by week; None before its first day and after its last.

    Where nothing happens for months, they are one with a note and without weeks.
    """

    title: str
    weeks: tuple[tuple[Cell | None, ...], ...] = ()
    note: Words = ""


def rows_of(sum_of: Explanation, last: date, register: Register, *, is_held: bool) -> Iterator[Row]:
    """One row for each day, up to the day on which it is due. Over the end of a year, days have theirs."""
    words = formatting.weekday if sum_of.start_day.year == last.year else formatting.weekday_of_year
    for step in (*sum_of.days, *sum_of.given_up):
        if is_held and step.day > last:
            return  # the outer limit holds it before the sum is up
        mark, what = _judged(step, sum_of, register)
        yield Row(
            day=step.day,
            last=step.day,
            words=words(step.day),
            what=what,
            mark=mark,
            number=step.counted,
            time=_duration(step.seconds) if step.seconds else "",
            phase=step.phase,
            is_due=step.day == last,
        )


def _judged(step: DayStep, sum_of: Explanation, register: Register) -> tuple[Mark, Words]:
    """What a day is, and why."""
    name = TranslatedText(step.name)
    slots, counts = {"name": str(name)}, Mark.MORE if step.phase else Mark.COUNTED
    match step.why:
        case Reason.START:
            is_timed = sum_of.plan.limit.unit in COUNTED_IN_TIME or step.counted is not None
            usual = _("The clock starts") if is_timed else _("The clock starts; the first day is not counted")
            return Mark.START, usual
        case Reason.LATE_ARRIVAL:
            return Mark.OFF, _("Came in after the close of work")
        case Reason.COUNTED:
            return counts, _("Counted") if counts is Mark.COUNTED else MARKS[Mark.MORE]
        case Reason.HALF_DAY:
            return counts, _("Counted, a shorter day: %(name)s") % slots if name else _("Counted, a shorter day")
        case Reason.OPENING:
            return counts, _("Counted, open: %(name)s") % slots if name else _("Counted, open on this day")
        case Reason.HOLIDAY:
            return Mark.OFF, _("Public holiday: %(name)s") % slots if name else _("Public holiday")
        case Reason.CLOSURE:
            return Mark.OFF, _("Closed: %(name)s") % slots if name else pgettext("day", "Closed")
        case Reason.WEEKEND:
            return Mark.OFF, _("Weekend") if step.day.isoweekday() >= 6 else _("No working day")
        case Reason.STOPPED:
            return Mark.STOPPED, stood_still(step.stop, register)
        case Reason.NO_TIME:
            return Mark.OFF, _("No working time was left on this day")
        case Reason.MOVED:
            return Mark.GIVEN, _("The last day was a day off")
        case Reason.GRANTED:
            return Mark.GIVEN, _("More time was given")


def _duration(seconds: int) -> str:
    """6 h 30 min."""
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}


def without_long_stops(days: Sequence[Row]) -> Iterator[Row]:
    """The days; where the clock stands still for long, one row for all of it, with the days off in between."""
    for is_counted, group in groupby(days, key=lambda row: row.mark not in NOT_COUNTED):
        rows = list(group)
        stopped = [place for place, row in enumerate(rows) if row.mark is Mark.STOPPED]
        if is_counted or not stopped or stopped[-1] - stopped[0] < ONE_LINE_FROM:
            yield from rows
            continue
        yield from rows[: stopped[0]]
        yield _as_one(rows[stopped[0] : stopped[-1] + 1])
        yield from rows[stopped[-1] + 1 :]


def neighbours_together(days: Iterable[Row]) -> Iterator[Row]:
    """Days that follow each other and do not count for the same reason, as one row."""
    for _key, group in groupby(days, key=lambda row: (row.mark, str(row.what), row.phase)):
        rows = list(group)
        yield _as_one(rows) if len(rows) > 1 else rows[0]


def _as_one(rows: Sequence[Row]) -> Row:
    first, last = rows[0], rows[-1]
    return Row(first.day, last.last, interval(first.day, last.last), first.what, first.mark, phase=first.phase)


def interval(first: date, last: date, parts: str = "yMMMd") -> str:
    """5–8 Dec 2026."""
    return str(format_interval(first, last, parts, locale=formatting.reading()))


def months_of(days: Sequence[Row]) -> Iterator[Month]:
    """One after the other; months in which the clock only stood still are put together."""
    by_month = [(key, list(rows)) for key, rows in groupby(days, key=lambda row: (row.day.year, row.day.month))]
    for is_idle, group in groupby(by_month, key=lambda month: _is_idle(month[1])):
        months = list(group)
        if is_idle and len(months) > 1:
            first, last = months[0][1][0].day, months[-1][1][-1].day
            note = next(row.what for row in months[0][1] if row.mark is Mark.STOPPED)
            yield Month(interval(first, last, "yMMMM"), note=note)
            continue
        for (year, month), rows in months:
            yield Month(_title(date(year, month, 1)), tuple(_weeks(date(year, month, 1), rows)))


def _is_idle(rows: Sequence[Row]) -> bool:
    return all(row.mark in NOT_COUNTED and not row.is_due for row in rows) and any(
        row.mark is Mark.STOPPED for row in rows
    )


def _title(first: date) -> str:
    return str(format_date(first, "LLLL y", formatting.reading()))


def _weeks(first: date, rows: Sequence[Row]) -> Iterator[tuple[Cell | None, ...]]:
    known = {row.day: row for row in rows}
    cells: list[Cell | None] = [None] * first.weekday()
    day = first
    while day.month == first.month:
        cells.append(Cell(day, known.get(day)))
        day += _DAY
    cells += [None] * (-len(cells) % 7)
    for begin in range(0, len(cells), 7):
        yield tuple(cells[begin : begin + 7])
