"""Building walls, and what follows at once: who loses the complaint, to whom it goes, who had read it before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from amends.complaints.fitness import HANDLING_ROLES, fit_handlers
from amends.complaints.models import Complaint, Wall
from amends.journal.models import ReadEvent
from amends.journal.reads import reads_by
from amends.journal.vocabulary import Subject
from amends.people.models import Person, RoleGrant
from amends.people.standing import standing_of
from amends.permissions.roles import Role


@dataclass(frozen=True)
class Raised:
    """What a new wall brought about."""

    walls: int
    read_before: int
    before: Subject | None
    new_handler: Subject | None


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
    )


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
