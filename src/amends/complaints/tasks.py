"""Who was asked what: tasks as those see them who give them and those who answer them."""

from django.db.models import Exists, OuterRef, Q

from amends.complaints.models import Complaint, InvestigationTask, Wall
from amends.complaints.models.task import InvestigationTaskQuerySet
from amends.complaints.permissions import visible_to
from amends.complaints.relations import OF_A_UNIT
from amends.people.models import Person
from amends.people.standing import Scope, Staff


def asked_of(person: Staff) -> InvestigationTaskQuerySet:
    """Tasks that this person was asked by name: the rule of May.ANSWER_TASK as a query, first half."""
    return InvestigationTask.objects.filter(asked_person_id=person.person_id).not_behind_a_wall(person.person_id)


def asked_of_units_of(person: Staff) -> InvestigationTaskQuerySet:
    """Tasks of the units for which this person works: the second half.

    A role that somebody lent them counts only where that somebody is not walled off.
    """
    lenders = [loan.lender_id for loan in person.loans]
    mine = _within(person.without(lenders).scope(*OF_A_UNIT))
    for loan in person.loans:
        if loan.role in OF_A_UNIT:
            walls = Wall.objects.filter(complaint=OuterRef("complaint"), person_id=loan.lender_id)
            mine |= _within(loan.scope) & ~Q(Exists(walls))
    return InvestigationTask.objects.filter(mine).not_behind_a_wall(person.person_id)


def _within(scope: Scope) -> Q:
    return Q(asked_unit__isnull=False) if scope.everywhere else Q(asked_unit_id__in=scope.units)


def given_by(person: Staff) -> InvestigationTaskQuerySet:
    """Tasks that this person gave, on complaints that they may still read."""
    return InvestigationTask.objects.filter(asked_by_id=person.person_id, complaint__in=visible_to(person))


def is_walled_off(complaint: Complaint, person: Person) -> bool:
    """Whether a wall stands between them."""
    return Wall.objects.filter(complaint=complaint, person=person).exists()
