"""A clock that stood still for as long as it may runs on by itself (ISO 10002, 7.3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Deadline
from amends.complaints.pausing import run_on
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def resume_by_itself(deadline: Deadline, *, by: engine.Person, at: datetime) -> None:
    """End the pause of one clock at its longest time, not later. Refusals: `too_early`, `stale`."""
    lifecycle.take(Verb.RESUME_BY_ITSELF, deadline.complaint, by=by, at=at)
    if deadline.alarm_at is not None and deadline.alarm_at > at:
        raise Refusal("too_early", _("This is not due yet."), facts={"due": deadline.alarm_at.isoformat()})
    deadlines.hold(deadline.complaint)
    rows = Deadline.objects.open().filter(
        pk=deadline.pk, alarm=Deadline.Alarm.RESUME, alarm_at=deadline.alarm_at, is_paused=True
    )
    if rows.update(is_paused=False) != 1:
        raise Refusal("stale", _("This was done already, or the deadline has ended or moved meanwhile."))
    moved = run_on([deadline], at)
    deadlines.save_counted(moved, deadline.complaint)
    record(
        events.Resumed(
            complaint=deadline.complaint.subject,
            clocks=(deadline.code,),
            is_by_itself=True,
            due_at=deadline.complaint.next_due_at,
        ),
        by=by,
        at=at,
    )
