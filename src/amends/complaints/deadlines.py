"""Starting, meeting and dropping clocks, and keeping the strictest one on the complaint. Called by verbs only.

A verb says what has happened (`received`, `acknowledged`, `communicated` …); the packs that apply say which clocks
that meets and which it starts. Whoever moves clocks holds the complaint first (`hold`), and only then touches its
deadlines: people and the clock never wait for each other in a circle, and nobody counts with a date that just moved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Value
from django.db.models.functions import Greatest, Least

from amends.calendars.counting import Plan, due
from amends.calendars.limits import Unit
from amends.calendars.loading import working_calendar
from amends.complaints.alarms import set_alarm
from amends.complaints.counting import basis_of, count, end_of_day, promised_basis
from amends.complaints.models import Acknowledgement, AppliedPack, Communication, Complaint, Deadline, Pause
from amends.complaints.models.complaint import Precision
from amends.framework.models import RulePackVersion
from amends.framework.which_calendar import calendar_for, calendar_of
from amends.framework.which_packs import PackClock, Packs, clocks_of, packs_for, rules_of

Kind = Deadline.Kind

#: Clocks that end with a decision, whether it met them or not.
_UNTIL_DECIDED = (Kind.DECISION, Kind.REVIEW, Kind.UPDATE, Kind.EARLY)


#: What others may have changed of a deadline since it was loaded.
_MOVED = (
    "due_at",
    "outer_at",
    "met_at",
    "dropped_at",
    "overdue_at",
    "is_paused",
    "alarm",
    "alarm_at",
    "calendar",
    "basis",
)

#: What may be done again, without beginning a clock again: receipt is confirmed by mail, and later by telephone.
_ONCE_A_ROUND = frozenset({"acknowledged", "review_acknowledged"})

_BY_THE_HOUR = (Unit.HOURS, Unit.WORKING_HOURS)


class NoSuchClockError(LookupError):
    """No pack that applies has a clock of that kind."""


@dataclass(frozen=True)
class Happened:
    """What an event did to the clocks of a complaint."""

    met: tuple[Deadline, ...]
    started: tuple[Deadline, ...]

    def was_late(self, *kinds: Kind) -> bool:
        """Whether one of these was met after its time."""
        return any(deadline.was_late for deadline in self.met if deadline.kind in kinds)


def packs_of(complaint: Complaint) -> Packs:
    """The packs that apply to a complaint, as they were found at receipt or re-assessment. One query."""
    rows = AppliedPack.objects.filter(complaint=complaint, ended_at__isnull=True).select_related("pack")
    found: dict[str, list[RulePackVersion]] = {role: [] for role in AppliedPack.Role.values}
    for row in rows.defer("pack__document").order_by("id"):
        found[row.role].append(row.pack)
    if not found[AppliedPack.Role.MAIN]:
        return Packs(main=complaint.pack)
    fill = found[AppliedPack.Role.FILL]
    return Packs(found[AppliedPack.Role.MAIN][0], tuple(found[AppliedPack.Role.BESIDE]), fill[0] if fill else None)


def apply_packs(complaint: Complaint, packs: Packs, at: datetime, reason: str = "") -> None:
    """Write down which packs apply from now on. Those that did and do not any more are ended, never removed."""
    wanted = {packs.main.pk: AppliedPack.Role.MAIN, **{pack.pk: AppliedPack.Role.BESIDE for pack in packs.beside}}
    if packs.fill is not None:
        wanted.setdefault(packs.fill.pk, AppliedPack.Role.FILL)
    now = {row.pack_id: row for row in AppliedPack.objects.filter(complaint=complaint, ended_at__isnull=True)}
    over = [row.pk for key, row in now.items() if wanted.get(key) != row.role]
    AppliedPack.objects.filter(pk__in=over).update(ended_at=at)
    AppliedPack.objects.bulk_create(
        [
            AppliedPack(complaint=complaint, pack_id=key, role=role, reason=reason[:500], applied_at=at)
            for key, role in wanted.items()
            if key not in now or now[key].pk in over
        ]
    )


def packs_that_fit(complaint: Complaint, complainant_kind: str) -> Packs:
    """The packs that would be found for a complaint as it is known now. One query."""
    return packs_for(
        product=complaint.product,
        site=complaint.site,
        complainant_kind=complainant_kind,
        at=complaint.received_at,
    )


def hold(complaint: Complaint) -> None:
    """Until this transaction ends nobody else moves the clocks of this complaint. What it carries of them is fresh."""
    row = Complaint.objects.select_for_update(no_key=True).filter(pk=complaint.pk)
    complaint.next_due_at, complaint.next_due_kind = row.values_list("next_due_at", "next_due_kind").get()


def happened(complaint: Complaint, event: str, at: datetime, *, packs: Packs | None = None) -> Happened:
    """Meet what an event meets and start what it starts, then keep the strictest. `at` is when it happened."""
    hold(complaint)
    packs = packs or packs_of(complaint)
    clocks: dict[tuple[int | None, str], PackClock] = {
        (each.pack.pk, each.clock.code): each for each in clocks_of(packs)
    }
    met: list[Deadline] = []
    started: list[Deadline] = []
    running_now = _open(complaint).filter(pack__isnull=False).select_related("calendar", "pack")
    for deadline in running_now.defer("calendar__document", "pack__document"):
        clock = rules_of(deadline.pack).clock(deadline.code) if deadline.pack else None
        if clock is None or event not in clock.met_by:
            continue
        _end(deadline, met_at=at)
        met.append(deadline)
        found = clocks.get((deadline.pack_id, deadline.code))
        if clock.repeats and event == "message_sent" and found is not None:
            started.append(start_clock(complaint, found, at, event))
    starting = [each for each in clocks.values() if each.clock.starts == event]
    if event in _ONCE_A_ROUND and starting:
        known = set(Deadline.objects.filter(complaint=complaint, round=complaint.round).values_list("pack", "code"))
        starting = [each for each in starting if (each.pack.pk, each.clock.code) not in known]
    started += [start_clock(complaint, each, at, event) for each in starting if _is_wanted(each, complaint)]
    if event == "communicated":
        drop(complaint, at, *_UNTIL_DECIDED)
    keep_strictest(complaint)
    return Happened(tuple(met), tuple(started))


def _is_wanted(each: PackClock, complaint: Complaint) -> bool:
    """Clocks of the review run in a review, those of first handling before it."""
    return each.clock.stage < 2 or complaint.round > 1


def begin(complaint: Complaint, kind: Kind, at: datetime, event: str) -> list[Deadline]:
    """Start the clocks of a kind from a moment, whatever usually starts them: after reopening or taking over."""
    hold(complaint)
    clocks = [each for each in clocks_of(packs_of(complaint)) if each.clock.kind == kind.value and each.clock.stage < 2]
    started = [start_clock(complaint, each, at, event) for each in clocks]
    keep_strictest(complaint)
    return started


def start_clock(
    complaint: Complaint, found: PackClock, at: datetime, event: str, noted_at: datetime | None = None
) -> Deadline:
    """Start one clock at a moment; older reminders than `noted_at` are left out. One that runs is replaced.

    The caller keeps the strictest.
    """
    _drop(_open(complaint).filter(pack=found.pack, code=found.clock.code), at)
    if event == "received" and complaint.received_precision == Precision.DAY and found.clock.limit.unit in _BY_THE_HOUR:
        at = complaint.recorded_at  # a day alone counts from its beginning, and no hour of it may be held against us
    calendar = calendar_for(rules_of(found.pack), unit=complaint.lead_unit, site=complaint.site)
    deadline = Deadline(
        complaint=complaint,
        kind=found.clock.kind.value,
        code=found.clock.code,
        pack=found.pack,
        calendar=calendar,
        round=complaint.round,
        owed_by=found.clock.owed_by.value,
        starts_at=at,
        basis=basis_of(found, complaint, event, working_calendar(calendar).zone),
    )
    deadline.due_at, deadline.outer_at = count(deadline)
    deadline.first_due_at = deadline.due_at
    set_alarm(deadline, after=max(at, complaint.recorded_at, noted_at or at))
    deadline.save(force_insert=True)
    return deadline


def start_on_day(complaint: Complaint, kind: Kind, number: int, day: date, at: datetime) -> Deadline:
    """Start a clock that is due at the end of a day that was promised."""
    calendar = calendar_of(unit=complaint.lead_unit, site=complaint.site)
    working = working_calendar(calendar)
    deadline = Deadline(
        complaint=complaint,
        kind=kind,
        code=kind.value,
        number=number,
        calendar=calendar,
        round=complaint.round,
        starts_at=at,
        due_at=end_of_day(day, working),
        first_due_at=end_of_day(day, working),
        basis=promised_basis(day, str(working.zone)),
    )
    set_alarm(deadline, after=at)
    deadline.save(force_insert=True)
    return deadline


def due_if_started(complaint: Complaint, kind: Kind, at: datetime) -> datetime:
    """When a clock of a kind would be due if it started at a moment. Raises NoSuchClockError."""
    for each in clocks_of(packs_of(complaint)):
        if each.clock.kind == kind.value:
            calendar = calendar_for(rules_of(each.pack), unit=complaint.lead_unit, site=complaint.site)
            return due(Plan(at, each.clock.limit), working_calendar(calendar))
    raise NoSuchClockError(kind.value)


def _open(complaint: Complaint) -> QuerySet[Deadline]:
    return Deadline.objects.open().filter(complaint=complaint)


def meet(complaint: Complaint, kind: Kind, at: datetime, number: int = 0) -> Deadline | None:
    """Note that a promise was kept. Returns the deadline that was met, if one was open."""
    hold(complaint)
    deadline = _open(complaint).filter(kind=kind, number=number).first()
    if deadline is not None:
        _end(deadline, met_at=at)
    return deadline


def _end(deadline: Deadline, *, met_at: datetime) -> None:
    close_pause(deadline, met_at)
    deadline.met_at, deadline.alarm, deadline.alarm_at = met_at, "", None
    deadline.save(update_fields=["met_at", "alarm", "alarm_at", "is_paused", "due_at", "basis"])


def _in_its_time(at: datetime) -> Greatest:
    """When a pause ended: not beyond its longest time, nor before it began (the anonymous act at the full minute)."""
    return Greatest("began_at", Least("ends_by", Value(at)))


def close_pause(deadline: Deadline, at: datetime) -> None:
    """A clock that stood still stops standing still. What it did until then stays in its basis."""
    if deadline.is_paused:
        Pause.objects.filter(deadline=deadline, ended_at__isnull=True).update(
            ended_at=Greatest("began_at", Least("ends_by", Value(at)))
        )
        deadline.is_paused = False


def drop(complaint: Complaint, at: datetime, *kinds: Kind) -> None:
    """Let clocks of these kinds fall away: what they were for is not owed any more."""
    hold(complaint)
    _drop(_open(complaint).filter(kind__in=kinds), at)


def drop_all(complaint: Complaint, at: datetime) -> None:
    """Let every clock fall away, because nothing more is due."""
    hold(complaint)
    _drop(_open(complaint), at)


def _drop(rows: QuerySet[Deadline], at: datetime) -> None:
    standing = Pause.objects.filter(deadline__in=rows.filter(is_paused=True), ended_at__isnull=True)
    standing.update(ended_at=_in_its_time(at))
    rows.update(dropped_at=at, alarm="", alarm_at=None, is_paused=False)


def drop_these(deadlines: Sequence[Deadline], at: datetime) -> None:
    """Let single clocks fall away."""
    _drop(Deadline.objects.open().filter(pk__in=[deadline.pk for deadline in deadlines]), at)


def moment_of(complaint: Complaint, event: str) -> datetime | None:
    """When something happened to a complaint that starts clocks; None when it did not yet."""
    if event == "received":
        return complaint.received_at
    if event == "acknowledged":
        return Acknowledgement.objects.filter(complaint=complaint).order_by("at").values_list("at", flat=True).first()
    if event == "communicated":
        told = Communication.objects.filter(complaint=complaint).order_by("-at")
        return told.values_list("at", flat=True).first()
    return None


def running(complaint: Complaint, kinds: Iterable[str] | None = None) -> list[Deadline]:
    """The open deadlines with what is needed to count them again, the earliest first. One query."""
    rows = _open(complaint).select_related("calendar", "pack").defer("calendar__document", "pack__document")
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    return list(rows.order_by("due_at", "id"))


def held(complaint: Complaint) -> list[Deadline]:
    """The open deadlines, which nobody else moves until this transaction ends. Two queries."""
    hold(complaint)
    return running(complaint)


def hold_one(deadline: Deadline) -> None:
    """The same for one deadline, which was loaded before: it may have been met, moved or noted as late since."""
    hold(deadline.complaint)
    deadline.refresh_from_db(fields=_MOVED)


def save_counted(deadlines: Sequence[Deadline], complaint: Complaint) -> None:
    """Save deadlines whose sum has changed, and the strictest of all."""
    Deadline.objects.bulk_update(
        deadlines,
        ["due_at", "outer_at", "extended_from", "calendar", "is_paused", "alarm", "alarm_at", "basis"],
    )
    keep_strictest(complaint)


def keep_strictest(complaint: Complaint) -> None:
    """Write the earliest open deadline onto the complaint, where lists find it."""
    first = _open(complaint).order_by("due_at", "id").values_list("due_at", "kind").first()
    due_at, kind = first or (None, "")
    if (complaint.next_due_at, complaint.next_due_kind) != (due_at, kind):
        Complaint.objects.filter(pk=complaint.pk).update(next_due_at=due_at, next_due_kind=kind)
        complaint.next_due_at, complaint.next_due_kind = due_at, kind
