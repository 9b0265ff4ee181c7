"""Ending a shield (ISO 10002, annex D)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Shield
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def unshield(
    complaint: Complaint, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Complaint:
    """The name stands where it stood before; title and points stay as they are. Refusals: `not_shielded`,
    `reason_needed`."""
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why."), field="reason")
    if not complaint.is_shielded:
        raise Refusal("not_shielded", _("The complainant is not shielded."))
    lifecycle.take(Verb.UNSHIELD, complaint, by=by, at=at, seen=seen)
    Complaint.objects.filter(pk=complaint.pk).update(is_shielded=False)
    complaint.is_shielded = False
    in_force = Shield.objects.filter(complaint=complaint, lifted_at__isnull=True)
    in_force.update(lifted_at=at, lifted_by=staff_id_of(by), lift_reason=reason)
    record(events.Unshielded(complaint=complaint.subject), by=by, at=at, payload={"reason": reason})
    return complaint
