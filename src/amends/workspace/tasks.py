"""Tasks for those who are asked: the question, the files that go along, the day, and the answer. Nothing else (7.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import answer_task
from amends.complaints.models import Complaint, InvestigationTask
from amends.complaints.models.task import InvestigationTaskQuerySet
from amends.complaints.permissions import May
from amends.complaints.queries import capped_counts, visible_to
from amends.complaints.tasks import asked_of, asked_of_units_of, given_by
from amends.files.models import State, StoredFile
from amends.files.serving import download_response
from amends.files.taking_in import take_in
from amends.journal.reads import note_read
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.permissions.engine import may
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import TextField
from amends.ui.formatting import TimeLeft
from amends.ui.parts import Attachment, Tab
from amends.ui.widgets import ManyFilesField
from amends.workspace import paging
from amends.workspace.shielded import Masks, hide_names

Words = str | Promise

BY_DAY = paging.Order("day", (paging.Key("due_at"), paging.Key("id")), written="uid")

#: The lists: mine, of my units, and those that I gave to others.
MINE, UNIT, GIVEN = "mine", "unit", "given"
LABELS = {MINE: _("Asked of me"), UNIT: _("Asked of my unit"), GIVEN: _("Asked by me")}


@dataclass(frozen=True)
class Row:
    """A task in a list. The complaint is named to whoever gave it, and to nobody else."""

    question: str
    who: str
    due: TimeLeft | str
    href: str
    reference: str = ""
    number: int = 0


class TaskAnswerForm(forms.Form):
    """The answer, with files."""

    use_required_attribute = False

    text = TextField(
        label=_("Your answer"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write your answer")},
    )
    attachments = ManyFilesField(label=_("Attach files"), required=False)


@needs(May.ANSWER_TASK)
def tasks(request: StaffVisit) -> HttpResponse:
    """What this person, or their unit, was asked and has not answered; and what they wait for themselves."""
    lists = _lists(request)
    chosen = request.GET.get("of", "")
    chosen = chosen if chosen in lists else MINE
    rows = lists[chosen].select_related("asked_by", "asked_person", "asked_unit", "complaint")
    page = paging.page_of(rows, BY_DAY, request.GET.get("page", ""))
    counts = dict(zip(lists, capped_counts(*lists.values()), strict=True))
    here = f"{reverse('workspace:tasks')}?of={chosen}"
    hide_names(request, [task.complaint for task in page.rows])
    context = {
        "tabs": [_tab(key, counts[key], is_current=key == chosen) for key in lists],
        "rows": [_row(task, request, chosen) for task in page.rows],
        "is_given": chosen == GIVEN,
        "caption": LABELS[chosen],
        "words": ngettext("%(count)s task", "%(count)s tasks", counts[chosen])
        % {"count": formatting.number(counts[chosen])},
        "previous_href": f"{here}&page={page.previous}" if page.previous else "",
        "next_href": f"{here}&page={page.next}" if page.next else "",
    }
    return render(request, "workspace/tasks.html", context)


def _lists(request: StaffVisit) -> dict[str, InvestigationTaskQuerySet]:
    actor = request.actor
    found = {MINE: asked_of(actor).open(), UNIT: asked_of_units_of(actor).open()}
    return {**found, GIVEN: given_by(actor).open()} if may(actor, May.INVESTIGATE) else found


def _tab(key: str, count: int, *, is_current: bool) -> Tab:
    return Tab(LABELS[key], f"{reverse('workspace:tasks')}?of={key}", is_current, formatting.number(count))


def _row(task: InvestigationTask, request: StaffVisit, of: str) -> Row:
    due = formatting.due_day(task.due_at, request.now)
    if of == GIVEN:
        address = reverse("workspace:investigation", kwargs={"reference": task.complaint.reference})
        reference, number = task.complaint.reference, task.number
        return Row(task.question, task.asked_name, due, f"{address}#task-{number}", reference, number)
    return Row(task.question, task.asked_by.name, due, _address(task))


@needs(May.ANSWER_TASK)
def task(request: StaffVisit, uid: UUID) -> HttpResponse:
    """One task: reading it is recorded as a look at the complaint; answering it is the one thing to do here."""
    found = _asked(request, uid)
    if request.method != "POST":
        return _shown(request, found, TaskAnswerForm())
    form = TaskAnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, found, form, status=422)
    if _was_given_already(found, form, request):
        return HttpResponseRedirect(_address(found))
    try:
        files = [take_in(file, keep_original=True, at=request.now) for file in form.cleaned_data["attachments"]]
        answer_task(found, text=form.cleaned_data["text"], files=files, by=request.actor, at=request.now)
    except Refusal as refusal:
        form.add_error("attachments" if refusal.field == "files" else "text", str(refusal.sentence))
        found.refresh_from_db(fields=["state", "answer", "ended_at", "ended_by"])
        return _shown(request, found, form, status=409 if refusal.code == "task_over" else 422)
    messages.success(request, gettext("Thank you. %(name)s is told.") % {"name": found.asked_by.name})
    return HttpResponseRedirect(_address(found))


@needs(May.ANSWER_TASK)
def task_file(request: StaffVisit, uid: UUID, token: str) -> HttpResponseBase:
    """A file that goes along with the question, or came with the answer: always the stripped copy."""
    found = _asked(request, uid)
    file = next((file for file in _files_of(found) if file.token == token), None)
    if file is None:
        raise Http404
    file.name = Masks(request.actor).hides(file.name, found.complaint)
    try:
        return download_response(file)
    except Refusal as refusal:
        raise Http404(str(refusal.sentence)) from refusal


def _asked(request: StaffVisit, uid: UUID) -> InvestigationTask:
    rows = InvestigationTask.objects.filter(uid=uid).select_related(
        "asked_by", "asked_person", "asked_unit", "ended_by", "complaint"
    )
    found = rows.prefetch_related("complaint__walls", "shown_files__file", "answer_files__file").first()
    if found is None or not may(request.actor, May.ANSWER_TASK, found):
        raise Http404
    note_read(found.complaint.subject, by=request.actor, at=request.now, field_group="task")
    return found


def _shown(request: StaffVisit, task: InvestigationTask, form: TaskAnswerForm, *, status: int = 200) -> HttpResponse:
    is_open = task.state == InvestigationTask.State.OPEN and not task.complaint.is_ended
    hide_names(request, [task.complaint])
    context: dict[str, Any] = {
        "task": task,
        "due": formatting.due_day(task.due_at, request.now),
        "files": _attachments(task, [each.file for each in task.shown_files.all()]),
        "answer_files": _attachments(task, [each.file for each in task.answer_files.all()]),
        "is_answered": task.state == InvestigationTask.State.ANSWERED,
        "is_open": is_open,
        "form": form if is_open or form.is_bound else None,
        "complaint_href": _complaint_address(task.complaint, request),
    }
    return render(request, "workspace/task.html", context, status=status)


def _complaint_address(complaint: Complaint, request: StaffVisit) -> str:
    """The way to the complaint for somebody who may read it anyway."""
    if not visible_to(request.actor).filter(pk=complaint.pk).exists():
        return ""
    return reverse("workspace:complaint", kwargs={"reference": complaint.reference})


def _was_given_already(task: InvestigationTask, form: TaskAnswerForm, request: StaffVisit) -> bool:
    """Whether the button was pressed twice."""
    return task.ended_by_id == request.actor.person_id and task.answer == clean_text(form.cleaned_data["text"])


def _files_of(task: InvestigationTask) -> list[StoredFile]:
    return [*(each.file for each in task.shown_files.all()), *(each.file for each in task.answer_files.all())]


def _attachments(task: InvestigationTask, files: Sequence[StoredFile]) -> list[Attachment]:
    return [
        Attachment(file.name, _address(task, file.token), file.stripped_size)
        if file.state == State.CHECKED
        else Attachment(file.name, "", note=State(file.state).label)
        for file in files
    ]


def _address(task: InvestigationTask, token: str = "") -> str:
    if token:
        return reverse("workspace:task_file", kwargs={"uid": task.uid, "token": token})
    return reverse("workspace:task", kwargs={"uid": task.uid})
