"""The complainant does not want to go on."""

from datetime import datetime

from django.db import transaction

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.acting import demand_permission
from amends.complaints.actors import person_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Remedy, Response, Withdrawal
from amends.journal.recording import record
from amends.kit.text import clean_text
from amends.permissions import engine


@transaction.atomic
def withdraw(
    complaint: Complaint, *, by: engine.Person, at: datetime, reason: str = "", seen: int | None = None
) -> Withdrawal:
    """End the complaint at the complainant's wish. It can be taken up again."""
    demand_permission(by, complaint, at)
    lifecycle.take(Verb.WITHDRAW, complaint, by=by, at=at, seen=seen)
    withdrawal = Withdrawal.objects.create(
        complaint=complaint, reason=clean_text(reason)[:4000], person_id=person_id_of(by), at=at
    )
    Response.objects.filter(complaint=complaint, state=Response.State.PROPOSED).update(state=Response.State.WITHDRAWN)
    open_states = [Remedy.State.PROPOSED, Remedy.State.PROMISED]
    Remedy.objects.filter(complaint=complaint, state__in=open_states).update(state=Remedy.State.DROPPED)
    deadlines.drop_all(complaint, at)
    deadlines.keep_strictest(complaint)
    record(
        events.Withdrawn(complaint=complaint.subject),
        by=by,
        at=at,
        payload={"reason": withdrawal.reason} if withdrawal.reason else None,
    )
    return withdrawal
