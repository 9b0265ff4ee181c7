"""Why a deadline is when it is, in words, as rows and as months: the same sum for staff and, in plain words, for the
complainant. Pure: it says only what stands in the explanation, in the language and the time zone of the calendar.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from babel.dates import get_day_names
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.calendars.explaining import Explanation, Reason
from amends.calendars.limits import COUNTED_IN_TIME, Limit
from amends.calendars.plans import Phase
from amends.ui import formatting
from amends.ui.explaining_days import (
    MARKS,
    NOT_COUNTED,
    Mark,
    Month,
    Row,
    months_of,
    neighbours_together,
    rows_of,
    without_long_stops,
)
from amends.ui.explaining_words import HOW, MOVED, STARTS, STARTS_SOMEHOW, Register, stood_still

__all__ = ["About", "Explained", "Fact", "Mark", "Month", "Register", "Row", "explained", "promised"]

Words = str | Promise


class About(NamedTuple):
    """What the sum alone does not know. `due_at` is the date that holds; `reasons` are those given for more time.

    `paused_until`: the clock stands still now, at the latest until then. `is_day_only`: no hour of the start is known.
    """

    event: str
    due_at: datetime
    is_owed_by_us: bool = True
    paused_until: datetime | None = None
    reasons: Sequence[str] = ()
    is_day_only: bool = False


class Fact(NamedTuple):
    """A name with its value, and where needed a sentence that says more."""

    label: Words
    value: Words
    note: Words = ""


@dataclass(frozen=True)
class Explained:
    """The whole explanation. `facts` tell the sum in order, `conclusion` says what it comes to."""

    limit: Limit
    facts: tuple[Fact, ...]
    conclusion: str
    warnings: tuple[Words, ...]
    days: tuple[Row, ...]

    @property
    def table(self) -> tuple[Row, ...]:
        """The days as rows, long times that do not count as one."""
        return tuple(without_long_stops(self.days))

    @property
    def not_counted(self) -> tuple[Row, ...]:
        """The days that did not count, with the reason, neighbours together."""
        whole = without_long_stops(self.days)
        return tuple(row for row in neighbours_together(whole) if row.mark in NOT_COUNTED)

    @property
    def months(self) -> tuple[Month, ...]:
        """The days as a picture."""
        return tuple(months_of(self.days))

    @property
    def weekdays(self) -> tuple[tuple[str, str], ...]:
        """Short and full names of the days of a week, from Monday."""
        locale = formatting.reading()
        short, full = get_day_names("abbreviated", locale=locale), get_day_names("wide", locale=locale)
        return tuple((short[place], full[place]) for place in range(7))

    @property
    def legend(self) -> tuple[tuple[Mark, Words], ...]:
        """The marks that occur."""
        there = {row.mark for row in self.days}
        return tuple((mark, words) for mark, words in MARKS.items() if mark in there)


def explained(sum_of: Explanation, about: About, register: Register) -> Explained:
    """An explanation in words, in the language that is active."""
    last, is_held = _local(about.due_at, sum_of).date(), about.due_at < sum_of.due_at
    days = tuple(rows_of(sum_of, last, register, is_held=is_held))
    return Explained(
        limit=sum_of.plan.limit,
        facts=tuple(_facts(sum_of, about, register)),
        conclusion=_conclusion(sum_of, about, register),
        warnings=tuple(_warnings(sum_of, register)),
        days=days,
    )


def promised(day: date, register: Register) -> str:
    """A day that was promised is not counted from anything."""
    slots = {"day": formatting.long_day(day)}
    if register is Register.PLAIN:
        return _("We promised you this with the decision: %(day)s.") % slots
    return _("This day was promised with the decision: it is due at the end of %(day)s.") % slots


def _facts(sum_of: Explanation, about: About, register: Register) -> Iterator[Fact]:
    """The sum, one part after the other."""
    plan, limit = sum_of.plan, sum_of.plan.limit
    start = _local(plan.start, sum_of)
    began = STARTS.get(about.event, {}).get(register, STARTS_SOMEHOW)
    yield Fact(began, formatting.long_day(start) if about.is_day_only else _moment(start, register, limit))
    arrival = next((step.day for step in sum_of.days if step.why is Reason.START), sum_of.start_day)
    if arrival != sum_of.start_day:
        late = _("It came in after the close of work or on a day off.")
        yield Fact(_("Counts as come in on"), formatting.long_day(arrival), late)
    yield Fact(_("Time allowed"), formatting.limit(limit), HOW[limit.unit] if limit.count else "")
    stops = [stop for stop in plan.stops if stop.begins < about.due_at and stop.ends > plan.start]
    for stop in sorted(stops, key=lambda each: each.begins):
        begins, ends = _local(stop.begins, sum_of), _local(stop.ends, sum_of)
        slots = {"begins": _moment(begins, register, limit), "ends": _moment(ends, register, limit)}
        if about.paused_until is not None and stop.ends >= about.paused_until:
            words = _("since %(begins)s, at the latest until %(ends)s") % slots
            yield Fact(_("Stands still"), words, stood_still(stop.why, register, is_now=True))
        else:
            words = _("from %(begins)s until %(ends)s") % slots
            yield Fact(_("Stood still"), words, stood_still(stop.why, register))
    for number, phase in enumerate(sum_of.phases[1:]):
        yield from _extension(sum_of, number, phase, about, register)
    if sum_of.moved:
        yield Fact(_("Moved"), MOVED[sum_of.moved])
    if about.due_at < sum_of.due_at:
        yield Fact(_("Latest date"), _("The rules allow no later date, whatever would be counted."))


def _extension(sum_of: Explanation, number: int, phase: Phase, about: About, register: Register) -> Iterator[Fact]:
    """More time: how much, from which date to which, and what the complainant was told."""
    before, after = sum_of.phases[number].due_at, min(phase.due_at, about.due_at)
    slots = {
        "before": formatting.long_day(_local(before, sum_of)),
        "after": formatting.long_day(_local(after, sum_of)),
    }
    reason = about.reasons[number] if number < len(about.reasons) else ""
    if isinstance(phase.rule, Limit):
        yield Fact(_("More time"), formatting.limit(phase.rule))
    yield Fact(_("Date moved"), _("from %(before)s to %(after)s") % slots, reason)


def _conclusion(sum_of: Explanation, about: About, register: Register) -> str:
    due = _local(about.due_at, sum_of)
    slots = {"day": formatting.long_day(due), "time": formatting.clock(due)}
    whole_day = due.hour == 23 and due.minute == 59
    if register is Register.STAFF:
        if whole_day:
            return _("So it is due by the end of %(day)s.") % slots
        return _("So it is due on %(day)s at %(time)s.") % slots
    if sum_of.plan.limit.unit in COUNTED_IN_TIME:
        return _("So the time ends on %(day)s at %(time)s.") % slots
    if about.is_owed_by_us:
        return _("So we have until %(day)s.") % slots
    return _("So you have until %(day)s.") % slots


def _warnings(sum_of: Explanation, register: Register) -> Iterator[Words]:
    if sum_of.known_until_passed:
        yield _("Not all public holidays until then are known yet, so the date may still move.")
    if str(sum_of.zone) != str(timezone.get_current_timezone()):
        yield _("Days and times are those of this time zone: %(zone)s.") % {"zone": str(sum_of.zone)}


def _moment(local: datetime, register: Register, limit: Limit) -> str:
    """A day, with its hour for staff and where hours are counted."""
    day = formatting.long_day(local)
    exact = register is Register.STAFF or limit.unit in COUNTED_IN_TIME
    return f"{day}, {formatting.clock(local)}" if exact else day


def _local(moment: datetime, sum_of: Explanation) -> datetime:
    """What the clock at the place of the calendar shows, without a zone: so that nothing turns it into another's."""
    return moment.astimezone(sum_of.zone).replace(tzinfo=None)
