"""Not needing an answer any more (ISO 10002, 7.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.answer_task import end_task
from amends.complaints.lifecycle import Verb
from amends.complaints.models import InvestigationTask
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def cancel_task(task: InvestigationTask, *, reason: str, by: engine.Person, at: datetime) -> InvestigationTask:
    """Take a question back, with a reason. Refusals: `reason_needed`, `task_over`."""
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why the answer is not needed any more."), field="reason")
    lifecycle.take(Verb.CANCEL_TASK, task.complaint, by=by, at=at)
    end_task(task, InvestigationTask.State.CANCELLED, by=by, at=at, cancel_reason=reason)
    record(
        events.TaskCancelled(complaint=task.complaint.subject, number=task.number),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return task
