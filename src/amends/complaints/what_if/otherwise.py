"""The same clock under other rules: what it would have been counted from.

**Another pack** takes the place of the main pack of each complaint and of the own targets that fill it up; packs that
run beside it stay. Its clock for the same thing (kind and stage) counts from what the other pack says starts it. Where
the other pack sets no time for something, the organisation's own targets fill in, as they do at receipt. A clock that
fell away because rules were changed on the way would not have been there.

**Another limit** takes the place of the limit of each clock of a kind. An outer limit that is shorter than that gives
way.

**Another calendar** takes the place of whichever each clock was counted with.

**Pauses and extensions** that were recorded stay or are left out, as asked. Where they stay and the rules differ, only
what the other rules allow stays: a pause for a reason that the pack knows, cut at its longest time; as many extensions
as the pack gives, no longer than it gives; and none that was taken when the other date had passed.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any, NamedTuple

from amends.calendars.counting import due
from amends.calendars.limits import COUNTED_IN_TIME, write_limit
from amends.calendars.loading import working_calendar
from amends.calendars.models import CalendarVersion
from amends.calendars.plans import Plan
from amends.complaints.models import AppliedPack, Pause
from amends.complaints.pausing import left_of
from amends.complaints.what_if.question import Instead
from amends.complaints.what_if.recorded import Recorded, start_by_days
from amends.complaints.what_if.sums import Formula, Sums, Terms
from amends.complaints.what_if.which import Which, clock_like
from amends.framework.models import RulePackVersion
from amends.framework.rules.parts import Clock
from amends.framework.rules.vocabulary import ClockKind, Start
from amends.framework.which_packs import FILLED_IN, PackClock, rules_of

_PAUSES = frozenset(Pause.Why.values)
_STARTS = frozenset(Start) - {Start.REOPENED}


class Course(NamedTuple):
    """How a clock would have run: what it counts from, and when it would have been met or have fallen away."""

    terms: Terms
    ended_at: datetime | None


class Otherwise:
    """A question, asked of one clock after the other."""

    def __init__(self, instead: Instead, which: Which, sums: Sums) -> None:
        self.instead, self.which, self.sums = instead, which, sums
        self._clocks: dict[tuple[int, str, str | None, tuple[int, ...]], PackClock | None] = {}
        self._limited: dict[tuple[object, ...], Formula] = {}

    def __call__(self, row: Recorded) -> Course | None:
        """How it would have run; None where there would have been no such clock. Raises NoWorkingTimeError."""
        terms, ended_at, clock = row.terms, row.ended_at, None
        if self.instead.pack is not None:
            found = self._clock(row)
            taken = self._taken(row, found) if found is not None else None
            if found is None or taken is None:
                return None
            terms, ended_at = taken, self._end(row, found.clock, taken.starts_at)
            clock = found.clock if _is_another(found, row) else None
        if self.instead.calendar is not None:
            terms = terms._replace(calendar=self.instead.calendar)
        if self.instead.limit is not None and self.instead.limit.kind == row.kind:
            terms = self._with_limit(row, terms)
        if _has_pauses(row.terms.formula):
            if not self.instead.keeps_pauses:
                terms = _without_pauses(terms)
            elif terms != row.terms:
                terms = self._allowed(row, terms, clock)
        return Course(terms, ended_at)

    # ------------------------------------------------------------ another pack

    def _clock(self, row: Recorded) -> PackClock | None:
        """The clock that would have run for the same thing, which may be the one that did."""
        role = row.events.roles.get(row.pack.pk)
        if role is None and not row.events.roles and row.pack.pk == row.main_pack:
            role = AppliedPack.Role.MAIN  # taken over from elsewhere: nobody wrote down which packs apply
        beside = tuple(key for key, each in row.events.roles.items() if each == AppliedPack.Role.BESIDE)
        key = (row.pack.pk, row.code, role, beside)
        if key not in self._clocks:
            self._clocks[key] = self._clock_instead(row.pack, rules_of(row.pack).clock(row.code), role, beside)
        return self._clocks[key]

    def _clock_instead(
        self, pack: RulePackVersion, clock: Clock, role: str | None, beside: tuple[int, ...]
    ) -> PackClock | None:
        other = self.instead.pack
        assert other is not None
        if role is None:
            return None
        if role == AppliedPack.Role.BESIDE:
            return PackClock(pack, clock)
        found = clock_like(rules_of(other), clock.kind, clock.stage, clock.code)
        there = (other, *map(self.which.pack, beside))
        if clock.kind in FILLED_IN and not any(rules_of(each).clocks_of(clock.kind) for each in there):
            other, found = self.which.own, clock_like(rules_of(self.which.own), clock.kind, clock.stage, clock.code)
        return None if found is None else PackClock(other, found)

    def _taken(self, row: Recorded, found: PackClock) -> Terms | None:
        """What a clock would have counted from; None where it would not have started."""
        if not _is_another(found, row):
            return row.terms
        calendar = row.terms.calendar
        if row.is_from_elsewhere or rules_of(found.pack).calendar != rules_of(row.pack).calendar:
            calendar = self.which.calendar(found.pack, row.unit, row.site)
        event = found.clock.starts.value if row.event in _STARTS else row.event
        formula = self.which.formula(found, event, row.told, calendar)
        started_at = self._start(row, event, formula, calendar)
        if started_at is None:
            return None
        if _has_pauses(row.terms.formula):
            pauses = [stop for stop in row.terms.formula.basis["stops"] if stop["why"] in _PAUSES]
            formula = formula.changed(
                stops=[*formula.basis["stops"], *pauses], extensions=row.terms.formula.basis["extensions"]
            )
        return Terms(started_at, formula, calendar)

    def _start(self, row: Recorded, event: str, formula: Formula, calendar: CalendarVersion) -> datetime | None:
        if event == Start.RECEIVED:
            return _received(row, formula, calendar)
        if event == row.event:
            return row.terms.starts_at
        if event == Start.ACKNOWLEDGED:
            return self._confirmed(row, row.place.received_at)
        opened_at = row.events.reviews.get(row.round)
        if event == Start.REVIEW_OPENED or opened_at is None:
            return opened_at
        return self._confirmed(row, opened_at) if event == Start.REVIEW_ACKNOWLEDGED else None

    def _confirmed(self, row: Recorded, since: datetime) -> datetime | None:
        """When receipt was confirmed in a way that counts for the other pack."""
        counts = self._automatic_counts()
        for at, is_automatic in row.events.acknowledged:
            if at >= since and (counts or not is_automatic):
                return at
        return None

    def _automatic_counts(self) -> bool:
        assert self.instead.pack is not None
        return rules_of(self.instead.pack).automatic_acknowledgement_counts

    def _end(self, row: Recorded, clock: Clock, started_at: datetime) -> datetime | None:
        """When it would have been met or have fallen away. Only what confirms receipt depends on the pack."""
        if clock.kind != ClockKind.ACKNOWLEDGEMENT:
            return row.ended_at
        if rules_of(self.which.pack(row.main_pack)).automatic_acknowledgement_counts == self._automatic_counts():
            return row.ended_at
        confirmed_at = self._confirmed(row, started_at)
        if confirmed_at is not None:
            return confirmed_at
        return row.ended_at if row.met_at is None else None

    # ------------------------------------------------------------ another limit

    def _with_limit(self, row: Recorded, terms: Terms) -> Terms:
        assert self.instead.limit is not None
        limit, formula = self.instead.limit.limit, terms.formula
        had = formula.basis["limit"]
        written = write_limit(limit)
        if written == had:
            return terms
        other = self._limited.get(formula.key) if formula.key is not None else None
        if other is None:
            other = formula.changed(limit=written)
            if formula.key is not None:
                self._limited[formula.key] = other
        is_from_receipt = formula.basis["event"] == Start.RECEIVED
        if is_from_receipt and (limit.unit in COUNTED_IN_TIME) != (had["unit"] in COUNTED_IN_TIME):
            terms = terms._replace(starts_at=_received(row, other, terms.calendar))
        terms = terms._replace(formula=other)
        due_at, outer_at = self.sums.count(terms)
        if outer_at is not None and due_at >= outer_at and self._due(terms, outer=None, extensions=[]) > outer_at:
            terms = terms.changed(outer=None)
        return terms

    # ------------------------------------------------------------ pauses and extensions

    def _allowed(self, row: Recorded, terms: Terms, clock: Clock | None) -> Terms:
        """Only the pauses and extensions that the rules would have allowed; `clock` where they are another pack's."""
        if clock is not None:
            terms = terms.changed(stops=_stops_allowed(terms, clock))
        given = terms.formula.basis["extensions"]
        times = len(given) if clock is None else clock.extension.times if clock.extension else 0
        kept: list[Any] = []
        for each, at in zip(given[:times], row.extended_at, strict=False):
            if self._due(terms, extensions=kept) <= at:
                break
            kept = [*kept, each if clock is None else self._at_most(each, kept, clock, terms)]
        return terms.changed(extensions=kept)

    def _at_most(self, given: Any, kept: list[Any], clock: Clock, terms: Terms) -> Any:
        """An extension, no longer than the pack gives at a time. What had no date takes all that it gives."""
        assert clock.extension is not None
        most = write_limit(clock.extension.most)
        if not isinstance(given, str):
            return most
        asked, latest = (self._due(terms, outer=None, extensions=[*kept, each]) for each in (given, most))
        return given if asked <= latest else most

    def _due(self, terms: Terms, **parts: Any) -> datetime:
        return self.sums.count(terms.changed(**parts))[0]


