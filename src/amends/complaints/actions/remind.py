"""Reminding of a deadline that comes near (ISO 10002, 7.3)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Deadline
from amends.complaints.ringing import take_alarm
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def remind(deadline: Deadline, *, by: engine.Person, at: datetime) -> None:
    """Note that whoever handles it is reminded; the notice follows."""
    lifecycle.take(Verb.REMIND, deadline.complaint, by=by, at=at)
    take_alarm(deadline, Deadline.Alarm.REMIND, at)
    record(
        events.Reminded(
            complaint=deadline.complaint.subject,
            clock=deadline.code,
            number=deadline.number,
            kind=deadline.kind,
            due_at=deadline.due_at,
        ),
        by=by,
        at=at,
    )
