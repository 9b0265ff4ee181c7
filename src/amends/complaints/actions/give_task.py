"""Asking a person or a unit for help, without showing them the complaint (ISO 10002, 6.4 and 7.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, InvestigationTask, Issue, TaskFile
from amends.complaints.own_files import files_of
from amends.complaints.tasks import is_walled_off
from amends.correspondence.writing import checked_text
from amends.files.models import StoredFile
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person, Unit
from amends.permissions import engine


@dataclass(frozen=True)
class Errand:
    """The answers of the form: what is asked, of whom, until when, and which files go along."""

    question: str
    due_on: date
    person: Person | None = None
    unit: Unit | None = None
    issue: Issue | None = None
    files: Sequence[StoredFile] = ()


@transaction.atomic
def give_task(
    complaint: Complaint, errand: Errand, *, by: engine.Person, at: datetime, seen: int | None = None
) -> InvestigationTask:
    """Put a question to a person or a unit. Nobody behind a wall is asked.

    Refusals: `somebody_needed`, `asked_unfit`, `due_in_past`, `file_elsewhere`.
    """
    question = checked_text(errand.question, longest=4000, field="question")
    if (errand.person is None) == (errand.unit is None):
        raise Refusal("somebody_needed", _("Choose either a person or a unit."), field="asked")
    if errand.person is not None and not _may_be_asked(complaint, errand.person):
        raise Refusal("asked_unfit", _("This person cannot be asked. Choose somebody else."), field="asked")
    if errand.unit is not None and errand.unit.closed_at is not None:
        raise Refusal("asked_unfit", _("This unit is closed. Choose another."), field="asked")
    if errand.issue is not None and errand.issue.complaint_id != complaint.pk:
        raise Refusal("issue_elsewhere", _("This point belongs to another complaint."))
    due_at = datetime.combine(errand.due_on, time(23, 59, 59), the_organisation().zone)
    if due_at < at:
        raise Refusal("due_in_past", _("Choose today or a later day."), field="due_on")
    wanted = {file.pk for file in errand.files}
    if files_of(complaint).filter(pk__in=wanted).distinct().count() != len(wanted):
        raise Refusal("file_elsewhere", _("One of the files does not belong to this complaint."), field="shown")
    lifecycle.take(Verb.GIVE_TASK, complaint, by=by, at=at, seen=seen)
    task = InvestigationTask.objects.create(
        complaint=complaint,
        issue=errand.issue,
        number=InvestigationTask.objects.filter(complaint=complaint).count() + 1,
        question=question,
        asked_person=errand.person,
        asked_unit=errand.unit,
        due_at=due_at,
        asked_by_id=staff_id_of(by),
        asked_at=at,
    )
    TaskFile.objects.bulk_create([TaskFile(task=task, file_id=pk) for pk in sorted(wanted)])
    record(
        events.TaskGiven(
            complaint=complaint.subject,
            number=task.number,
            person=errand.person.subject if errand.person else None,
            unit=errand.unit.subject if errand.unit else None,
            due_at=due_at,
            files=len(wanted),
        ),
        by=by,
        at=at,
        payload={"question": question},
    )
    return task


def _may_be_asked(complaint: Complaint, person: Person) -> bool:
    return person.is_active and not is_walled_off(complaint, person)
