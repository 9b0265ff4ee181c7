"""Counting the open deadlines of a complaint again, because a calendar was put right (ISO 10002, 7.3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.calendars.models import CalendarVersion
from amends.complaints import deadlines, events, lifecycle
from amends.complaints.alarms import set_alarm
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint
from amends.complaints.moving import count_with, may_move
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def move_deadlines(complaint: Complaint, version: CalendarVersion, *, by: engine.Person, at: datetime) -> int:
    """Use a newer version of the same calendar for what is still to come. Returns how many dates moved.

    What has passed stays passed: nobody is late or in time after the fact. Refusal: `nothing_moves`, also the second
    time.
    """
    lifecycle.take(Verb.MOVE_DEADLINES, complaint, by=by, at=at)
    candidates = [deadline for deadline in deadlines.held(complaint) if may_move(deadline, version, at)]
    moved = []
    for deadline in candidates:
        was_due_at = deadline.due_at
        if not count_with(deadline, version, at):
            continue
        if deadline.due_at != was_due_at:
            moved.append(deadline)
        set_alarm(deadline, after=at)
    if not moved:
        raise Refusal("nothing_moves", _("No date of this complaint changes with this calendar."))
    deadlines.save_counted(moved, complaint)
    record(
        events.DeadlinesMoved(
            complaint=complaint.subject,
            calendar=version.calendar.subject,
            number=version.number,
            count=len(moved),
            next_due_at=complaint.next_due_at,
        ),
        by=by,
        at=at,
    )
    return len(moved)
