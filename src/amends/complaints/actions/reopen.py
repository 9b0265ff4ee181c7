"""Taking up a complaint again that had ended (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import person_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Reopening
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def reopen(complaint: Complaint, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None) -> Reopening:
    """Begin another round; a new decision is owed from now on."""
    reason = checked_text(reason, longest=4000, field="reason")
    lifecycle.take(Verb.REOPEN, complaint, by=by, at=at, seen=seen)
    Complaint.objects.filter(pk=complaint.pk).update(round=F("round") + 1, is_settled=None)
    complaint.round, complaint.is_settled = complaint.round + 1, None
    reopening = Reopening.objects.create(complaint=complaint, reason=reason, person_id=person_id_of(by), at=at)
    if not deadlines.happened(complaint, "reopened", at).started:
        deadlines.begin(complaint, Deadline.Kind.DECISION, at, "reopened")
    record(
        events.Reopened(complaint=complaint.subject, round=complaint.round), by=by, at=at, payload={"reason": reason}
    )
    return reopening
