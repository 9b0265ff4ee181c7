"""Saying that a complaint is outside what this process is for, and where to go instead (ISO 10002, clause 1)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.letter_blocks import worded
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, ScopeDecision
from amends.correspondence.models import Message
from amends.correspondence.writing import add_message, checked_text
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def rule_out(
    complaint: Complaint,
    *,
    reason: ScopeDecision.Reason,
    where_to_go: str,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> ScopeDecision:
    """Record the reason, and tell the complainant where the matter belongs."""
    text = checked_text(where_to_go, longest=4000, field="where_to_go")
    lifecycle.take(Verb.RULE_OUT, complaint, by=by, at=at, seen=seen)
    person = Person.objects.get(pk=staff_id_of(by))
    decision = ScopeDecision.objects.create(complaint=complaint, reason=reason, where_to_go=text, person=person, at=at)
    values = {"where_to_go": text, "organisation": the_organisation().name}
    said, template = worded("letter_out_of_scope", values, complaint.language)
    add_message(
        complaint.thread,
        direction=Message.Direction.OUT,
        text=said,
        at=at,
        channel=complaint.channel,
        language=complaint.language,
        person=person,
        template=template,
    )
    deadlines.drop_all(complaint, at)
    deadlines.keep_strictest(complaint)
    record(
        events.RuledOut(complaint=complaint.subject, reason=reason.value), by=by, at=at, payload={"where_to_go": text}
    )
    return decision
