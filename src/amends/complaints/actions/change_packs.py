"""Applying other rules to a complaint, because more is known about it or because the rules have changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.changing_packs import change_to
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def change_packs(
    complaint: Complaint, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> bool:
    """Look the packs up again and let their clocks run from when it was received. Returns whether anything changed.

    Clocks that were met stay as they are. Refusal: `reason_needed`.
    """
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why other rules apply."), field="reason")
    lifecycle.check(Verb.CHANGE_PACKS, complaint, by=by)
    kind = Party.objects.filter(complaint=complaint, role=Party.Role.COMPLAINANT).values_list("kind", flat=True).first()
    packs = deadlines.packs_that_fit(complaint, kind or "")
    changed = change_to(complaint, packs, at, reason)
    if changed is None:
        return False
    lifecycle.take(Verb.CHANGE_PACKS, complaint, by=by, at=at, seen=seen)
    record(
        events.PacksChanged(
            complaint=complaint.subject,
            pack=packs.main.pack,
            version=packs.main.version,
            beside=len(packs.beside),
            started=changed.started,
            dropped=changed.dropped,
        ),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return True
