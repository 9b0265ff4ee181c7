"""Noting that no answer in time counts as one, where the law says so (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actions.overdue import new_date
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Deadline, DeemedOutcome
from amends.complaints.ringing import take_alarm
from amends.framework.which_packs import rules_of
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def deem(deadline: Deadline, *, by: engine.Person, at: datetime) -> DeemedOutcome:
    """Write down what silence counts as. The complaint stays open and is still owed an answer."""
    lifecycle.take(Verb.DEEM, deadline.complaint, by=by, at=at)
    deadlines.hold(deadline.complaint)
    take_alarm(deadline, Deadline.Alarm.DEEM, at, overdue_at=at, promised_at=new_date(deadline, at))
    rule = rules_of(deadline.pack).deemed_outcome if deadline.pack else None
    outcome = DeemedOutcome.objects.create(
        complaint=deadline.complaint,
        deadline=deadline,
        outcome=rule.outcome.value if rule else "refused",
        at=at,
    )
    # What follows by law runs from the day on which the answer was due, however late we noticed.
    deadlines.happened(deadline.complaint, "deemed", deadline.due_at)
    record(
        events.Deemed(
            complaint=deadline.complaint.subject,
            clock=deadline.code,
            number=deadline.number,
            outcome=outcome.outcome,
            due_at=deadline.due_at,
        ),
        by=by,
        at=at,
    )
    return outcome
