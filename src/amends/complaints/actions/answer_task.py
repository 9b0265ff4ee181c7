"""Answering what one was asked, without seeing the complaint (ISO 10002, 6.4 and 7.6)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import InvestigationTask, TaskAnswerFile
from amends.complaints.permissions import May
from amends.correspondence.writing import checked_text
from amends.files.models import StoredFile
from amends.files.taking_in import attach
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def answer_task(
    task: InvestigationTask, *, text: str, by: engine.Person, at: datetime, files: Sequence[StoredFile] = ()
) -> InvestigationTask:
    """Answer with text and files. Of two colleagues who answer at once, the second is told.

    Refusals: `not_asked`, `task_over`.
    """
    text = checked_text(text, longest=20_000)
    if not engine.may(by, May.ANSWER_TASK, task):
        raise Refusal("not_asked", _("Somebody else was asked this."))
    lifecycle.take(Verb.ANSWER_TASK, task.complaint, by=by, at=at)
    end_task(task, InvestigationTask.State.ANSWERED, by=by, at=at, answer=text)
    for file in files:
        attach(file, at)
        TaskAnswerFile.objects.create(task=task, file=file)
    record(
        events.TaskAnswered(
            complaint=task.complaint.subject, number=task.number, files=len(files), was_late=task.due_at < at
        ),
        by=by,
        at=at,
        payload={"answer": text},
    )
    return task


def end_task(
    task: InvestigationTask,
    state: InvestigationTask.State,
    *,
    by: engine.Person,
    at: datetime,
    answer: str = "",
    cancel_reason: str = "",
) -> None:
    """Move an open task on by compare-and-set, for the verbs that end one."""
    rows = InvestigationTask.objects.filter(pk=task.pk, state=InvestigationTask.State.OPEN)
    changes = {"state": state, "answer": answer, "cancel_reason": cancel_reason, "ended_at": at}
    if rows.update(**changes, ended_by_id=staff_id_of(by)) != 1:
        raise Refusal("task_over", _("This was answered or cancelled meanwhile. Nothing more is needed."))
    task.refresh_from_db(fields=["state", "answer", "cancel_reason", "ended_at", "ended_by"])
