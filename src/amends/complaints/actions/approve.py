"""Deciding on a response with a second pair of eyes (ISO 10002, 7.7)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Decision, Remedy, Response
from amends.complaints.stages import Outcome
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.permissions import engine


@transaction.atomic
def approve(
    complaint: Complaint, *, by: engine.Person, at: datetime, comment: str = "", seen: int | None = None
) -> Decision:
    """Make the proposed response our decision.

    By somebody who did not propose it; in the small profile one person may do both, and it is recorded as such. A
    complaint under review is decided by somebody who did not decide before.
    """
    organisation = the_organisation()
    response = proposed_response(complaint)
    decider = staff_id_of(by)
    alone = decider == response.proposed_by_id
    if alone and not organisation.is_small:
        raise Refusal("own_proposal", _("You proposed this response. Somebody else has to approve it."))
    decided_before = Decision.objects.filter(complaint=complaint, decided_by_id=decider).exists()
    if decided_before and not organisation.is_small:
        raise Refusal("decided_before", _("You decided on this complaint before. A review needs somebody who did not."))
    lifecycle.take(Verb.APPROVE, complaint, by=by, at=at, seen=seen)
    Response.objects.filter(pk=response.pk).update(state=Response.State.APPROVED)
    decision = Decision.objects.create(
        complaint=complaint,
        response=response,
        round=complaint.round,
        outcome=response.outcome,
        proposed_by_id=response.proposed_by_id,
        decided_by_id=decider,
        is_by_one_person=alone,
        comment=clean_text(comment)[:4000],
        at=at,
    )
    _replace_promises(complaint, response, at)
    deadlines.hold(complaint)
    for remedy in Remedy.objects.filter(response=response):
        deadlines.start_on_day(complaint, Deadline.Kind.REMEDY, remedy.number, remedy.due_on, at)
    deadlines.keep_strictest(complaint)
    Complaint.objects.filter(pk=complaint.pk).update(outcome=response.outcome)
    complaint.outcome = Outcome(response.outcome)
    record(
        events.Decided(
            complaint=complaint.subject,
            version=response.version,
            round=complaint.round,
            outcome=response.outcome,
            is_by_one_person=alone,
        ),
        by=by,
        at=at,
        payload={"comment": decision.comment} if decision.comment else None,
    )
    return decision


def proposed_response(complaint: Complaint) -> Response:
    """The response that waits for approval. Raises Refusal when there is none."""
    response = Response.objects.filter(complaint=complaint, state=Response.State.PROPOSED).first()
    if response is None:
        raise Refusal("nothing_proposed", _("There is no response to decide on. Open the complaint again."))
    return response


def _replace_promises(complaint: Complaint, response: Response, at: datetime) -> None:
    """A new decision replaces what an earlier one promised and was not yet done."""
    earlier = Remedy.objects.filter(complaint=complaint, state=Remedy.State.PROMISED).exclude(response=response)
    if earlier.exists():
        earlier.update(state=Remedy.State.DROPPED)
        deadlines.drop(complaint, at, Deadline.Kind.REMEDY)
    Remedy.objects.filter(response=response).update(state=Remedy.State.PROMISED)
