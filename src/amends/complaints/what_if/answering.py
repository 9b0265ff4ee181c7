"""Comparing every clock as it ran with the same clock under other rules, and adding it up.

Each run also counts again what is recorded: a due date or a lateness that does not come out as it was written down is
a difference, and is shown. A clock is late when it was met, or fell away, after its date; while it runs, when its date
has passed.
"""

from collections import Counter
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from amends.calendars.working_time import NoWorkingTimeError
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.what_if.otherwise import Otherwise
from amends.complaints.what_if.question import Among, Instead
from amends.complaints.what_if.recorded import Place, Recorded, decision_clocks, judged_by_their_days, recorded
from amends.complaints.what_if.sums import REMEMBERED, Sums
from amends.complaints.what_if.which import Which
from amends.kit.dialect import one_snapshot

#: So many differences are named.
NAMED = 5

#: Due, outer limit, due under the other rules (None without such a clock), and when it would have been met then.
Dates = tuple[datetime, datetime | None, datetime | None, datetime | None]


class Show(StrEnum):
    """Which clocks are listed."""

    LATE = "late"
    NEWLY = "newly"
    NO_LONGER = "no_longer"
    WAS_LATE = "was_late"


class Verdict(NamedTuple):
    """One clock, as it was and as it would have been; `due_if` is None where there would have been no such clock."""

    row: Recorded
    due_at: datetime
    was_late: bool
    due_if: datetime | None
    ended_if: datetime | None
    would_be_late: bool
    is_as_recorded: bool

    def is_shown(self, show: Show) -> bool:
        """Whether it belongs into a list."""
        if show is Show.LATE:
            return self.would_be_late
        if show is Show.NEWLY:
            return self.would_be_late and not self.was_late
        if show is Show.NO_LONGER:
            return self.was_late and not self.would_be_late
        return self.was_late

    def late_by(self, at: datetime) -> timedelta | None:
        """By how much it would have been late, while it runs until a moment; None where it would not."""
        return (self.ended_if or at) - self.due_if if self.would_be_late and self.due_if else None


@dataclass(slots=True)
class Count:
    """How many clocks there were, were late, and would have been. `gone` would not have been there at all."""

    judged: int = 0
    was_late: int = 0
    would_be_late: int = 0
    newly: int = 0
    no_longer: int = 0
    gone: int = 0

    def add(self, times: int, was_late: bool, would_be_late: bool, gone: bool) -> None:
        """Count so many more that are alike."""
        self.judged += times
        self.was_late += times * was_late
        self.would_be_late += times * would_be_late
        self.newly += times * (would_be_late and not was_late)
        self.no_longer += times * (was_late and not would_be_late)
        self.gone += times * gone

    def join(self, other: "Count") -> None:
        """Count all that another one counted, too."""
        self.judged += other.judged
        self.was_late += other.was_late
        self.would_be_late += other.would_be_late
        self.newly += other.newly
        self.no_longer += other.no_longer
        self.gone += other.gone


@dataclass(slots=True)
class Answer:
    """Everything that a question comes to. `kinds` by code, `months` by their first day, `units` by key."""

    total: Count = field(default_factory=Count)
    kinds: dict[str, Count] = field(default_factory=dict)
    months: dict[date, Count] = field(default_factory=dict)
    units: dict[int, Count] = field(default_factory=dict)
    #: Clocks whose recount does not give what was written down, and the first of them.
    differences: int = 0
    differing: list[Verdict] = field(default_factory=list)
    #: Clocks that were recorded here and counted again.
    recounted: int = 0
    #: Clocks of complaints from elsewhere, judged by their days; of these, received and answered on one day.
    from_elsewhere: int = 0
    same_day: int = 0
    #: Complaints from elsewhere that days alone cannot judge, because their clock starts with something else.
    not_judged: int = 0
    #: Clocks that cannot be counted under the other rules: too little working time.
    not_countable: int = 0


