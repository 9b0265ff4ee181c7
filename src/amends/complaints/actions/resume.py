"""Letting the clocks run on (ISO 10002, 7.3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline
from amends.complaints.pausing import run_on
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def resume(complaint: Complaint, *, by: engine.Person, at: datetime, seen: int | None = None) -> list[Deadline]:
    """Let every clock that stands still run on; its date moves by the time it stood still. Refusal: `not_paused`."""
    standing = [deadline for deadline in deadlines.held(complaint) if deadline.is_paused]
    if not standing:
        raise Refusal("not_paused", _("All clocks of this complaint are running already."))
    lifecycle.take(Verb.RESUME, complaint, by=by, at=at, seen=seen)
    moved = run_on(standing, at)
    deadlines.save_counted(moved, complaint)
    record(
        events.Resumed(
            complaint=complaint.subject,
            clocks=tuple(deadline.code for deadline in moved),
            is_by_itself=False,
            due_at=complaint.next_due_at,
        ),
        by=by,
        at=at,
    )
    return moved
