"""Letting the clocks stand still, for a reason that the rules know (ISO 10002, 7.3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import person_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline
from amends.complaints.pausing import pausable, stand_still
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def pause(
    complaint: Complaint, *, why: str, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> list[Deadline]:
    """Stop every clock that the rules allow to be stopped for this reason; each runs on by itself at its longest time.

    Refusals: `not_pausable`, `reason_needed`.
    """
    running = deadlines.held(complaint)
    found = pausable(running, why, at)
    if not found:
        raise Refusal(
            "not_pausable",
            _("No clock of this complaint may stand still for this reason now. See “Why this date?” for which may."),
            field="why",
        )
    reason = clean_line(reason)[:500]
    if not reason and any(each.permit.needs_reason for each in found):
        raise Refusal("reason_needed", _("Say what you are waiting for."), field="reason")
    lifecycle.take(Verb.PAUSE, complaint, by=by, at=at, seen=seen)
    stopped = stand_still(found, why=why, reason=reason, person_id=person_id_of(by), at=at)
    deadlines.save_counted(stopped, complaint)
    record(
        events.Paused(
            complaint=complaint.subject,
            why=why,
            clocks=tuple(deadline.code for deadline in stopped),
            ends_by=min(each.ends_by for each in found),
        ),
        by=by,
        at=at,
        payload={"reason": reason} if reason else None,
    )
    return stopped
