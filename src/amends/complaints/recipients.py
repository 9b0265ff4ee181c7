"""Who hears about a complaint: those a rung names, without whoever is away, has left or stands behind the wall."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from amends.complaints.models import Complaint, Wall
from amends.framework.ladder import HANDLER, LINE_MANAGER, RECIPIENTS
from amends.framework.queries import the_organisation
from amends.people.models import Absence, Person, RoleGrant
from amends.permissions.roles import Role

LONGEST_CHAIN = 5


@dataclass(frozen=True)
class Told:
    """Somebody who hears of it, and whom they stand in for."""

    person: Person
    instead_of: Person | None = None


def who_hears(complaint: Complaint, to: str, at: datetime) -> list[Told]:
    """The people a rung names, or those who stand in for them; where nobody is left, those of the next rung above."""
    walled = set(Wall.objects.filter(complaint=complaint).values_list("person_id", flat=True))
    day = at.astimezone(the_organisation().zone).date()
    for rung in RECIPIENTS[RECIPIENTS.index(to) :]:
        away = {
            absence.person_id: absence
            for absence in Absence.objects.on(day).select_related("substitute").order_by("id")
        }
        found: dict[int, Told] = {}
        for person in _named(complaint, rung, at):
            told = _present(person, away, walled)
            if told is not None:
                found.setdefault(told.person.pk, told)
        if found:
            return list(found.values())
    return []


def in_their_place(people: Iterable[Person], complaint: Complaint, at: datetime) -> list[Told]:
    """These people, or those who stand in for them; nobody behind the wall, and nobody twice."""
    walled = set(Wall.objects.filter(complaint=complaint).values_list("person_id", flat=True))
    day = at.astimezone(the_organisation().zone).date()
    away = {absence.person_id: absence for absence in Absence.objects.on(day).select_related("substitute")}
    found: dict[int, Told] = {}
    for person in people:
        told = _present(person, away, walled)
        if told is not None:
            found.setdefault(told.person.pk, told)
    return list(found.values())


def _named(complaint: Complaint, rung: str, at: datetime) -> Iterable[Person]:
    if rung == HANDLER:
        return [complaint.handler] if complaint.handler is not None else []
    if rung == LINE_MANAGER:
        manager = complaint.handler.manager if complaint.handler is not None else None
        return [manager] if manager is not None else []
    return holders(complaint, Role(rung), at)


def holders(complaint: Complaint, role: Role, at: datetime) -> list[Person]:
    """Those who hold a role for the unit of a complaint or above it, the nearest unit only. Two queries at most."""
    above = [int(key) for key in complaint.lead_unit.path.strip("/").split("/") if key]
    grants = RoleGrant.objects.in_force(at).filter(role=role.value, unit__in=above, person__is_active=True)
    rows = list(grants.select_related("person").order_by("person__name", "person_id"))
    for unit in reversed(above):
        here = [row.person for row in rows if row.unit_id == unit]
        if here:
            return here
    return []


def _present(person: Person, away: dict[int, Absence], walled: set[int]) -> Told | None:
    """The person, or whoever stands in for them, and for that one in turn."""
    first, seen = person, set[int]()
    # Whoever stands in for somebody behind the wall would act in their name.
    while person.pk in away and person.pk not in walled and len(seen) < LONGEST_CHAIN:
        seen.add(person.pk)
        substitute = away[person.pk].substitute
        if substitute is None or substitute.pk in seen:
            return None
        person = substitute
    if person.pk in away or person.pk in walled or not person.is_active:
        return None
    return Told(person, first if person.pk != first.pk else None)
