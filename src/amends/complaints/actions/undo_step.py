"""Saying that a step of the plan was noted as taken by mistake (ISO 10002, 7.7)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, PlannedStep, UndoneStep
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine

_OPEN = {"done_on": None, "done_by": None, "done_at": None, "proof": ""}


@transaction.atomic
def undo_step(
    complaint: Complaint, measure: int, number: int, *, reason: str, by: engine.Person, at: datetime
) -> UndoneStep:
    """Open a step again that was noted as taken. What had been noted stays, with the reason.

    Refusals: `reason_needed`, `not_done` for what is open.
    """
    lifecycle.take(Verb.UNDO_STEP, complaint, by=by, at=at)
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why it was not taken."), field="reason")
    step = PlannedStep.objects.filter(interim__complaint=complaint, interim__number=measure, number=number).first()
    if step is None or step.done_on is None or step.done_by_id is None or step.done_at is None:
        raise _not_done()
    # Compare and set, by the moment at which it was noted: of two who take it back at once, one does.
    if PlannedStep.objects.filter(pk=step.pk, done_at=step.done_at).update(**_OPEN) != 1:
        raise _not_done()
    undone = UndoneStep.objects.create(
        step=step,
        done_on=step.done_on,
        done_by_id=step.done_by_id,
        done_at=step.done_at,
        proof=step.proof,
        reason=reason,
        person_id=staff_id_of(by),
        at=at,
    )
    record(
        events.PlannedStepUndone(complaint=complaint.subject, measure=measure, number=number),
        by=by,
        at=at,
        payload={"reason": reason, **({"proof": step.proof} if step.proof else {})},
    )
    return undone


def _not_done() -> Refusal:
    return Refusal("not_done", _("This step is not noted as done. Open the page again."))
