"""Saying that feedback is of another kind: a complaint, an enquiry, praise … both ways, with a reason (3.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Correction
from amends.complaints.models.complaint import Kind
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def convert(
    complaint: Complaint, kind: Kind, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Correction:
    """Change the kind. Reference, clocks and everything said stay, so that no complaint is hidden as an enquiry.

    Refusal: `same_kind`.
    """
    reason = checked_text(reason, longest=2000, field="reason")
    if complaint.kind == kind:
        raise Refusal("same_kind", _("It is of this kind already. Choose another one."), field="kind")
    lifecycle.take(Verb.CONVERT, complaint, by=by, at=at, seen=seen)
    before, complaint.kind = complaint.kind, kind
    complaint.save(update_fields=["kind"])
    made = Correction.objects.create(
        complaint=complaint,
        fact=Correction.Fact.KIND,
        old=before,
        new=kind.value,
        reason=reason,
        person_id=staff_id_of(by),
        at=at,
    )
    record(
        events.Converted(complaint=complaint.subject, before=before, kind=kind.value),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return made
