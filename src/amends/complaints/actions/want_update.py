"""Asking for a word to the complainant before a deadline (ISO 10002, 7.3: at least at each preset deadline)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Deadline
from amends.complaints.ringing import take_alarm
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def want_update(deadline: Deadline, *, by: engine.Person, at: datetime) -> None:
    """Note that the complainant should hear where the complaint stands; any message to them settles it."""
    lifecycle.take(Verb.WANT_UPDATE, deadline.complaint, by=by, at=at)
    take_alarm(deadline, Deadline.Alarm.UPDATE, at, update_wanted_at=at)
    record(
        events.UpdateWanted(
            complaint=deadline.complaint.subject,
            clock=deadline.code,
            number=deadline.number,
            kind=deadline.kind,
            due_at=deadline.due_at,
        ),
        by=by,
        at=at,
    )
