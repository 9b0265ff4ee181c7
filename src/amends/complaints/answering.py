"""Writing down what the complainant says to a decision, for the verbs that do it."""

from datetime import datetime

from amends.complaints import deadlines, lifecycle
from amends.complaints.actors import person_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Answer, Complaint, Decision, Remedy
from amends.complaints.outside import is_decided_outside
from amends.complaints.stages import Stage
from amends.permissions import engine


def write_answer(
    complaint: Complaint,
    decision: Decision,
    says: Answer.Says,
    reason: str,
    *,
    channel: str,
    by: engine.Person,
    at: datetime,
) -> Answer:
    deadlines.happened(complaint, "answered", at)
    answer, _made = Answer.objects.update_or_create(
        decision=decision,
        defaults={
            "complaint": complaint,
            "says": says,
            "channel": channel,
            "reason": reason,
            "person_id": person_id_of(by),
            "at": at,
        },
    )
    return answer


def complete_if_all_done(complaint: Complaint, *, by: engine.Person, at: datetime) -> bool:
    """Move a complaint on when something was promised and all of it is done: an accepted one, or one on which the body
    outside has decided."""
    stage = Stage(complaint.stage)
    if stage is not Stage.ACCEPTED and not (stage is Stage.EXTERNAL and is_decided_outside(complaint)):
        return False
    promised = Remedy.objects.filter(complaint=complaint, state__in=[Remedy.State.PROMISED, Remedy.State.DONE])
    if not promised.exists() or promised.filter(state=Remedy.State.PROMISED).exists():
        return False
    lifecycle.take(Verb.COMPLETE_REMEDIES, complaint, by=by, at=at)
    return True
