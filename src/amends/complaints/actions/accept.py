"""The complainant accepts the decision (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.acting import demand_permission
from amends.complaints.actions.communicate import decision_of_round
from amends.complaints.answering import complete_if_all_done, write_answer
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Answer, Complaint
from amends.journal.recording import record
from amends.permissions import engine


@transaction.atomic
def accept(complaint: Complaint, *, channel: str, by: engine.Person, at: datetime, seen: int | None = None) -> Answer:
    """The complainant accepts; what was promised is now owed. They may also change their mind after disagreeing."""
    decision = decision_of_round(complaint)
    demand_permission(by, complaint, at)
    lifecycle.take(Verb.ACCEPT, complaint, by=by, at=at, seen=seen)
    answer = write_answer(complaint, decision, Answer.Says.ACCEPTS, "", channel=channel, by=by, at=at)
    Complaint.objects.filter(pk=complaint.pk).update(is_settled=True)
    complaint.is_settled = True
    record(events.Accepted(complaint=complaint.subject, round=complaint.round, channel=channel), by=by, at=at)
    complete_if_all_done(complaint, by=by, at=at)
    return answer
