"""Recording what an outside body decided (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Referral
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def record_result(
    complaint: Complaint, *, result: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Referral:
    """Write down what the outside body decided."""
    result = checked_text(result, longest=10_000, field="result")
    lifecycle.take(Verb.RECORD_RESULT, complaint, by=by, at=at, seen=seen)
    referral = Referral.objects.filter(complaint=complaint).order_by("-id").first()
    if referral is None:
        raise Refusal("not_referred", _("No outside body is noted. Open the complaint again."))
    referral.result = result
    referral.save(update_fields=["result"])
    record(events.ExternalResultRecorded(complaint=complaint.subject), by=by, at=at, payload={"result": result})
    return referral
