"""Whom inside the organisation a decision is told: those who had a part in it, and nobody behind a wall (7.8)."""

from collections.abc import Iterator
from datetime import datetime

from amends.complaints.models import Communication, Complaint, Decision, Finding, InternalNotice, Response, Wall
from amends.complaints.permissions import May
from amends.people.models import Person, RoleGrant
from amends.people.standing import standing_of
from amends.permissions.engine import may
from amends.permissions.roles import Role

Why = InternalNotice.Why


def tell_inside(complaint: Complaint, communication: Communication, at: datetime) -> int:
    """Write a notice for each of them, except whoever sends the decision; returns how many those are."""
    walled = set(Wall.objects.filter(complaint=complaint).values_list("person_id", flat=True))
    reasons: dict[int, str] = {}
    for key, why in _had_a_part(complaint, communication.decision, at):
        if key is not None and key not in walled and key != communication.person_id:
            reasons.setdefault(key, why)
    people = [
        person
        for person in Person.objects.filter(pk__in=reasons, is_active=True).order_by("pk")
        if may(standing_of(person, at), May.READ, complaint)
    ]
    InternalNotice.objects.bulk_create(
        InternalNotice(complaint=complaint, communication=communication, person=person, why=reasons[person.pk], at=at)
        for person in people
    )
    return len(people)


def _had_a_part(complaint: Complaint, decision: Decision, at: datetime) -> Iterator[tuple[int | None, str]]:
    """Everybody with the reason; the first reason counts."""
    yield complaint.handler_id, Why.HANDLER
    yield decision.decided_by_id, Why.DECIDED
    yield decision.decided_for_id, Why.DECIDED
    for response in Response.objects.filter(complaint=complaint).order_by("-version"):
        yield response.proposed_by_id, Why.PROPOSED
    for key in Finding.objects.filter(issue__complaint=complaint).values_list("person_id", flat=True):
        yield key, Why.INVESTIGATED
    yield complaint.recorded_by_id, Why.RECORDED
    units = [complaint.lead_unit_id, *complaint.participating_units.values_list("pk", flat=True)]
    managers = RoleGrant.objects.in_force(at).filter(role=Role.UNIT_MANAGER.value, unit__in=units)
    for key in managers.values_list("person_id", flat=True):
        yield key, Why.MANAGES
