"""Taking down the side of the person complained about, after they were given the details (ISO 10002, annex D)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party, Statement
from amends.complaints.models.subject_rights import How
from amends.complaints.subject_rights import check_details, subject_of
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def take_statement(
    complaint: Complaint, party: Party, *, text: str, how: How, by: engine.Person, at: datetime
) -> Statement:
    """Keep their words: written by themselves on their page, or taken down from a letter or a talk."""
    text = checked_text(text, longest=20_000, field="text")
    person = subject_of(complaint, party)
    lifecycle.take(Verb.TAKE_STATEMENT, complaint, by=by, at=at)
    check_details(party)
    Party.objects.select_for_update(no_key=True).get(pk=party.pk)  # two at once get two numbers
    writer = staff_id_of(by)
    statement = Statement.objects.create(
        party=party,
        number=Statement.objects.filter(party=party).count() + 1,
        text=text,
        how=How.PAGE if writer == party.person_id else how,
        person_id=writer,
        at=at,
    )
    facts = events.StatementTaken(
        complaint=complaint.subject, person=person, number=statement.number, how=statement.how
    )
    record(facts, by=by, at=at, payload={"text": text})
    return statement
