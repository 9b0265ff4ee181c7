"""Declining a complaint that was handed over: it stays where it is (ISO 10002, 5.4.4)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.accept_hand_over import nothing_offered
from amends.complaints.actors import staff_id_of
from amends.complaints.handing_on import let_out, open_hand_over
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, HandOver
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def decline_hand_over(
    complaint: Complaint, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> HandOver:
    """Say why not, so that the giver can find somebody else."""
    reason = clean_line(reason)[:1000]
    if not reason:
        raise Refusal("reason_needed", _("Say why you cannot take it over."), field="reason")
    offered = open_hand_over(complaint)
    lifecycle.take(Verb.DECLINE_HAND_OVER, complaint, by=by, at=at, seen=seen)
    if offered is None:
        raise nothing_offered()
    HandOver.objects.filter(pk=offered.pk).update(declined_at=at, answered_by_id=staff_id_of(by), decline_reason=reason)
    let_out(offered)
    offered.refresh_from_db()
    record(
        events.HandOverDeclined(complaint=complaint.subject, giver=offered.given_by.subject),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return offered
