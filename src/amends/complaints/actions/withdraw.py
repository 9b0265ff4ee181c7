"""The complainant does not want to go on."""

from datetime import datetime

from django.db import transaction

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.acting import demand_permission
from amends.complaints.actors import person_id_of
from amends.complaints.held_clocks import hold_clocks
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Remedy, Response, Withdrawal
from amends.complaints.pausing import run_on
from amends.journal.recording import record
from amends.kit.text import clean_text
from amends.permissions import engine


@transaction.atomic
def withdraw(
    complaint: Complaint, *, by: engine.Person, at: datetime, reason: str = "", seen: int | None = None
) -> Withdrawal:
    """End the complaint at the complainant's wish. They can take that back (`unwithdraw`)."""
    demand_permission(by, complaint, at)
    stage_before, since_before = complaint.stage, complaint.stage_since
    lifecycle.take(Verb.WITHDRAW, complaint, by=by, at=at, seen=seen)
    proposed = Response.objects.filter(complaint=complaint, state=Response.State.PROPOSED)
    open_states = [Remedy.State.PROPOSED, Remedy.State.PROMISED]
    remedies = Remedy.objects.filter(complaint=complaint, state__in=open_states)
    withdrawal = Withdrawal.objects.create(
        complaint=complaint,
        reason=clean_text(reason)[:4000],
        person_id=person_id_of(by),
        at=at,
        stage_before=stage_before,
        stage_since_before=since_before,
        responses_before=list(proposed.values_list("pk", flat=True)),
        remedies_before={str(key): state for key, state in remedies.values_list("pk", "state")},
    )
    proposed.update(state=Response.State.WITHDRAWN)
    remedies.update(state=Remedy.State.DROPPED)
    deadlines.save_counted(run_on(deadlines.held(complaint), at), complaint)
    hold_clocks(complaint, at, withdrawal=withdrawal)
    record(
        events.Withdrawn(complaint=complaint.subject),
        by=by,
        at=at,
        payload={"reason": withdrawal.reason} if withdrawal.reason else None,
    )
    return withdrawal
