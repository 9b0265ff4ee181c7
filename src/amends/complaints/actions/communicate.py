"""Telling the complainant the decision, with reasons and what they can do next (ISO 10002, 7.8)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, decision_letter, events, lifecycle
from amends.complaints.acting import nobody_to_tell, who_gets_letters
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Communication, Complaint, Deadline, Decision
from amends.complaints.telling_inside import tell_inside
from amends.correspondence.models import Message
from amends.correspondence.writing import add_message
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.permissions import engine

NOBODY_TO_TELL = _(
    "The decision cannot go out: whoever acts for the complainant has no permission now, and the complainant cannot be "
    "reached. Ask for the permission first."
)


@transaction.atomic
def communicate(
    complaint: Complaint, *, channel: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Communication:
    """Send the decision. Refused while a block that the rule pack demands cannot be written."""
    organisation = the_organisation()
    decision = decision_of_round(complaint)
    answer_wanted_by = deadlines.due_if_started(complaint, Deadline.Kind.ANSWER, at)
    letter = decision_letter.compose(complaint, decision, organisation, answer_wanted_by)
    if nobody_to_tell(complaint, at):
        raise Refusal("permission_missing", NOBODY_TO_TELL)
    lifecycle.take(Verb.COMMUNICATE, complaint, by=by, at=at, seen=seen)
    person = Person.objects.get(pk=staff_id_of(by))
    message = add_message(
        complaint.thread,
        direction=Message.Direction.OUT,
        text=letter.text,
        at=at,
        channel=channel,
        language=decision.response.language,
        person=person,
        template=letter.template,
    )
    communication = Communication.objects.create(
        complaint=complaint,
        decision=decision,
        message=message,
        channel=channel,
        addressee=who_gets_letters(complaint, at),
        blocks=letter.blocks,
        answer_wanted_by=answer_wanted_by,
        person=person,
        at=at,
    )
    told = tell_inside(complaint, communication, at)
    done = deadlines.happened(complaint, "communicated", at)
    record(
        events.Communicated(
            complaint=complaint.subject,
            round=complaint.round,
            outcome=decision.outcome,
            channel=channel,
            was_late=done.was_late(Deadline.Kind.DECISION, Deadline.Kind.REVIEW),
            told_inside=told,
        ),
        by=by,
        at=at,
        payload={"text": letter.text},
    )
    return communication


def decision_of_round(complaint: Complaint) -> Decision:
    """The decision of the present round. Raises Refusal when there is none."""
    found = (
        Decision.objects.standing()
        .filter(complaint=complaint, round=complaint.round)
        .select_related("response")
        .first()
    )
    if found is None:
        raise Refusal("nothing_decided", _("There is no decision to communicate. Open the complaint again."))
    return found
