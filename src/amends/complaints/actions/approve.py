"""Deciding on a response with a second pair of eyes (ISO 10002, 7.7)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.four_eyes import standing_to_decide
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Decision, Remedy, Response, Wall
from amends.complaints.stages import Outcome
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def approve(
    complaint: Complaint, *, by: engine.Person, at: datetime, comment: str = "", seen: int | None = None
) -> Decision:
    """Make the proposed response our decision.

    By somebody whose eyes are new to it and whose limit covers what it promises (see `four_eyes`); where one person
    may do both, it is recorded as such.
    """
    lifecycle.check(Verb.APPROVE, complaint, by=by)
    organisation = the_organisation()
    response = proposed_response(complaint)
    decider = staff_id_of(by)
    standing = standing_to_decide(complaint, response, decider, organisation, at)
    if Wall.objects.filter(complaint=complaint, person=response.proposed_by_id).exists():
        raise Refusal(
            "proposer_walled_off",
            _("Whoever proposed this response has a conflict of interest. Send it back: somebody else writes it."),
        )
    lifecycle.take(Verb.APPROVE, complaint, by=by, at=at, seen=seen)
    Response.objects.filter(pk=response.pk).update(state=Response.State.APPROVED)
    decision = Decision.objects.create(
        complaint=complaint,
        response=response,
        round=complaint.round,
        outcome=response.outcome,
        proposed_by_id=response.proposed_by_id,
        proposed_for_id=response.proposed_for_id,
        decided_by_id=decider,
        decided_for_id=standing.right.acts_for,
        is_by_one_person=bool(standing.why_one_person),
        why_one_person=standing.why_one_person,
        role=standing.right.role.value,
        limit=standing.cover.limit,
        amount=standing.sums.together,
        currency=organisation.currency,
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
            is_by_one_person=decision.is_by_one_person,
            role=decision.role,
            acts_for=_named(decision.decided_for),
            amount=decision.amount,
            currency=decision.currency,
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


def _named(person: Person | None) -> Subject | None:
    return person.subject if person else None


def _replace_promises(complaint: Complaint, response: Response, at: datetime) -> None:
    """A new decision replaces what an earlier one promised and was not yet done."""
    earlier = Remedy.objects.filter(complaint=complaint, state=Remedy.State.PROMISED).exclude(response=response)
    if earlier.exists():
        earlier.update(state=Remedy.State.DROPPED)
        deadlines.drop(complaint, at, Deadline.Kind.REMEDY)
    Remedy.objects.filter(response=response).update(state=Remedy.State.PROMISED)
