"""Saying that a step of the plan was taken (ISO 10002, 7.7)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, PlannedStep
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def complete_step(
    complaint: Complaint, measure: int, number: int, *, done_on: date, by: engine.Person, at: datetime, proof: str = ""
) -> PlannedStep:
    """Note when a step of a measure was taken, by whom it was noted, and how it can be seen where that is known.

    Refusals: `done_in_future`, `not_open` for what was noted already.
    """
    lifecycle.take(Verb.COMPLETE_STEP, complaint, by=by, at=at)
    if done_on > at.astimezone(the_organisation().zone).date():
        raise Refusal("done_in_future", _("Choose today or an earlier day."), field="done_on")
    proof = clean_line(proof)[:500]
    steps = PlannedStep.objects.filter(interim__complaint=complaint, interim__number=measure, number=number)
    # Compare and set, by key: PostgreSQL looks again at what somebody else changes only in the table itself.
    keys = [step.pk for step in steps]
    noted = {"done_on": done_on, "done_by": staff_id_of(by), "done_at": at, "proof": proof}
    if PlannedStep.objects.filter(pk__in=keys, done_at__isnull=True).update(**noted) != 1:
        raise Refusal("not_open", _("This step was noted as done already. Open the page again."))
    record(
        events.PlannedStepDone(complaint=complaint.subject, measure=measure, number=number, done_on=done_on),
        by=by,
        at=at,
        payload={"proof": proof} if proof else None,
    )
    return steps.get()
