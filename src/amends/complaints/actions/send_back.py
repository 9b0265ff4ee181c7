"""Sending a response back with a comment (ISO 10002, 7.7)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.actions.approve import proposed_response
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Remedy, Response
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def send_back(
    complaint: Complaint, *, comment: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Response:
    """Return a response to its author with what has to change."""
    comment = checked_text(comment, longest=4000, field="comment")
    response = proposed_response(complaint)
    lifecycle.take(Verb.SEND_BACK, complaint, by=by, at=at, seen=seen)
    Response.objects.filter(pk=response.pk).update(
        state=Response.State.SENT_BACK, sent_back_by_id=staff_id_of(by), sent_back_at=at, sent_back_comment=comment
    )
    Remedy.objects.filter(response=response).update(state=Remedy.State.DROPPED)
    record(
        events.ResponseSentBack(complaint=complaint.subject, version=response.version),
        by=by,
        at=at,
        payload={"comment": comment},
    )
    return response