class _Tally:
    """Verdicts added up: alike ones first, because there are few kinds of them, and then by kind, month and unit."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.alike: Counter[tuple[str, int, int, int, bool, bool, bool]] = Counter()
        self.answer = Answer()

    def add(self, verdict: Verdict) -> None:
        """Count one more."""
        row, answer = verdict.row, self.answer
        day = row.terms.starts_at.astimezone(self.zone)
        gone = verdict.due_if is None
        self.alike[row.kind, day.year, day.month, row.unit, verdict.was_late, verdict.would_be_late, gone] += 1
        if row.is_from_elsewhere:
            answer.from_elsewhere += 1
            answer.same_day += row.ended_at == row.place.received_at
        else:
            answer.recounted += 1
        if not verdict.is_as_recorded:
            answer.differences += 1
            if len(answer.differing) < NAMED:
                answer.differing.append(verdict)

    def added_up(self) -> Answer:
        """The whole."""
        answer = self.answer
        for (kind, year, month, unit, *how), times in self.alike.items():
            for count in (
                answer.total,
                answer.kinds.setdefault(kind, Count()),
                answer.months.setdefault(date(year, month, 1), Count()),
                answer.units.setdefault(unit, Count()),
            ):
                count.add(times, *how)
        return answer


class Asking:
    """A question over complaints that somebody may read, at a moment."""

    def __init__(self, complaints: ComplaintQuerySet, among: Among, instead: Instead, at: datetime) -> None:
        self.complaints, self.instead, self.at = among.of(complaints), instead, at
        self.which, self.sums = Which(at, instead.pack), Sums()
        self.otherwise = Otherwise(instead, self.which, self.sums)
        self._alike: dict[tuple[object, ...], Dates] = {}
        self.not_countable = 0

    def size(self) -> int:
        """How many complaints it is about."""
        return self.complaints.count()

    def answer(self, show: Show = Show.LATE, size: int = 0) -> tuple[Answer, "Listed"]:
        """All of it, with the first page of a list."""
        tally, first = _Tally(self.which.zone), _Page(show, size)
        with one_snapshot(), closing(self.verdicts()) as verdicts:
            for verdict in verdicts:
                tally.add(verdict)
                first.take(verdict)
            not_judged = self._not_judged()
        found = replace(tally.added_up(), not_judged=not_judged, not_countable=self.not_countable)
        return found, first.listed(is_first=True)

    def page(self, show: Show, size: int, *, beyond: Place | None = None, back: bool = False) -> "Listed":
        """Another page of the list. Reads no further than it has to."""
        shown = _Page(show, size)
        with one_snapshot(), closing(self.verdicts(beyond=beyond, back=back)) as verdicts:
            for verdict in verdicts:
                if not shown.take(verdict):
                    break
        return shown.listed(is_first=beyond is None, back=back)

    def verdicts(self, *, beyond: Place | None = None, back: bool = False) -> Generator[Verdict]:
        """Every clock judged, newest complaint first; with `back` oldest first."""
        with_events = self.instead.pack is not None
        for row in recorded(self.complaints, self.which, with_events=with_events, beyond=beyond, back=back):
            verdict = self.judge(row)
            if verdict is not None:
                yield verdict

    def judge(self, row: Recorded) -> Verdict | None:
        """One clock; None where the other rules leave no working time to count it."""
        try:
            due_at, outer_at, due_if, ended_if = self._by_days(row) if row.is_from_elsewhere else self._dates(row)
        except NoWorkingTimeError:
            self.not_countable += 1
            return None
        was_late = (row.ended_at or self.at) > due_at
        would_be_late = due_if is not None and (ended_if or self.at) > due_if
        is_as_recorded = row.is_from_elsewhere or _agrees(row, due_at, outer_at, was_late)
        return Verdict(row, due_at, was_late, due_if, ended_if, would_be_late, is_as_recorded)

    def _dates(self, row: Recorded) -> Dates:
        due_at, outer_at = self.sums.count(row.terms)
        if self.instead.is_nothing:
            return due_at, outer_at, due_at, row.ended_at
        course = self.otherwise(row)
        if course is None:
            return due_at, outer_at, None, None
        return due_at, outer_at, self.sums.count(course.terms)[0], course.ended_at

    def _by_days(self, row: Recorded) -> Dates:
        """The same for complaints from elsewhere: those received on one day, at one place, under one pack are alike."""
        alike = (row.terms.starts_at, row.pack.pk, row.code, row.unit, row.site, row.told)
        found = self._alike.get(alike)
        if found is None:
            if len(self._alike) >= REMEMBERED:
                self._alike.clear()
            found = self._alike[alike] = self._dates(row)
        due_at, outer_at, due_if, _ended_if = found
        return due_at, outer_at, due_if, None if due_if is None else row.ended_at

    def _not_judged(self) -> int:
        rows = judged_by_their_days(self.complaints)
        packs = rows.order_by().values_list("pack_id", flat=True).distinct()
        return rows.filter(pack_id__in=[key for key in packs if not decision_clocks(self.which.pack(key))]).count()


def _agrees(row: Recorded, due_at: datetime, outer_at: datetime | None, was_late: bool) -> bool:
    """Whether a recount gives what was written down: both dates, and late where lateness was noted."""
    return (due_at, outer_at) == (row.due_at, row.outer_at) and (was_late or row.overdue_at is None)


@dataclass(frozen=True)
class Listed:
    """A page of a list: whole complaints, and where the pages before and after it begin."""

    verdicts: list[Verdict]
    before: Place | None = None
    after: Place | None = None


class _Page:
    """So many verdicts, and the rest of the last complaint."""

    def __init__(self, show: Show, size: int) -> None:
        self.show, self.size = show, size
        self.found: list[Verdict] = []
        self.has_more = False

    def take(self, verdict: Verdict) -> bool:
        """Take it in, if it is to be shown and there is room. False when there is no room for anything more."""
        if not self.has_more and verdict.is_shown(self.show):
            is_full = len(self.found) >= self.size
            self.has_more = is_full and not (self.found and verdict.row.place == self.found[-1].row.place)
            if not self.has_more:
                self.found.append(verdict)
        return not self.has_more

    def listed(self, *, is_first: bool, back: bool = False) -> Listed:
        """The page, newest first whichever way it was walked to."""
        found = self.found[::-1] if back else self.found
        if not found:
            return Listed([])
        has_before, has_after = (self.has_more, True) if back else (not is_first, self.has_more)
        return Listed(found, found[0].row.place if has_before else None, found[-1].row.place if has_after else None)
