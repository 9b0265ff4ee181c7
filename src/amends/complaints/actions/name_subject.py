"""Naming the member of staff who is complained about, and walling them off (ISO 10002, annex D)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party, Wall
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def name_subject(
    complaint: Complaint, person: Person, *, by: engine.Person, at: datetime, seen: int | None = None
) -> Party:
    """Say whom the complaint is about. From now on they, their direct manager and their reports cannot reach it.

    A handler behind the new wall loses the complaint at once; it goes back to the unit.
    """
    lifecycle.take(Verb.NAME_SUBJECT, complaint, by=by, at=at, seen=seen)
    if Party.objects.filter(complaint=complaint, role=Party.Role.SUBJECT, person=person).exists():
        raise Refusal("subject_named", _("This person is named already."), field="subject")
    party = Party.objects.create(complaint=complaint, role=Party.Role.SUBJECT, name=person.name, person=person)
    walls = [(person.pk, Wall.Why.SUBJECT)]
    if person.manager_id is not None:
        walls.append((person.manager_id, Wall.Why.MANAGER))
    walls += [(pk, Wall.Why.REPORT) for pk in Person.objects.filter(manager=person).values_list("pk", flat=True)]
    Wall.objects.bulk_create(
        [Wall(complaint=complaint, person_id=pk, why=why, since=at) for pk, why in walls], ignore_conflicts=True
    )
    if complaint.handler_id in {pk for pk, _why in walls}:
        Complaint.objects.filter(pk=complaint.pk).update(handler=None)
        complaint.handler = None
    record(events.SubjectNamed(complaint=complaint.subject, person=person.subject, walls=len(walls)), by=by, at=at)
    return party
