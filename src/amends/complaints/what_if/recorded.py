"""The clocks of past complaints as they ran, newest complaint first, a few thousand in memory at a time.

A complaint of our own has its deadlines. One that was taken over from elsewhere has two moments: when it was received
and when it came to where it stands, both known to the day. What is asked of it is what the organisation's own rules ask
of anybody: a decision in time. Where it has ended, or the decision was told, that day counts as the day of the answer;
an hour of a day that is known only as a day is never held against us.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from amends.calendars.limits import COUNTED_IN_TIME, Ends
from amends.calendars.loading import working_calendar
from amends.calendars.models import CalendarVersion
from amends.calendars.plans import end_of_day
from amends.calendars.working_time import local_day
from amends.complaints.models import Acknowledgement, AppliedPack, Deadline, Extension, Review
from amends.complaints.models.complaint import ComplaintQuerySet, Origin, Precision
from amends.complaints.stages import Stage
from amends.complaints.what_if.question import JUDGED
from amends.complaints.what_if.sums import Formula, Terms
from amends.complaints.what_if.which import NOT_ASKED, REMEMBERED, Told, Which
from amends.framework.models import RulePackVersion
from amends.framework.rules.parts import Clock
from amends.framework.rules.vocabulary import ClockKind, Start
from amends.framework.which_packs import PackClock, rules_of

#: So many rows are in memory at once.
BATCH = 2_000

#: Stages in which a complaint taken over from elsewhere has not been answered.
UNANSWERED = frozenset(
    {Stage.RECEIVED, Stage.ASSESSED, Stage.INVESTIGATING, Stage.PROPOSED, Stage.DECIDED, Stage.REOPENED}
)
#: Stages in which nobody waits for an answer any more, though none was given.
LET_GO = frozenset({Stage.OUT_OF_SCOPE, Stage.WITHDRAWN, Stage.MERGED})


class Place(NamedTuple):
    """Where a complaint stands in the order of the list: the newest first."""

    received_at: datetime
    complaint: int


@dataclass(frozen=True, slots=True)
class Events:
    """What happened to a complaint that other rules might start or meet a clock with."""

    acknowledged: Sequence[tuple[datetime, bool]] = ()
    reviews: dict[int, datetime] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)


NOTHING = Events()


class Recorded(NamedTuple):
    """One clock as it ran. `due_at` is what was written down for it; None where nothing was: taken over from elsewhere.

    `ended_at` is when it was met or fell away; None while it runs. `extended_at` are the moments at which more time was
    taken, in the order of the extensions in the basis.
    """

    place: Place
    reference: str
    unit: int
    site: str
    told: Told
    recorded_at: datetime
    is_by_day: bool
    pack: RulePackVersion
    main_pack: int
    kind: str
    code: str
    round: int
    terms: Terms
    met_at: datetime | None
    ended_at: datetime | None
    due_at: datetime | None = None
    outer_at: datetime | None = None
    overdue_at: datetime | None = None
    extended_at: tuple[datetime, ...] = ()
    events: Events = NOTHING

    @property
    def is_from_elsewhere(self) -> bool:
        """Whether it was taken over, and judged by its days alone."""
        return self.due_at is None

    @property
    def event(self) -> str:
        """What started it."""
        return str(self.terms.formula.basis["event"])


def recorded(
    complaints: ComplaintQuerySet, which: Which, *, with_events: bool, beyond: Place | None = None, back: bool = False
) -> Iterator[Recorded]:
    """Every judged clock of these complaints, newest first, or with `back` oldest first; from beyond a place on.

    `with_events` finds out also what other packs would look at. Some queries for every 2,000 clocks.
    """
    own = _own(complaints, which, with_events=with_events, beyond=beyond, back=back)
    taken_over = _taken_over(complaints, which, beyond=beyond, back=back)
    return merge(own, taken_over, key=_place_of, reverse=not back)


def _place_of(row: Recorded) -> Place:
    return row.place


def _beyond(beyond: Place | None, back: bool, prefix: str = "") -> Q:
    if beyond is None:
        return Q()
    received, key = f"{prefix}received_at", f"{prefix}pk" if prefix else "pk"
    sign = "gt" if back else "lt"
    later = Q(**{f"{received}__{sign}": beyond.received_at})
    return Q(**{f"{received}__{sign}e": beyond.received_at}) & (
        later | Q(**{received: beyond.received_at, f"{key}__{sign}": beyond.complaint})
    )


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


# ---------------------------------------------------------------- complaints of our own

_OWN = (
    "complaint__received_at",
    "complaint_id",
    "complaint__reference",
    "complaint__lead_unit_id",
    "complaint__site",
    "complaint__recorded_at",
    "complaint__received_precision",
    "complaint__pack_id",
    "pk",
    "pack_id",
    "calendar_id",
    "kind",
    "code",
    "round",
    "basis",
    "starts_at",
    "due_at",
    "outer_at",
    "met_at",
    "dropped_at",
    "overdue_at",
)
_TOLD = ("product_id", "occurred_on", "tags")


def _own(
    complaints: ComplaintQuerySet, which: Which, *, with_events: bool, beyond: Place | None, back: bool
) -> Iterator[Recorded]:
    rows = Deadline.objects.filter(
        _beyond(beyond, back, "complaint__"),
        complaint__in=complaints,
        pack__isnull=False,
        kind__in=JUDGED,
        owed_by=Deadline.OwedBy.ORGANISATION,
    )
    order = ("complaint__received_at", "complaint_id", "pk")
    rows = rows.order_by(*(order if back else (f"-{name}" for name in order)))
    columns = (*_OWN, *(f"complaint__{name}" for name in _TOLD if which.anything_suspended))
    for batch in _batches(rows.values_list(*columns, named=True).iterator(chunk_size=BATCH)):
        extended = _extended(batch)
        events = _events(batch) if with_events else {}
        for row in batch:
            if row.basis.get("on_pass") != "lapse":
                yield _of_deadline(row, which, extended.get(row.pk, ()), events.get(row.complaint_id, NOTHING))


def _of_deadline(row: Any, which: Which, extended: tuple[datetime, ...], events: Events) -> Recorded:
    return Recorded(
        place=Place(row.complaint__received_at, row.complaint_id),
        reference=row.complaint__reference,
        unit=row.complaint__lead_unit_id,
        site=row.complaint__site,
        told=_told(row[len(_OWN) :]),
        recorded_at=row.complaint__recorded_at,
        is_by_day=row.complaint__received_precision == Precision.DAY,
        pack=which.pack(row.pack_id),
        main_pack=row.complaint__pack_id,
        kind=row.kind,
        code=row.code,
        round=row.round,
        terms=Terms(row.starts_at, Formula(row.basis), which.version(row.calendar_id)),
        met_at=row.met_at,
        ended_at=row.met_at or row.dropped_at,
        due_at=row.due_at,
        outer_at=row.outer_at,
        overdue_at=row.overdue_at,
        extended_at=extended,
        events=events,
    )


def _extended(batch: list[Any]) -> dict[int, tuple[datetime, ...]]:
    """When more time was taken, by deadline. No query where nobody took any."""
    keys = [row.pk for row in batch if row.basis.get("extensions")]
    found: defaultdict[int, tuple[datetime, ...]] = defaultdict(tuple)
    if keys:
        rows = Extension.objects.filter(deadline_id__in=keys).order_by("deadline_id", "number")
        for deadline, at in rows.values_list("deadline_id", "at"):
            found[deadline] += (at,)
    return found


def _events(batch: list[Any]) -> dict[int, Events]:
    """What other packs would look at, by complaint. Three queries."""
    keys = {row.complaint_id for row in batch}
    acknowledged: defaultdict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    for key, at, is_automatic in (
        Acknowledgement.objects.filter(complaint_id__in=keys)
        .order_by("at", "pk")
        .values_list("complaint_id", "at", "is_automatic")
    ):
        acknowledged[key].append((at, is_automatic))
    reviews: defaultdict[int, dict[int, datetime]] = defaultdict(dict)
    for key, number, at in Review.objects.filter(complaint_id__in=keys).values_list("complaint_id", "round", "at"):
        reviews[key][number] = at
    roles: defaultdict[int, dict[int, str]] = defaultdict(dict)
    applied = AppliedPack.objects.filter(complaint_id__in=keys, ended_at__isnull=True)
    for key, pack, role in applied.values_list("complaint_id", "pack_id", "role"):
        roles[key][pack] = role
    return {key: Events(acknowledged[key], reviews[key], roles[key]) for key in keys}


# ---------------------------------------------------------------- complaints taken over from elsewhere

_TAKEN_OVER = (
    "received_at",
    "pk",
    "reference",
    "lead_unit_id",
    "site",
    "received_precision",
    "pack_id",
    "stage",
    "stage_since",
)


def judged_by_their_days(complaints: ComplaintQuerySet) -> ComplaintQuerySet:
    """Those taken over from elsewhere whose clocks nobody has started here."""
    return complaints.filter(~Exists(Deadline.objects.filter(complaint=OuterRef("pk"))), origin=Origin.IMPORT)


def decision_clocks(pack: RulePackVersion) -> list[Clock]:
    """The clocks of a pack that days alone can be judged by: what starts with receipt and ends with the answer."""
    return [
        clock
        for clock in rules_of(pack).clocks_of(ClockKind.DECISION)
        if clock.stage == 1 and clock.starts == Start.RECEIVED
    ]


def _taken_over(complaints: ComplaintQuerySet, which: Which, *, beyond: Place | None, back: bool) -> Iterator[Recorded]:
    rows = judged_by_their_days(complaints).filter(_beyond(beyond, back))
    order = ("received_at", "pk")
    rows = rows.order_by(*(order if back else (f"-{name}" for name in order)))
    columns = (*_TAKEN_OVER, *(_TOLD if which.anything_suspended else ()))
    known: dict[tuple[object, ...], list[_ByDays]] = {}
    for row in rows.values_list(*columns).iterator(chunk_size=BATCH):
        _received_at, _key, _reference, unit, site, _precision, pack, *_stages = row
        told = _told(row[len(_TAKEN_OVER) :])
        if (alike := (unit, site, pack, told)) not in known:
            if len(known) >= REMEMBERED:
                known.clear()
            known[alike] = _judged_by(which, pack, unit, site, told)
        for by in known[alike]:
            yield _of_days(row, by, told)


class _ByDays(NamedTuple):
    """What complaints from elsewhere are judged by."""

    found: PackClock
    formula: Formula
    calendar: CalendarVersion


def _judged_by(which: Which, key: int, unit: int, site: str, told: Told) -> list[_ByDays]:
    pack = which.pack(key)
    calendar = which.calendar(pack, unit, site)
    clocks = [PackClock(pack, clock) for clock in decision_clocks(pack)]
    return [_ByDays(found, which.formula(found, Start.RECEIVED.value, told, calendar), calendar) for found in clocks]


def _of_days(row: tuple[Any, ...], by: _ByDays, told: Told) -> Recorded:
    received_at, key, reference, unit, site, precision, pack, stage, stage_since = row[: len(_TAKEN_OVER)]
    is_by_day, has_ended = precision == Precision.DAY, stage not in UNANSWERED
    return Recorded(
        place=Place(received_at, key),
        reference=reference,
        unit=unit,
        site=site,
        told=told,
        recorded_at=received_at,
        is_by_day=is_by_day,
        pack=by.found.pack,
        main_pack=pack,
        kind=by.found.clock.kind.value,
        code=by.found.clock.code,
        round=1,
        terms=Terms(start_by_days(received_at, is_by_day, by.formula, by.calendar), by.formula, by.calendar),
        met_at=stage_since if has_ended and stage not in LET_GO else None,
        ended_at=stage_since if has_ended else None,
    )


def _told(columns: Sequence[Any]) -> Told:
    """What regulators look at, where they stopped anything."""
    return Told(columns[0], columns[1], tuple(columns[2])) if columns else NOT_ASKED


def start_by_days(received_at: datetime, is_by_day: bool, formula: Formula, calendar: CalendarVersion) -> datetime:
    """From when the clock of a complaint from elsewhere counts: hours, where the day alone is known, from its end."""
    if not is_by_day or formula.basis["limit"]["unit"] not in COUNTED_IN_TIME:
        return received_at
    working = working_calendar(calendar)
    return end_of_day(local_day(received_at, working), Ends.MIDNIGHT, working)
