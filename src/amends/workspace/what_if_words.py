"""An answer in words and figures: the sentence on top, the tables, the picture, the rows of the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.complaints.models import Deadline
from amends.complaints.what_if.answering import Answer, Count, Show, Verdict
from amends.complaints.what_if.question import Instead
from amends.people.models import Unit
from amends.rendering.bars import Drawing, Pair, draw, steps
from amends.ui import formatting
from amends.ui.parts import Tab, Tone

Words = str | Promise

#: More months than this are drawn as years.
MONTHS_DRAWN = 24
WIDE, NARROW = 760, 340
DRAWN_NARROW = 8
#: A day alone is its beginning; how many days late it is, is told by its end.
_REST_OF_A_DAY = timedelta(days=1, seconds=-1)


@dataclass(frozen=True)
class Line:
    """A row of figures."""

    name: Words
    judged: str
    was_late: str
    would_be_late: str
    change: str


@dataclass(frozen=True)
class Row:
    """A clock in the list."""

    reference: str
    href: str
    what: Words
    started_at: datetime
    ended_at: datetime | None
    how_ended: Words
    due_at: datetime
    due_if: datetime | None
    late_by: Words
    tone: Tone


@dataclass(frozen=True)
class Picture:
    """The same bars, once for desks and once for telephones, and the table that says the same."""

    title: Words
    takeaway: Words
    wide: Drawing
    narrow: Drawing
    narrow_is_cut: bool
    lines: Sequence[Line]


def takeaway(instead: Instead, total: Count) -> str:
    """What it comes to, in one sentence that says nothing more than the figures."""
    figures = {
        "judged": formatting.number(total.judged),
        "late": formatting.number(total.was_late),
        "would": formatting.number(total.would_be_late),
    }
    if instead.is_nothing:
        return (
            ngettext(
                "Nothing is changed: %(late)s of %(judged)s deadline was missed.",
                "Nothing is changed: %(late)s of %(judged)s deadlines were missed.",
                total.judged,
            )
            % figures
        )
    if not (total.newly or total.no_longer):
        return (
            ngettext(
                "It would have made no difference: %(late)s of %(judged)s deadline missed, then as now.",
                "It would have made no difference: %(late)s of %(judged)s deadlines missed, then as now.",
                total.judged,
            )
            % figures
        )
    return (
        ngettext(
            "Of %(judged)s deadline, %(would)s would have been missed instead of %(late)s.",
            "Of %(judged)s deadlines, %(would)s would have been missed instead of %(late)s.",
            total.judged,
        )
        % figures
    )


def line_of(name: Words, count: Count) -> Line:
    """Figures as people read them; the change with its sign."""
    change = count.would_be_late - count.was_late
    signed = f"+{formatting.number(change)}" if change > 0 else formatting.number(change).replace("-", "\u2212")
    return Line(
        name,
        formatting.number(count.judged),
        formatting.number(count.was_late),
        formatting.number(count.would_be_late),
        signed if change else "0",
    )


def by_kind(answer: Answer) -> list[Line]:
    """Each kind of clock, in the order of the life of a complaint."""
    order = list(Deadline.Kind)
    kinds = sorted(answer.kinds, key=lambda kind: order.index(Deadline.Kind(kind)))
    return [line_of(Deadline.Kind(kind).label, answer.kinds[kind]) for kind in kinds]


def by_unit(answer: Answer) -> list[Line]:
    """Each unit that leads complaints, the one with the most late ones under the other rules first."""
    names = dict(Unit.objects.filter(pk__in=answer.units).values_list("pk", "name"))
    keys = sorted(answer.units, key=lambda key: (-answer.units[key].would_be_late, names[key], key))
    return [line_of(names[key], answer.units[key]) for key in keys]


def by_month(months: Mapping[date, Count]) -> list[Line]:
    """Each month with deadlines, the newest first."""
    return [line_of(formatting.month(month), months[month]) for month in sorted(months, reverse=True)]


def picture(months: Mapping[date, Count]) -> Picture:
    """Bars by month, or by year where there are many months. Periods without anything are drawn as such."""
    if len(_between(months)) <= MONTHS_DRAWN:
        title = _("Missed deadlines by month")
        periods = [(formatting.short_month(day), months.get(day, Count())) for day in _between(months)]
        takes = [(formatting.month(day), count) for day, count in months.items()]
    else:
        years: dict[int, Count] = {year: Count() for year in range(min(months).year, max(months).year + 1)}
        for day, count in months.items():
            years[day.year].join(count)
        periods, title = [(str(year), count) for year, count in years.items()], _("Missed deadlines by year")
        takes = periods
    pairs = [
        Pair(
            name,
            count.was_late,
            count.would_be_late,
            formatting.number(count.was_late),
            formatting.number(count.would_be_late),
        )
        for name, count in periods
    ]
    few = pairs[-DRAWN_NARROW:]
    return Picture(
        title=title,
        takeaway=_most(takes),
        wide=draw(pairs, width=WIDE, written=[(step, formatting.number(step)) for step in steps(pairs)]),
        narrow=draw(few, width=NARROW, written=[(step, formatting.number(step)) for step in steps(few)]),
        narrow_is_cut=len(few) < len(pairs),
        lines=[line_of(name, count) for name, count in reversed(periods)],
    )


def _between(months: Mapping[date, Count]) -> list[date]:
    """Every month from the first to the last."""
    first, last = min(months), max(months)
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _most(periods: Sequence[tuple[str, Count]]) -> str:
    """Where the difference is largest, if there is one."""
    name, count = max(periods, key=lambda period: abs(period[1].would_be_late - period[1].was_late))
    change = count.would_be_late - count.was_late
    if not change:
        return _("No period would have had more or fewer missed deadlines.")
    words = {"period": name, "count": formatting.number(abs(change))}
    if change > 0:
        return _("The largest difference: %(count)s more in %(period)s.") % words
    return _("The largest difference: %(count)s fewer in %(period)s.") % words


def row_of(verdict: Verdict, at: datetime) -> Row:
    """A clock with its dates, as it was and as it would have been."""
    row, ended_at = verdict.row, verdict.ended_if if verdict.due_if else verdict.row.ended_at
    how = _("Still open") if ended_at is None else ""
    if ended_at is not None and row.met_at is None:
        how = _("Fell away")
    return Row(
        reference=row.reference,
        href=f"{reverse('workspace:complaints')}{row.reference}/",
        what=Deadline.Kind(row.kind).label,
        started_at=row.terms.starts_at,
        ended_at=ended_at,
        how_ended=how,
        due_at=verdict.due_at,
        due_if=verdict.due_if,
        late_by=_late_by(verdict, at),
        tone="danger" if verdict.would_be_late else "ok",
    )


def _late_by(verdict: Verdict, at: datetime) -> Words:
    if verdict.due_if is None:
        return _("No such deadline")
    if not verdict.would_be_late:
        return _("In time")
    ended_at = verdict.ended_if or at
    if verdict.row.is_from_elsewhere and verdict.row.is_by_day and verdict.ended_if:
        ended_at += _REST_OF_A_DAY
    return formatting.until(verdict.due_if, ended_at).text


def tabs_of(show: Show, total: Count, address: str) -> list[Tab]:
    """The lists there are, with how long each is."""
    named = {
        Show.LATE: (_("Would have been missed"), total.would_be_late),
        Show.NEWLY: (_("Missed only then"), total.newly),
        Show.NO_LONGER: (_("Not missed any more"), total.no_longer),
        Show.WAS_LATE: (_("Were missed"), total.was_late),
    }
    return [
        Tab(label, f"{address}&show={each.value}#list", each is show, formatting.number(count))
        for each, (label, count) in named.items()
    ]


def notes(answer: Answer, instead: Instead, complaints: int, seconds: float) -> list[str]:
    """What has to be known to read the figures rightly, each where it matters."""
    number = formatting.number
    found = [
        ngettext(
            "%(count)s complaint that you may read was looked at, in %(seconds)s seconds.",
            "%(count)s complaints that you may read were looked at, in %(seconds)s seconds.",
            complaints,
        )
        % {"count": number(complaints), "seconds": number(round(seconds, 1))},
        _(
            "A deadline counts as missed when it was met or fell away after its date, and while it is open, when its "
            "date has passed."
        ),
    ]
    if answer.from_elsewhere:
        found.append(
            ngettext(
                "%(count)s deadline is of a complaint taken over from another system. It is judged by two days "
                "alone: the day of receipt and the day of the last step known, which counts as the answer. The "
                "organisation's own rules and calendar are applied to them.",
                "%(count)s deadlines are of complaints taken over from another system. They are judged by two "
                "days alone: the day of receipt and the day of the last step known, which counts as the answer. "
                "The organisation's own rules and calendar are applied to them.",
                answer.from_elsewhere,
            )
            % {"count": number(answer.from_elsewhere)}
        )
    if answer.same_day:
        found.append(
            ngettext(
                "For %(count)s of them both days are the same. A file that does not name the day of the last "
                "step looks like that, too.",
                "For %(count)s of them both days are the same. A file that does not name the day of the last "
                "step looks like that, too.",
                answer.same_day,
            )
            % {"count": number(answer.same_day)}
        )
    if answer.not_judged:
        found.append(
            ngettext(
                "%(count)s complaint taken over from another system could not be judged: under its rules the "
                "time does not begin with receipt.",
                "%(count)s complaints taken over from another system could not be judged: under their rules the "
                "time does not begin with receipt.",
                answer.not_judged,
            )
            % {"count": number(answer.not_judged)}
        )
    if answer.total.gone:
        found.append(
            ngettext(
                "%(count)s deadline would not have been there: the other rules set no time for it, or nothing "
                "is recorded that would have started it. It counts as not missed.",
                "%(count)s deadlines would not have been there: the other rules set no time for them, or "
                "nothing is recorded that would have started them. They count as not missed.",
                answer.total.gone,
            )
            % {"count": number(answer.total.gone)}
        )
    if answer.not_countable:
        found.append(
            ngettext(
                "%(count)s deadline is left out: under the other rules it would not come within ten years.",
                "%(count)s deadlines are left out: under the other rules they would not come within ten years.",
                answer.not_countable,
            )
            % {"count": number(answer.not_countable)}
        )
    if not instead.is_nothing and instead.keeps_pauses:
        found.append(
            _(
                "Pauses and extensions count as they were recorded, as far as the other rules allow: a pause no "
                "longer than they permit, and more time only where it was taken before the other date had "
                "passed."
            )
        )
    if instead.pack is not None:
        found.append(
            _(
                "The other rules take the place of the main pack of each complaint. Packs that run beside it "
                "stay, and the organisation's own targets fill in where the other rules set none."
            )
        )
    return found
