"""The complainant wants to go on after all (ISO 10002, 7.9)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.acting import demand_permission
from amends.complaints.held_clocks import let_run_on
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Remedy, Response, Withdrawal
from amends.complaints.stages import Stage
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine

#: For so long the complainant takes it back alone; afterwards we take the complaint up again.
CAN_BE_TAKEN_BACK_FOR = timedelta(days=14)


@transaction.atomic
def unwithdraw(complaint: Complaint, *, by: engine.Person, at: datetime, seen: int | None = None) -> Withdrawal:
    """Take a withdrawal back: the complaint stands where it stood, and each date moves by the time in between.

    Refusals: `permission_missing`, `too_late`.
    """
    demand_permission(by, complaint, at)
    lifecycle.check(Verb.UNWITHDRAW, complaint, by=by)
    withdrawal = can_be_taken_back(complaint, at)
    if withdrawal is None or withdrawal.stage_since_before is None:
        raise Refusal(
            "too_late",
            _("The time for this is over. Write to us: we can take up your complaint again."),
        )
    back_to = (Stage(withdrawal.stage_before), withdrawal.stage_since_before)
    lifecycle.take(Verb.UNWITHDRAW, complaint, by=by, at=at, seen=seen, back_to=back_to)
    responses = Response.objects.filter(pk__in=withdrawal.responses_before, state=Response.State.WITHDRAWN)
    responses.update(state=Response.State.PROPOSED)
    for key, state in withdrawal.remedies_before.items():
        Remedy.objects.filter(pk=int(key), state=Remedy.State.DROPPED).update(state=state)
    withdrawal.taken_back_at = at
    withdrawal.save(update_fields=["taken_back_at"])
    let_run_on(complaint, at, withdrawal=withdrawal)
    record(
        events.WithdrawalTakenBack(
            complaint=complaint.subject, stage=withdrawal.stage_before, due_at=complaint.next_due_at
        ),
        by=by,
        at=at,
    )
    return withdrawal


def can_be_taken_back(complaint: Complaint, at: datetime) -> Withdrawal | None:
    """The withdrawal that stands, while the complainant can take it back alone."""
    if complaint.stage != Stage.WITHDRAWN:
        return None
    newest = Withdrawal.objects.filter(complaint=complaint).order_by("-id").first()
    if newest is None or not newest.stage_before or newest.taken_back_at is not None:
        return None
    return newest if at <= newest.at + CAN_BE_TAKEN_BACK_FOR else None
