"""Saying that a complaint is so significant that top management has to hear of it now (ISO 10002, 5.4.1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, SignificantAlert
from amends.complaints.significance import raise_alert
from amends.framework.significance import Why, significance_now
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def raise_significant(
    complaint: Complaint, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> SignificantAlert:
    """Tell top management at once, whatever the assessment says. Everybody who may read the complaint may do this."""
    reason = clean_line(reason)[:1000]
    if not reason:
        raise Refusal("reason_needed", _("Say why top management has to hear of this now."), field="reason")
    criteria = significance_now()
    if not criteria.said_by_staff:
        raise Refusal(
            "criterion_unused", _("Here only the assessment decides which complaints are significant. Assess it again.")
        )
    lifecycle.take(Verb.RAISE_SIGNIFICANT, complaint, by=by, at=at, seen=seen)
    alert = raise_alert(
        complaint, (Why.STAFF,), criteria=criteria.version, raised_by=staff_id_of(by), at=at, note=reason
    )
    record(
        events.SignificantRaised(complaint=complaint.subject, alert=alert.number, told=alert.readers.count()),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return alert
