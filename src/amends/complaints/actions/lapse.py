"""Noting that a time is over in which somebody could have done something (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Deadline
from amends.complaints.ringing import take_alarm
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def lapse(deadline: Deadline, *, by: engine.Person, at: datetime) -> None:
    """Silence is not acceptance: an answer that did not come raises a task and stays open. Any other time is over."""
    lifecycle.take(Verb.LAPSE, deadline.complaint, by=by, at=at)
    deadlines.hold(deadline.complaint)
    take_alarm(deadline, Deadline.Alarm.LAPSE, at, overdue_at=at)
    if deadline.kind != Deadline.Kind.ANSWER:
        Deadline.objects.filter(pk=deadline.pk).update(dropped_at=at)
        deadlines.keep_strictest(deadline.complaint)
    record(
        events.TimeLapsed(
            complaint=deadline.complaint.subject,
            clock=deadline.code,
            number=deadline.number,
            kind=deadline.kind,
            due_at=deadline.due_at,
        ),
        by=by,
        at=at,
    )
