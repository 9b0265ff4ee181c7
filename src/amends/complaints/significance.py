"""Raising the alert of a significant complaint: why, and who is told (ISO 10002, 5.4.1)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from amends.complaints.handing_on import answer_due
from amends.complaints.models import Complaint, SignificantAlert, SignificantReader
from amends.complaints.permissions import May
from amends.complaints.recipients import Told, holders, who_hears
from amends.framework.significance import Why
from amends.people.models import Person
from amends.people.standing import standing_of
from amends.permissions.engine import may
from amends.permissions.roles import Role

_ALWAYS = (Role.TOP_MANAGEMENT, Role.MANAGEMENT_REPRESENTATIVE)


def not_raised_yet(complaint: Complaint, met: Iterable[Why]) -> tuple[Why, ...]:
    """The criteria that no earlier alert of the complaint named: nobody is told the same thing twice."""
    rows = SignificantAlert.objects.filter(complaint=complaint).values_list("why", flat=True)
    known = {code for codes in rows for code in codes}
    return tuple(why for why in met if why not in known)


def raise_alert(
    complaint: Complaint, why: Sequence[Why], *, criteria: int, raised_by: int, at: datetime, note: str = ""
) -> SignificantAlert:
    """Write the alert and whom it tells, inside a verb that has taken its step."""
    Complaint.objects.select_for_update(no_key=True).get(pk=complaint.pk)  # two at once get two numbers
    alert = SignificantAlert.objects.create(
        complaint=complaint,
        number=SignificantAlert.objects.filter(complaint=complaint).count() + 1,
        why=[each.value for each in why],
        criteria=criteria,
        note=note,
        raised_at=at,
        remind_at=answer_due(complaint.lead_unit, at),
        raised_by_id=raised_by,
    )
    SignificantReader.objects.bulk_create(
        [
            SignificantReader(alert=alert, person=told.person, instead_of=told.instead_of)
            for told in _who_is_told(complaint, why, at)
        ]
    )
    complaint.significant_at = at
    Complaint.objects.filter(pk=complaint.pk).update(significant_at=at)
    return alert


def _who_is_told(complaint: Complaint, why: Sequence[Why], at: datetime) -> list[Told]:
    """Top management and the management representative; the unit manager too where nothing can be done at once.

    Whoever stands in for them has to be able to open it. Where nobody of a role is there, those who are away are told
    all the same: it may be that they look. Nobody behind the wall is.
    """
    roles = [*_ALWAYS, Role.UNIT_MANAGER] if Why.BLOCKED_ACTION in why else [*_ALWAYS]
    found: dict[int, Told] = {}
    for role in roles:
        here = [told for told in who_hears(complaint, role.value, at) if _can_open(told.person, complaint, at)]
        absent = (Told(person) for person in holders(complaint, role, at) if _can_open(person, complaint, at))
        for told in here or absent:
            found.setdefault(told.person.pk, told)
    return list(found.values())


def _can_open(person: Person, complaint: Complaint, at: datetime) -> bool:
    return may(standing_of(person, at), May.ANSWER_SIGNIFICANT, complaint)
