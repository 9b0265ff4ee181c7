"""Naming the member of staff who is complained about, and walling them off (ISO 10002, annex D)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party
from amends.complaints.walls import goes_back_to, nearest_of, raise_walls
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def name_subject(
    complaint: Complaint, person: Person, *, by: engine.Person, at: datetime, seen: int | None = None
) -> Party:
    """Say whom the complaint is about. From now on they, their direct manager and their reports cannot reach it.

    A handler behind the new wall loses the complaint at once; it goes back to the unit, and where the whole unit is
    behind the wall, to the management representative.
    """
    behind = nearest_of(person)
    back_to = goes_back_to(complaint, behind, at)
    lifecycle.take(Verb.NAME_SUBJECT, complaint, by=by, at=at, seen=seen, back_to=back_to)
    if Party.objects.filter(complaint=complaint, role=Party.Role.SUBJECT, person=person).exists():
        raise Refusal("subject_named", _("This person is named already."), field="subject")
    party = Party.objects.create(complaint=complaint, role=Party.Role.SUBJECT, name=person.name, person=person)
    raised = raise_walls(complaint, behind, at=at)
    record(
        events.SubjectNamed(
            complaint=complaint.subject,
            person=person.subject,
            walls=raised.walls,
            **raised.told,
        ),
        by=by,
        at=at,
    )
    return party