def _received(row: Recorded, formula: Formula, calendar: CalendarVersion) -> datetime:
    """As a clock starts at receipt: by the hour, where only the day is known, when it was written down here."""
    if row.is_from_elsewhere:
        return start_by_days(row.place.received_at, row.is_by_day, formula, calendar)
    if row.is_by_day and formula.basis["limit"]["unit"] in COUNTED_IN_TIME:
        return row.recorded_at
    return row.place.received_at


def _is_another(found: PackClock, row: Recorded) -> bool:
    return found.pack.pk != row.pack.pk or found.clock.code != row.code


def _has_pauses(formula: Formula) -> bool:
    basis = formula.basis
    return bool(basis["extensions"]) or any(stop["why"] in _PAUSES for stop in basis["stops"])


def _without_pauses(terms: Terms) -> Terms:
    stops = [stop for stop in terms.formula.basis["stops"] if stop["why"] not in _PAUSES]
    return terms.changed(stops=stops, extensions=[])


def _stops_allowed(terms: Terms, clock: Clock) -> list[Any]:
    """What a regulator stopped, and pauses for reasons that the pack knows, together no longer than it allows."""
    calendar = working_calendar(terms.calendar)
    spent: defaultdict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    kept = []
    for stop in terms.formula.basis["stops"]:
        if stop["why"] not in _PAUSES:
            kept.append(stop)
            continue
        permit = clock.pause_for(stop["why"])
        left = left_of(permit.cap, spent[stop["why"]], calendar) if permit else None
        if left is None:
            continue
        begins, ends = datetime.fromisoformat(stop["begins"]), datetime.fromisoformat(stop["ends"])
        ends = min(ends, due(Plan(begins, left), calendar))
        spent[stop["why"]].append((begins, ends))
        kept.append({**stop, "ends": ends.isoformat()})
    return kept
