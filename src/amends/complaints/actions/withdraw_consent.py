"""Taking back the consent to keep a need: its words are erased, the trail goes on to verify (annex D)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Need
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def withdraw_consent(complaint: Complaint, number: int, *, by: engine.Person, at: datetime) -> Need:
    """Erase what was kept about a need. What the journal committed to is erased by what follows this entry.

    Refuses with `not_open` what was taken back already.
    """
    lifecycle.take(Verb.WITHDRAW_CONSENT, complaint, by=by, at=at)
    rows = Need.objects.filter(complaint=complaint, number=number, withdrawn_at__isnull=True)
    if not rows.update(withdrawn_at=at, driver="", text="", adjustment="", given_how=""):
        raise Refusal("not_open", _("This was taken back already."))
    record(events.ConsentWithdrawn(complaint=complaint.subject, number=number), by=by, at=at)
    return Need.objects.get(complaint=complaint, number=number)
