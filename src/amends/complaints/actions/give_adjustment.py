"""Noting that a promised adjustment was given (ISO 10002, 4.5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Need
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def give_adjustment(complaint: Complaint, number: int, *, how: str, by: engine.Person, at: datetime) -> Need:
    """Say that it was done, and how. Refuses with `not_open` what was given or taken back already."""
    lifecycle.take(Verb.GIVE_ADJUSTMENT, complaint, by=by, at=at)
    how = clean_line(how)[:300]
    rows = Need.objects.filter(complaint=complaint, number=number, given_at__isnull=True, withdrawn_at__isnull=True)
    if not rows.update(given_at=at, given_by=staff_id_of(by), given_how=how):
        raise Refusal("not_open", _("This adjustment was given already, or is not wanted any more."))
    record(
        events.AdjustmentGiven(complaint=complaint.subject, number=number),
        by=by,
        at=at,
        payload={"how": how} if how else None,
    )
    return Need.objects.get(complaint=complaint, number=number)
