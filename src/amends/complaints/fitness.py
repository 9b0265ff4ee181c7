"""Who can handle a complaint: the role for its unit, and no wall in between."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Assessment, Complaint, Decision, Finding, Response, Wall
from amends.kit.refusal import Refusal
from amends.people.models import Person, RoleGrant, Unit
from amends.people.standing import standing_of
from amends.permissions.roles import Role

HANDLING_ROLES = (Role.HANDLER, Role.UNIT_MANAGER, Role.MANAGEMENT_REPRESENTATIVE)


def check_fitness(complaint: Complaint, handler: Person, unit: Unit, at: datetime) -> None:
    """Refuse a handler who has left, holds no such role for the unit, or is walled off from the complaint."""
    walled = Wall.objects.filter(complaint=complaint)
    standing = standing_of(handler, at).without(list(walled.values_list("person_id", flat=True)))
    if not any(standing.holds(role, unit.pk) for role in HANDLING_ROLES):
        raise Refusal(
            "handler_unfit", _("This person does not handle complaints of that unit. Choose another."), field="handler"
        )
    if complaint.about_handling_of_id is not None and handler.pk in had_a_part_in(complaint.about_handling_of_id):
        raise Refusal(
            "handler_had_a_part",
            _("This complaint is about work in which this person had a part. Choose somebody else."),
            field="handler",
        )
    if walled.filter(person=handler).exists():
        raise Refusal(
            "handler_walled_off", _("This person cannot handle this complaint. Choose another."), field="handler"
        )


def is_fit(complaint: Complaint, handler: Person, unit: Unit, at: datetime) -> bool:
    """Whether they could handle it."""
    try:
        check_fitness(complaint, handler, unit, at)
    except Refusal:
        return False
    return True


def fit_handlers(complaint: Complaint, unit: Unit, at: datetime) -> list[Person]:
    """Everybody who could handle it in a unit, by name. Two queries."""
    above = [int(key) for key in unit.path.strip("/").split("/")]
    grants = RoleGrant.objects.in_force(at).filter(
        role__in=[role.value for role in HANDLING_ROLES], unit_id__in=above, person__is_active=True
    )
    walled = Wall.objects.filter(complaint=complaint).values("person_id")
    people = Person.objects.filter(pk__in=grants.values("person_id")).exclude(pk__in=walled)
    if complaint.about_handling_of_id is not None:
        people = people.exclude(pk__in=had_a_part_in(complaint.about_handling_of_id))
    return list(people.order_by("name", "id"))


def had_a_part_in(complaint_id: int) -> set[int]:
    """Who handled a complaint: its handler, and whoever assessed, found, proposed or decided something. One query."""
    handled = Complaint.objects.filter(pk=complaint_id, handler__isnull=False).values_list("handler_id")
    acted = (
        Assessment.objects.filter(complaint=complaint_id).values_list("person_id"),
        Finding.objects.filter(issue__complaint=complaint_id).values_list("person_id"),
        Response.objects.filter(complaint=complaint_id).values_list("proposed_by_id"),
        Decision.objects.filter(complaint=complaint_id).values_list("decided_by_id"),
    )
    return {person for (person,) in handled.union(*acted)}
