"""What must always be true of complaints. Complaints taken over from elsewhere have no clocks and no steps of ours."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from amends.complaints.models import (
    Acknowledgement,
    Assessment,
    CaseText,
    Closure,
    Communication,
    Complaint,
    Deadline,
    Decision,
    Disclosure,
    Evidence,
    Finding,
    Issue,
    Merging,
    Party,
    Pause,
    Referral,
    Remedy,
    Statement,
    Voiding,
    Wall,
)
from amends.complaints.models.complaint import Origin
from amends.complaints.stages import ENDED, Stage
from amends.journal.models import Entry, Pseudonym
from amends.kit.invariants import invariant

SOME = 100

_OPEN_PAUSE = Q(ended_at__isnull=True)
_PASSED = ["complaints.deadline_missed", "complaints.time_lapsed", "complaints.deemed"]


def _ours() -> QuerySet[Complaint]:
    return Complaint.objects.exclude(origin=Origin.IMPORT)


def _named(rows: QuerySet[Complaint], what: str) -> Iterator[str]:
    for reference in rows.values_list("reference", flat=True)[:SOME]:
        yield f"{reference} {what}"


@invariant("complaints.receipt_is_in_the_journal", "Every complaint has exactly one entry that says it was received")
def _receipts() -> Iterator[str]:
    names = Pseudonym.objects.filter(kind="complaint", key=OuterRef(OuterRef("pk"))).values("name")
    said = Entry.objects.filter(subject__in=names, event__in=["complaints.received", "complaints.history_recorded"])
    yield from _named(Complaint.objects.filter(~Exists(said)), "has no entry that it was received")
    twice = (
        Entry.objects.filter(event__in=["complaints.received", "complaints.history_recorded"])
        .values("subject")
        .annotate(times=Count("id"))
        .filter(times__gt=1)
    )
    for row in twice[:SOME]:
        yield f"subject {row['subject']} was received {row['times']} times"


@invariant(
    "complaints.whole_when_received", "A complaint has its text, its first point, its complainant and its clocks"
)
def _whole() -> Iterator[str]:
    ours = _ours()
    text = CaseText.objects.filter(complaint=OuterRef("pk"), role=CaseText.Role.ORIGINAL)
    party = Party.objects.filter(complaint=OuterRef("pk"), role=Party.Role.COMPLAINANT)
    clock = Deadline.objects.filter(complaint=OuterRef("pk"))
    yield from _named(ours.filter(~Exists(text)), "has no original text")
    yield from _named(ours.filter(~Exists(party)), "has no complainant")
    yield from _named(ours.filter(~Exists(clock)), "never had a deadline")
    yield from _named(Complaint.objects.filter(~Exists(Issue.objects.filter(complaint=OuterRef("pk")))), "has no point")


@invariant("complaints.strictest_deadline_is_kept", "The complaint carries its earliest open deadline, and no other")
def _strictest() -> Iterator[str]:
    rows = Complaint.objects.annotate(
        first=Min("deadlines__due_at", filter=Q(deadlines__met_at__isnull=True, deadlines__dropped_at__isnull=True))
    )
    wrong = rows.filter(
        (Q(first__isnull=True) & Q(next_due_at__isnull=False))
        | (Q(first__isnull=False) & Q(next_due_at__isnull=True))
        | ~Q(first=F("next_due_at"))
    ).exclude(first__isnull=True, next_due_at__isnull=True)
    yield from _named(wrong, "does not carry its earliest open deadline")


@invariant("complaints.every_clock_has_its_alarm", "An open deadline rings next, or has nothing left to ring for")
def _alarms() -> Iterator[str]:
    rows = Deadline.objects.open().select_related("complaint")
    silent = rows.filter(alarm_at__isnull=True, overdue_at__isnull=True)
    for deadline in silent[:SOME]:
        yield f"{deadline.complaint} has a deadline ({deadline.code}) that nobody would notice passing"
    still = rows.filter(is_paused=True).exclude(Exists(Pause.objects.filter(_OPEN_PAUSE, deadline=OuterRef("pk"))))
    for deadline in still[:SOME]:
        yield f"{deadline.complaint} has a deadline ({deadline.code}) that stands still without a pause"
    running = Pause.objects.filter(_OPEN_PAUSE, deadline__is_paused=False).select_related("deadline__complaint")
    for pause in running[:SOME]:
        yield f"{pause.deadline.complaint} has a pause of a deadline ({pause.deadline.code}) that runs"


@invariant("complaints.missed_once", "What passed is in the journal once for each deadline")
def _missed_once() -> Iterator[str]:
    late = Deadline.objects.filter(overdue_at__isnull=False).values("complaint").annotate(times=Count("id"))
    names = dict(Pseudonym.objects.filter(kind="complaint").values_list("key", "name")) if late.exists() else {}
    said = dict(
        Entry.objects.filter(event__in=_PASSED, subject__isnull=False)
        .values_list("subject")
        .annotate(times=Count("id"))
        .values_list("subject", "times")
    )
    for row in late:
        name = names.get(row["complaint"])
        found = said.get(name, 0) if name is not None else 0
        if found != row["times"]:
            yield f"complaint {row['complaint']} has {row['times']} passed deadlines and {found} entries about them"


@invariant("complaints.ended_owes_nothing", "An ended complaint has no open deadline")
def _ended() -> Iterator[str]:
    still_open = Deadline.objects.filter(complaint=OuterRef("pk"), met_at__isnull=True, dropped_at__isnull=True)
    ended = Complaint.objects.filter(stage__in=[stage.value for stage in ENDED])
    yield from _named(ended.filter(Exists(still_open)), "has ended and still has an open deadline")


@invariant("complaints.stage_has_its_evidence", "Each stage that was reached left its record")
def _evidence() -> Iterator[str]:
    ours = _ours()
    assessed = Assessment.objects.filter(complaint=OuterRef("pk"))
    needs_assessment = [Stage.ASSESSED, Stage.INVESTIGATING, Stage.PROPOSED, Stage.DECIDED, Stage.COMMUNICATED]
    yield from _named(ours.filter(~Exists(assessed), stage__in=needs_assessment), "was never assessed")
    decided = Decision.objects.standing().filter(complaint=OuterRef("pk"), round=OuterRef("round"))
    yield from _named(ours.filter(~Exists(decided), stage=Stage.DECIDED), "has no decision")
    told = Communication.objects.filter(complaint=OuterRef("pk"))
    after = [Stage.COMMUNICATED, Stage.ACCEPTED, Stage.REMEDIED, Stage.VERIFIED, Stage.REJECTED, Stage.EXTERNAL]
    yield from _named(ours.filter(~Exists(told), stage__in=after), "was never told a decision")
    closed = Closure.objects.filter(complaint=OuterRef("pk"))
    yield from _named(ours.filter(~Exists(closed), stage=Stage.CLOSED), "is closed without a reason")


@invariant("complaints.decisions_answer_every_point", "No decision went out while a point had no finding")
def _answered() -> Iterator[str]:
    finding = Finding.objects.filter(issue=OuterRef("pk"))
    # A point that came up in a review or after reopening is answered in the round that it began.
    told = Communication.objects.filter(complaint=OuterRef("complaint"), decision__round=OuterRef("complaint__round"))
    bare = Issue.objects.filter(~Exists(finding), Exists(told))
    for reference, number in bare.values_list("complaint__reference", "number")[:SOME]:
        yield f"{reference} was answered, but its point {number} has no finding"


@invariant("complaints.settled_means_done", "Closed as satisfied means: nothing promised is left undone")
def _done() -> Iterator[str]:
    left = Remedy.objects.filter(
        complaint=OuterRef("pk"), state__in=[Remedy.State.PROMISED, Remedy.State.DONE, Remedy.State.PROPOSED]
    )
    satisfied = _ours().filter(stage=Stage.CLOSED, is_settled=True)
    yield from _named(satisfied.filter(Exists(left)), "is closed as satisfied with a remedy undone")


@invariant("complaints.orders_are_seen_to", "What a body outside ordered is done or left with a reason before closing")
def _orders() -> Iterator[str]:
    left = Remedy.objects.filter(
        complaint=OuterRef("pk"), referral__isnull=False, state__in=[Remedy.State.PROMISED, Remedy.State.DONE]
    )
    yield from _named(_ours().filter(Exists(left), stage=Stage.CLOSED), "is closed with something ordered undone")


@invariant("complaints.walls_hold", "Nobody handles or decides a complaint they are walled off from")
def _walls() -> Iterator[str]:
    mine = Wall.objects.filter(complaint=OuterRef("pk"), person=OuterRef("handler"))
    yield from _named(
        Complaint.objects.filter(Exists(mine), stage__in=Stage.values), "is handled by somebody walled off"
    )
    wall = Wall.objects.filter(
        complaint=OuterRef("complaint"), person=OuterRef("decided_by"), since__lte=OuterRef("at")
    )
    for reference in Decision.objects.filter(Exists(wall)).values_list("complaint__reference", flat=True)[:SOME]:
        yield f"{reference} was decided by somebody walled off"


@invariant("complaints.acknowledged_meets_its_clock", "A complaint that was confirmed does not wait to be confirmed")
def _acknowledged() -> Iterator[str]:
    confirmed = Acknowledgement.objects.filter(complaint=OuterRef("complaint"), is_automatic=False)
    waiting = Deadline.objects.filter(
        Exists(confirmed), kind=Deadline.Kind.ACKNOWLEDGEMENT, met_at__isnull=True, dropped_at__isnull=True
    )
    for reference in waiting.values_list("complaint__reference", flat=True)[:SOME]:
        yield f"{reference} was confirmed by a person and still waits to be confirmed"


@invariant("complaints.merging_is_whole", "A merged complaint points by one merging to where it goes on, never back")
def _merged() -> Iterator[str]:
    holding = Merging.objects.filter(complaint=OuterRef("pk"), into=OuterRef("merged_into"), ended_at__isnull=True)
    yield from _named(Complaint.objects.filter(~Exists(holding), stage=Stage.MERGED), "is merged without a merging")
    over = Merging.objects.filter(ended_at__isnull=True).exclude(complaint__stage=Stage.MERGED)
    for merging in over.select_related("complaint")[:SOME]:
        yield f"{merging.complaint} is not merged, and its merging holds"
    points = dict(Complaint.objects.filter(stage=Stage.MERGED).values_list("pk", "merged_into"))
    for start in points:
        passed, current = {start}, points[start]
        while current in points and current not in passed:
            passed.add(current)
            current = points[current]
        if current in passed:
            yield f"complaint {start} goes on in itself"


@invariant(
    "complaints.void_is_whole", "What is void was asked and confirmed, by two people unless the profile is small"
)
def _void() -> Iterator[str]:
    holding = Voiding.objects.in_force().filter(complaint=OuterRef("pk"))
    yield from _named(Complaint.objects.filter(~Exists(holding), stage=Stage.VOID), "is void without a voiding")
    for voiding in Voiding.objects.in_force().exclude(complaint__stage=Stage.VOID).select_related("complaint")[:SOME]:
        yield f"{voiding.complaint} is not void, and its voiding holds"


@invariant("complaints.heard_after_details", "Nobody complained about was heard before they were given the details")
def _heard() -> Iterator[str]:
    given = Disclosure.objects.filter(party=OuterRef("party"), at__lte=OuterRef("at"))
    bare = Statement.objects.filter(~Exists(given)).values_list("party__complaint__reference", flat=True)
    for reference in bare[:SOME]:
        yield f"{reference} has a statement from before the details were handed over"


@invariant("complaints.custody_is_whole", "The chain of each piece of evidence begins with taking in and has no gap")
def _custody() -> Iterator[str]:
    rows = Evidence.objects.annotate(steps=Count("custody"), last=Max("custody__number"), first=Min("custody__number"))
    broken = rows.filter(~Q(steps=F("last")) | ~Q(first=1) | Q(last__isnull=True))
    for reference, number in broken.values_list("complaint__reference", "number")[:SOME]:
        yield f"{reference} has a gap in the custody of its evidence {number}"


@invariant("complaints.outside_is_noted", "Whatever is with an outside body says which, and its file is watched")
def _outside() -> Iterator[str]:
    noted = Referral.objects.filter(complaint=OuterRef("pk"))
    yield from _named(_ours().filter(~Exists(noted), stage=Stage.EXTERNAL), "is outside, and nobody knows where")
    asked = noted.filter(outcome="", file_due_on__isnull=False, file_sent_on__isnull=True)
    watched = Deadline.objects.open().filter(complaint=OuterRef("pk"), kind=Deadline.Kind.FILE)
    there = _ours().filter(stage=Stage.EXTERNAL)
    yield from _named(there.filter(Exists(asked), ~Exists(watched)), "owes an outside body its file, unwatched")
    yield from _named(_ours().filter(~Exists(asked), Exists(watched)), "watches a file that nobody waits for")
