"""Showing how to reach the people of a complaint; who looks is recorded (ISO 10002, 4.10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party
from amends.journal.reads import note_read
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine

#: Why somebody looks at contact details.
REASONS = {
    "contact": _("I have to reach the person"),
    "check": _("I check who is asking"),
    "remedy": _("I carry out a remedy"),
    "other": _("Another reason"),
}


@transaction.atomic
def reveal_identity(complaint: Complaint, *, reason: str, by: engine.Person, at: datetime) -> list[Party]:
    """Give the people of a complaint with their addresses, and record who looked and why."""
    if reason not in REASONS:
        raise Refusal("reason_needed", _("Say why you need it."), field="reason")
    lifecycle.take(Verb.REVEAL_IDENTITY, complaint, by=by, at=at)
    note_read(complaint.subject, by=by, at=at, field_group="identity", reason=reason)
    record(events.IdentityRevealed(complaint=complaint.subject, reason=reason), by=by, at=at)
    return list(complaint.parties.order_by("id"))
