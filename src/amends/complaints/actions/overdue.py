"""Noting that a deadline has passed without being met (ISO 10002, 7.3)."""

from datetime import datetime

from django.db import transaction

from amends.calendars.counting import Plan, due
from amends.calendars.loading import working_calendar
from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Deadline
from amends.complaints.ringing import take_alarm
from amends.framework.which_packs import rules_of
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def overdue(deadline: Deadline, *, by: engine.Person, at: datetime) -> None:
    """Note it once; where the pack says so, promise a new date with an apology."""
    lifecycle.take(Verb.OVERDUE, deadline.complaint, by=by, at=at)
    promised_at = new_date(deadline, at)
    take_alarm(deadline, Deadline.Alarm.OVERDUE, at, overdue_at=at, promised_at=promised_at)
    record(
        events.DeadlineMissed(
            complaint=deadline.complaint.subject,
            clock=deadline.code,
            number=deadline.number,
            kind=deadline.kind,
            due_at=deadline.due_at,
            promised_at=promised_at,
        ),
        by=by,
        at=at,
    )


def new_date(deadline: Deadline, at: datetime) -> datetime | None:
    """What the complainant is promised instead, counted from now; None where the pack promises nothing."""
    if deadline.pack is None:
        return None
    limit = rules_of(deadline.pack).clock(deadline.code).new_date_when_late
    return due(Plan(at, limit), working_calendar(deadline.calendar)) if limit is not None else None
