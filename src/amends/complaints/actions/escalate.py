"""Taking a late deadline to the next level (ISO 10002, 7.3; 5.4: management hears of what is late)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Deadline, EscalatedTo, Escalation
from amends.complaints.recipients import who_hears
from amends.complaints.ringing import take_alarm
from amends.framework.ladder import rungs_now
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def escalate(deadline: Deadline, *, by: engine.Person, at: datetime) -> Escalation | None:
    """Note who is told on the next rung: present, not walled off, else who stands in, else who stands above.

    None where the ladder was made shorter meanwhile: nobody is left to tell, and it does not ring again.
    """
    lifecycle.take(Verb.ESCALATE, deadline.complaint, by=by, at=at)
    rungs = rungs_now()
    level = rungs.above(deadline.level)
    if level is None:
        take_alarm(deadline, Deadline.Alarm.ESCALATE, at)
        return None
    take_alarm(deadline, Deadline.Alarm.ESCALATE, at, level=level.number)
    told = who_hears(deadline.complaint, level.to, at)
    escalation = Escalation.objects.create(
        deadline=deadline, level=level.number, to=level.to, ladder=rungs.version, at=at
    )
    EscalatedTo.objects.bulk_create(
        [EscalatedTo(escalation=escalation, person=each.person, instead_of=each.instead_of) for each in told]
    )
    record(
        events.Escalated(
            complaint=deadline.complaint.subject,
            clock=deadline.code,
            number=deadline.number,
            kind=deadline.kind,
            level=level.number,
            to=level.to,
            told=tuple(each.person.subject for each in told),
            stood_in=sum(each.instead_of is not None for each in told),
        ),
        by=by,
        at=at,
    )
    return escalation
