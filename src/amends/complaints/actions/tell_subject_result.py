"""Telling the person complained about what came of it (ISO 10002, 7.8 and annex D)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party, SubjectResult
from amends.complaints.models.subject_rights import How
from amends.complaints.subject_rights import check_told, subject_of
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def tell_subject_result(
    complaint: Complaint, party: Party, *, text: str, how: How, by: engine.Person, at: datetime
) -> SubjectResult:
    """Tell them in words of their own, once the complainant has the decision. A new decision is told anew."""
    text = checked_text(text, longest=20_000, field="text")
    person = subject_of(complaint, party)
    lifecycle.take(Verb.TELL_SUBJECT_RESULT, complaint, by=by, at=at)
    check_told(party)
    result, is_new = SubjectResult.objects.get_or_create(
        party=party,
        round=complaint.round,
        defaults={"text": text, "how": how, "person_id": staff_id_of(by), "at": at},
    )
    if not is_new:
        raise Refusal("result_told_already", _("This person was told this result already."))
    facts = events.SubjectResultTold(complaint=complaint.subject, person=person, round=complaint.round, how=how)
    record(facts, by=by, at=at, payload={"text": text})
    return result
