"""Putting a small complaint right while the person is still there: the short way through clause 7."""

from datetime import datetime

from django.db import transaction

from amends.complaints import deadlines, events, letters_of_stages, lifecycle
from amends.complaints.actions.acknowledge import acknowledge
from amends.complaints.actions.receive import Receipt, receive
from amends.complaints.actors import staff_id_of
from amends.complaints.intake import Intake
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Acknowledgement, Assessment, Closure, Complaint, Finding, Issue
from amends.complaints.models.assessment import Complexity, Impact
from amends.complaints.models.complaint import Severity
from amends.complaints.stages import Outcome
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message, checked_text
from amends.framework.matrix import matrix_now
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.permissions import engine

#: How somebody who is told at once has been told.
_HOW = {
    Channel.PHONE: Acknowledgement.How.PHONE,
    Channel.EMAIL: Acknowledgement.How.EMAIL,
    Channel.POST: Acknowledgement.How.POST,
}


@transaction.atomic
def resolve_on_the_spot(intake: Intake, *, done: str, token: str, by: engine.Person, at: datetime) -> Receipt:
    """Receive a complaint, confirm it and close it as put right, all or nothing. Sent twice, it is done once."""
    done = checked_text(done, longest=1000, field="done")
    receipt = receive(intake, token=token, by=by, at=at)
    if receipt.is_new:
        how = _HOW.get(Channel(intake.channel), Acknowledgement.How.IN_PERSON)
        acknowledge(receipt.complaint, how=how, by=by, at=at)
        settle_at_once(receipt.complaint, done=done, by=by, at=at)
    return receipt


@transaction.atomic
def settle_at_once(
    complaint: Complaint, *, done: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Closure:
    """Close it with what was done, and say so in writing. Only for small matters that cost nothing, of somebody who is
    content with it. Refuses with `block_missing` as other letters do.

    Its assessment and finding are written as what they were: minor, simple, we were wrong. The cause may stay open.
    """
    done = checked_text(done, longest=1000, field="done")
    person_id = staff_id_of(by)
    lifecycle.take(Verb.SETTLE_AT_ONCE, complaint, by=by, at=at, seen=seen)
    grid = matrix_now()
    priority = grid.priority(Severity.LOW, Impact.ONE_MILD, is_safety=False)
    Assessment.objects.create(
        complaint=complaint,
        version=1,
        severity=Severity.LOW,
        is_safety=False,
        complexity=Complexity.SIMPLE,
        impact_complainant=Impact.ONE_MILD,
        impact_others=Impact.ONE_MILD,
        impact_organisation=Impact.ONE_MILD,
        immediate_needed=True,
        immediate_possible=True,
        immediate_action=done,
        suggested_priority=priority,
        priority=priority,
        matrix=grid.version,
        person_id=person_id,
        at=at,
    )
    for issue in Issue.objects.filter(complaint=complaint):
        Finding.objects.create(
            issue=issue, result=Finding.Result.UPHELD, reasons=done, complainant_heard=True, person_id=person_id, at=at
        )
    closure = Closure.objects.create(
        complaint=complaint, reason=Closure.Reason.ON_THE_SPOT, note=done, person_id=person_id, at=at
    )
    said = letters_of_stages.summary(complaint, done, the_organisation())
    message = add_message(
        complaint.thread,
        direction=Message.Direction.OUT,
        text=said.text,
        at=at,
        channel=complaint.channel,
        language=complaint.language,
        person=closure.person,
        template=said.template,
    )
    deadlines.drop_all(complaint, at)
    deadlines.keep_strictest(complaint)
    complaint.outcome, complaint.is_settled = Outcome.UPHELD, True
    complaint.severity, complaint.priority = Severity.LOW, priority
    complaint.save(update_fields=["outcome", "is_settled", "severity", "priority"])
    record(
        events.Closed(
            complaint=complaint.subject,
            reason=closure.reason,
            outcome=complaint.outcome,
            is_settled=True,
            dropped_remedies=0,
            message=Subject("message", message.pk),
        ),
        by=by,
        at=at,
        payload={"note": done, "text": said.text},
    )
    return closure
