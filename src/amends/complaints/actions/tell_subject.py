"""Telling the person complained about that there is a complaint about them (ISO 10002, annex D)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party, SubjectNotice
from amends.complaints.models.subject_rights import How
from amends.complaints.subject_rights import subject_of
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def tell_subject(complaint: Complaint, party: Party, *, how: How, by: engine.Person, at: datetime) -> SubjectNotice:
    """Say that there is a complaint and what happens now. Nothing of the complaint itself: details are handed over."""
    person = subject_of(complaint, party)
    lifecycle.take(Verb.TELL_SUBJECT, complaint, by=by, at=at)
    notice, is_new = SubjectNotice.objects.get_or_create(
        party=party, defaults={"how": how, "person_id": staff_id_of(by), "at": at}
    )
    if not is_new:
        raise Refusal("told_already", _("This person was told already."))
    record(events.SubjectTold(complaint=complaint.subject, person=person, how=how), by=by, at=at)
    return notice
