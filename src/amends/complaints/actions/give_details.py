"""Handing the person complained about what they need to answer, before they are heard (ISO 10002, annex D)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Disclosure, Party
from amends.complaints.models.subject_rights import How
from amends.complaints.subject_rights import check_told, subject_of
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def give_details(
    complaint: Complaint, party: Party, *, text: str, how: How, by: engine.Person, at: datetime
) -> Disclosure:
    """Hand over a text written for them. What was handed over, when and by whom is kept word for word."""
    text = checked_text(text, longest=20_000, field="text")
    person = subject_of(complaint, party)
    lifecycle.take(Verb.GIVE_DETAILS, complaint, by=by, at=at)
    check_told(party)
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)  # two at once get two numbers
    disclosure = Disclosure.objects.create(
        party=party,
        number=Disclosure.objects.filter(party=party).count() + 1,
        text=text,
        how=how,
        person_id=staff_id_of(by),
        at=at,
    )
    facts = events.DetailsGiven(complaint=complaint.subject, person=person, number=disclosure.number, how=how)
    record(facts, by=by, at=at, payload={"text": text})
    return disclosure
