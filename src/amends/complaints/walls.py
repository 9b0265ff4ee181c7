"""Building walls, and what follows at once: who loses the complaint, to whom it goes, who had read it before.

Nothing stays with somebody behind a wall, and nothing waits for them: what they handle goes to somebody else, what they
were offered or asked ends, and what they decided but nobody was told yet is decided again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from amends.complaints import deadlines
from amends.complaints.fitness import HANDLING_ROLES, fit_handlers
from amends.complaints.handing_on import end_hand_over, open_hand_over
from amends.complaints.models import (
    Complaint,
    Deadline,
    Decision,
    InvestigationTask,
    LiftedWall,
    RedressProject,
    Remedy,
    Response,
    SignificantReader,
    Wall,
)
from amends.complaints.stages import Stage
from amends.journal.models import ReadEvent
from amends.journal.reads import reads_by
from amends.journal.vocabulary import Subject
from amends.people.models import Person, RoleGrant
from amends.people.standing import standing_of
from amends.permissions.roles import Role


class Told(TypedDict):
    """What events about walls tell in common."""

    read_before: int
    before: Subject | None
    new_handler: Subject | None
    ended_tasks: int
    ended_hand_over: bool
    set_aside: bool


@dataclass(frozen=True)
class Raised:
    """What a new wall brought about."""

    walls: int
    read_before: int
    before: Subject | None
    new_handler: Subject | None
    #: Tasks that were asked of them, and an offer to take it over, which ended.
    ended_tasks: int = 0
    ended_hand_over: bool = False
    #: Their decision, of which nobody was told yet.
    set_aside: bool = False

    @property
    def told(self) -> Told:
        """The part of it that every event about walls tells, but for how many there are."""
        return {
            "read_before": self.read_before,
            "before": self.before,
            "new_handler": self.new_handler,
            "ended_tasks": self.ended_tasks,
            "ended_hand_over": self.ended_hand_over,
            "set_aside": self.set_aside,
        }


def nearest_of(person: Person) -> dict[int, Wall.Why]:
    """Whom a wall stands before when somebody is complained about: they, their direct manager and their reports."""
    behind = dict.fromkeys(Person.objects.filter(manager=person).values_list("pk", flat=True), Wall.Why.REPORT)
    if person.manager_id is not None:
        behind[person.manager_id] = Wall.Why.MANAGER
    behind[person.pk] = Wall.Why.SUBJECT
    return behind


def missing_walls(complaint: Complaint, subjects: Collection[Person]) -> dict[int, Wall.Why]:
    """Who has come near to those complained about since the walls were built.

    No wall is taken down by a change of manager: whoever was in charge when it happened stays away. Nor is one built
    again that somebody took down for the same reason, because there was no conflict.
    """
    behind: dict[int, Wall.Why] = {}
    for person in subjects:
        for key, why in nearest_of(person).items():
            behind.setdefault(key, why)
    for key in _walled(complaint):
        behind.pop(key, None)
    for key, lifted in LiftedWall.objects.filter(complaint=complaint).values_list("person_id", "why"):
        if behind.get(key) == lifted:
            del behind[key]
    return behind


def no_longer_near(complaint: Complaint) -> frozenset[int]:
    """Who stands behind a wall as manager or report of somebody complained about, and is it no more.

    The wall stays: they were in charge, or under them, when it happened. Whoever keeps the walls weighs it, and takes
    it down with a reason where it was long before.
    """
    near: set[tuple[int, str]] = set()
    for person in Person.objects.filter(named_in__complaint=complaint, named_in__role="subject").distinct():
        near.update((key, why.value) for key, why in nearest_of(person).items())
    walls = Wall.objects.filter(complaint=complaint, why__in=[Wall.Why.MANAGER, Wall.Why.REPORT])
    return frozenset(key for key, why in walls.values_list("person_id", "why") if (key, why) not in near)


def goes_back_to(complaint: Complaint, behind: Collection[int], at: datetime) -> tuple[Stage, datetime] | None:
    """The stage at which somebody else decides, where one of these has decided and nobody was told yet."""
    return (Stage.PROPOSED, at) if _theirs(complaint, behind) is not None else None


def _theirs(complaint: Complaint, behind: Collection[int]) -> Decision | None:
    if complaint.stage != Stage.DECIDED:
        return None
    rows = Decision.objects.standing().filter(complaint=complaint, round=complaint.round)
    return rows.filter(Q(decided_by__in=behind) | Q(decided_for__in=behind)).first()


def raise_walls(
    complaint: Complaint,
    behind: Mapping[int, Wall.Why],
    *,
    at: datetime,
    declared_by: int | None = None,
    reason: str = "",
) -> Raised:
    """Wall these people off, inside a verb that has taken its step. A handler behind the wall loses the complaint."""
    Wall.objects.bulk_create(
        [
            Wall(complaint=complaint, person_id=pk, why=why, since=at, declared_by_id=declared_by, reason=reason)
            for pk, why in behind.items()
        ],
        ignore_conflicts=True,
    )
    # Somebody may have stood behind a wall for another reason, which could be lifted: being complained about cannot.
    subjects = [pk for pk, why in behind.items() if why == Wall.Why.SUBJECT]
    Wall.objects.filter(complaint=complaint, person__in=subjects).update(why=Wall.Why.SUBJECT)
    before = complaint.handler if _loses_it(complaint, at) else None
    new_handler = _whom_it_goes_to(complaint, at) if before is not None or complaint.handler_id is None else None
    if before is not None or new_handler is not None:
        Complaint.objects.filter(pk=complaint.pk).update(handler=new_handler)
        complaint.handler = new_handler
    return Raised(
        walls=len(behind),
        read_before=_reads_of(complaint, list(behind)).count(),
        before=before.subject if before else None,
        new_handler=new_handler.subject if new_handler else None,
        ended_tasks=_end_tasks(complaint, behind, at),
        ended_hand_over=_end_offer(complaint, behind, at),
        set_aside=_set_aside(complaint, behind, at),
    )


def _end_tasks(complaint: Complaint, behind: Collection[int], at: datetime) -> int:
    """Nobody waits for their answer; and what else was theirs to see to is somebody else's."""
    SignificantReader.objects.filter(
        alert__complaint=complaint, alert__reacted_at__isnull=True, person__in=behind, read_at__isnull=True
    ).delete()
    projects = RedressProject.objects.filter(complaint=complaint, owner__in=behind, state=RedressProject.State.OPEN)
    if projects.exists():
        successor = complaint.handler or next(iter(fit_handlers(complaint, complaint.lead_unit, at)), None)
        if successor is not None:
            projects.update(owner=successor)
    ordered = Remedy.objects.filter(complaint=complaint, owner__in=behind, state=Remedy.State.PROMISED)
    if ordered.exists():
        successor = complaint.handler or next(iter(fit_handlers(complaint, complaint.lead_unit, at)), None)
        if successor is not None:
            ordered.update(owner=successor)
    return InvestigationTask.objects.filter(
        complaint=complaint, asked_person__in=behind, state=InvestigationTask.State.OPEN
    ).update(state=InvestigationTask.State.CANCELLED, cancel_reason=_("A conflict of interest"), ended_at=at)


