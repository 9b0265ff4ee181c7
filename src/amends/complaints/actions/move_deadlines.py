"""Counting the open deadlines of a complaint again, because a calendar was put right (ISO 10002, 7.3)."""

from datetime import datetime

from django.db import transaction

from amends.calendars.models import CalendarVersion
from amends.complaints import deadlines, events, lifecycle
from amends.complaints.alarms import set_alarm
from amends.complaints.counting import count
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def move_deadlines(complaint: Complaint, version: CalendarVersion, *, by: engine.Person, at: datetime) -> int:
    """Use a newer version of the same calendar for what is still to come. Returns how many dates moved.

    What has passed stays passed: nobody is late or in time after the fact. Doing it twice changes nothing.
    """
    lifecycle.take(Verb.MOVE_DEADLINES, complaint, by=by, at=at)
    candidates = [deadline for deadline in deadlines.running(complaint) if _may_move(deadline, version, at)]
    moved = []
    for deadline in candidates:
        was_due_at, had = deadline.due_at, deadline.calendar
        deadline.calendar = version
        deadline.due_at, deadline.outer_at = count(deadline)
        if deadline.due_at <= at:
            deadline.calendar, deadline.due_at = had, was_due_at
            continue
        if deadline.due_at != was_due_at:
            moved.append(deadline)
        set_alarm(deadline, after=at)
    if not candidates:
        return 0
    deadlines.save_counted(candidates, complaint)
    if moved:
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


def _may_move(deadline: Deadline, version: CalendarVersion, at: datetime) -> bool:
    return (
        deadline.calendar.calendar_id == version.calendar_id
        and deadline.calendar.number < version.number
        and deadline.overdue_at is None
        and deadline.due_at > at
        and not deadline.is_paused
        and "limit" in deadline.basis
    )
