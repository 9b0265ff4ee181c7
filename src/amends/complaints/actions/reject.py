"""The complainant does not agree; the complaint stays open (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.acting import demand_permission
from amends.complaints.actions.communicate import decision_of_round
from amends.complaints.answering import write_answer
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Answer, Complaint
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.permissions import engine

LONGEST_REASON = 10_000


@transaction.atomic
def reject(
    complaint: Complaint, *, reason: str, channel: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Answer:
    """The complainant does not agree, with a reason or without; the complaint stays open."""
    reason = clean_text(reason)
    if len(reason) > LONGEST_REASON:
        raise Refusal(
            "text_too_long",
            _("Shorten the text to %(longest)d characters.") % {"longest": LONGEST_REASON},
            field="reason",
        )
    decision = decision_of_round(complaint)
    demand_permission(by, complaint, at)
    lifecycle.take(Verb.REJECT, complaint, by=by, at=at, seen=seen)
    answer = write_answer(complaint, decision, Answer.Says.REJECTS, reason, channel=channel, by=by, at=at)
    deadlines.happened(complaint, "rejected", at)
    Complaint.objects.filter(pk=complaint.pk).update(is_settled=False)
    complaint.is_settled = False
    record(
        events.Rejected(complaint=complaint.subject, round=complaint.round, channel=channel),
        by=by,
        at=at,
        payload={"reason": reason} if reason else None,
    )
    return answer