def _end_offer(complaint: Complaint, behind: Collection[int], at: datetime) -> bool:
    """It was offered to one of them by name: nobody is asked any more."""
    offered = open_hand_over(complaint)
    if offered is None or offered.to_person_id not in behind:
        return False
    end_hand_over(complaint, at)
    return True


def _set_aside(complaint: Complaint, behind: Collection[int], at: datetime) -> bool:
    """What one of them decided waits for approval again. The step has given the complaint that stage already."""
    rows = Decision.objects.standing().filter(complaint=complaint, round=complaint.round)
    decision = rows.filter(Q(decided_by__in=behind) | Q(decided_for__in=behind), communication__isnull=True).first()
    if decision is None or complaint.stage != Stage.PROPOSED:
        return False
    rows.filter(pk=decision.pk).update(set_aside_at=at)
    Response.objects.filter(pk=decision.response_id).update(state=Response.State.PROPOSED)
    promised = Remedy.objects.filter(response=decision.response_id, state=Remedy.State.PROMISED)
    promised.update(state=Remedy.State.PROPOSED)
    deadlines.drop(complaint, at, Deadline.Kind.REMEDY)
    deadlines.keep_strictest(complaint)
    before = Decision.objects.standing().filter(complaint=complaint).order_by("-round").first()
    complaint.outcome = before.outcome if before else ""
    Complaint.objects.filter(pk=complaint.pk).update(outcome=complaint.outcome)
    return True


def _walled(complaint: Complaint) -> list[int]:
    return list(Wall.objects.filter(complaint=complaint).values_list("person_id", flat=True))


def _loses_it(complaint: Complaint, at: datetime) -> bool:
    """The handler is walled off, or handles it only with a role that somebody walled off has lent them."""
    handler = complaint.handler
    if handler is None:
        return False
    walled = _walled(complaint)
    if handler.pk in walled:
        return True
    standing = standing_of(handler, at)
    left = standing.without(walled)
    if left is standing:
        return False
    unit = complaint.lead_unit_id
    return not any(left.holds(role, unit) for role in HANDLING_ROLES)


def _whom_it_goes_to(complaint: Complaint, at: datetime) -> Person | None:
    """The management representative where everybody of the unit is behind the wall; else the unit finds somebody."""
    above = [int(key) for key in complaint.lead_unit.path.strip("/").split("/")]
    of_the_unit = RoleGrant.objects.in_force(at).filter(
        role__in=[Role.HANDLER.value, Role.UNIT_MANAGER.value], unit_id__in=above, person__is_active=True
    )
    walled = _walled(complaint)
    if not of_the_unit.filter(person__in=walled).exists() or of_the_unit.exclude(person__in=walled).exists():
        return None
    return next(iter(fit_handlers(complaint, complaint.lead_unit, at)), None)


def _reads_of(complaint: Complaint, people: list[int]) -> QuerySet[ReadEvent]:
    return reads_by(complaint.subject, [Subject("person", pk) for pk in people])


@dataclass(frozen=True)
class EarlierRead:
    """Somebody read the complaint before the wall stood between them."""

    person: Person
    at: datetime
    part: str
    reason: str


def read_before(wall: Wall) -> list[EarlierRead]:
    """What somebody walled off had looked at before, newest first."""
    rows = _reads_of(wall.complaint, [wall.person_id]).filter(at__lte=wall.since)
    return [EarlierRead(wall.person, row.at, row.field_group, row.reason) for row in rows]
