"""Naming who stands by the person complained about (ISO 10002, annex D)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party, SupportPerson
from amends.complaints.subject_rights import check_told, subject_of
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def name_support_person(
    complaint: Complaint, party: Party, *, name: str, by: engine.Person, at: datetime, relation: str = ""
) -> SupportPerson:
    """Say who supports them: a colleague, a union, a friend. A later one takes the place of an earlier one."""
    name, relation = clean_line(name)[:160], clean_line(relation)[:120]
    if not name:
        raise Refusal("name_needed", _("Enter the name of the person who supports them."), field="name")
    person = subject_of(complaint, party)
    lifecycle.take(Verb.NAME_SUPPORT_PERSON, complaint, by=by, at=at)
    check_told(party)
    supporter = SupportPerson.objects.create(
        party=party, name=name, relation=relation, person_id=staff_id_of(by), at=at
    )
    facts = events.SupportPersonNamed(complaint=complaint.subject, person=person)
    record(facts, by=by, at=at, payload={"name": name, "relation": relation})
    return supporter
