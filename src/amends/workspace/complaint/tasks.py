"""Tasks as the complaint shows them: whom we asked what, until when, what came back; asking and cancelling (7.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import cancel_task, give_task
from amends.complaints.actions.give_task import Errand
from amends.complaints.models import InvestigationTask, Issue
from amends.complaints.own_files import files_of
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.people.models import Person, Unit
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.formatting import TimeLeft
from amends.ui.parts import Attachment
from amends.ui.widgets import CheckboxRows
from amends.workspace.complaint.attachments import attachment_of
from amends.workspace.complaint.choices import Choice, day_field, long_text, today_at
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm
from amends.workspace.tree import in_order

#: How long somebody has unless another day is chosen.
USUAL_TIME = timedelta(days=7)

GIVING = Screen(
    verb=Verb.GIVE_TASK,
    title=_("Ask somebody to help"),
    button=_("Ask"),
    said=_("They are told by mail. The answer appears here."),
    intro=_(
        "Whoever you ask sees your question and the files that you choose, and nothing else of the complaint. Do not "
        "write the reference or names that they need not know."
    ),
)
CANCELLING = Screen(
    verb=Verb.CANCEL_TASK,
    title=_("Cancel a task"),
    button=_("Cancel this task"),
    said=_("The task is cancelled. Whoever was asked is told."),
    template="workspace/complaint/task_cancellation.html",
    kind="danger",
)


@dataclass(frozen=True)
class TaskShown:
    """A task with its files, and how it stands now."""

    task: InvestigationTask
    due: TimeLeft | str
    is_open: bool
    is_late: bool
    shown: Sequence[Attachment] = ()
    answered_with: Sequence[Attachment] = ()
    cancel_href: str = ""


class TaskForm(StepForm):
    """Whom we ask, what, until when, and what they are shown."""

    asked = forms.ChoiceField(
        label=_("Person or unit"),
        help_text=_("Of a unit anybody who works there can answer. Nobody behind a wall is offered or told."),
        error_messages={"required": _("Choose a person or a unit")},
    )
    question = long_text(_("What do you ask?"), longest=4000, missing=_("Write what you ask"))
    point = forms.ChoiceField(label=_("About which point?"), required=False)
    due_on = day_field(_("Answer by"), missing=_("Choose the day by which you need the answer"))
    shown = forms.MultipleChoiceField(
        label=_("Files that they may see"),
        help_text=_("The copy without hidden traces of who made it. Nothing is shown unless you choose it."),
        required=False,
        widget=CheckboxRows,
    )

    def prepare(self) -> None:
        complaint = self.case.complaint
        people = Person.objects.filter(is_active=True).exclude(walled_off_from__complaint=complaint)
        self.people = {f"person-{person.pk}": person for person in people.order_by("name", "id")}
        self.units = {f"unit-{unit.pk}": unit for unit in in_order(list(Unit.objects.open()))}
        self.choose("asked", self._asked_choices())
        issues = Issue.objects.filter(complaint=complaint).order_by("number")
        self.issues = {str(issue.number): issue for issue in issues}
        self.choose(
            "point",
            [("", _("The whole complaint")), *((key, f"{key}: {issue.summary}") for key, issue in self.issues.items())],
        )
        self.own_files = {file.token: file for file in files_of(complaint).distinct().order_by("id")}
        self.choose("shown", [(token, file.name) for token, file in self.own_files.items()])
        if not self.own_files:
            del self.fields["shown"]
        self.initial["due_on"] = today_at(self.case) + USUAL_TIME

    def _asked_choices(self) -> list[Choice]:
        me = f"person-{self.case.actor.person_id}"
        people = [(key, person.name) for key, person in self.people.items() if key != me]
        units = [(key, unit.name) for key, unit in self.units.items()]
        return [("", _("Choose one")), (_("People"), people), (_("Units"), units)]

    @property
    def errand(self) -> Errand:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return Errand(
            question=given["question"],
            due_on=given["due_on"],
            person=self.people.get(given["asked"]),
            unit=self.units.get(given["asked"]),
            issue=self.issues.get(given["point"]),
            files=[self.own_files[token] for token in given.get("shown", ())],
        )


class CancellationForm(StepForm):
    """Why."""

    reason = LineField(
        label=_("Reason"),
        max_length=500,
        error_messages={"required": _("Say why the answer is not needed any more.")},
    )


@needs(May.INVESTIGATE)
def tasks(request: StaffVisit, reference: str) -> HttpResponse:
    """Ask a person or a unit."""
    case = opened(request, reference)
    return GIVING.answer(request, case, TaskForm, _give, then=f"{case.at('investigation')}#tasks")


def _give(case: Case, form: TaskForm) -> None:
    give_task(case.complaint, form.errand, by=case.actor, at=case.now, seen=form.version)


@needs(May.INVESTIGATE)
def cancellation(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Take a question back."""
    case = opened(request, reference)
    task = (
        InvestigationTask.objects.filter(complaint=case.complaint, number=number)
        .select_related("asked_person", "asked_unit")
        .first()
    )
    if task is None:
        raise Http404

    def act(case: Case, form: CancellationForm) -> None:
        task.complaint = case.complaint
        cancel_task(task, reason=form.cleaned_data["reason"], by=case.actor, at=case.now)

    def look(case: Case, form: CancellationForm) -> dict[str, object]:
        return {"task": task}

    return CANCELLING.answer(request, case, CancellationForm, act, look, then=case.at("investigation"))


def tasks_of(case: Case) -> list[TaskShown]:
    """Every task of a complaint, the newest first. Three queries however many there are."""
    rows = InvestigationTask.objects.filter(complaint=case.complaint).select_related(
        "asked_by", "asked_person", "asked_unit", "ended_by", "issue"
    )
    found = rows.prefetch_related("shown_files__file", "answer_files__file").order_by("-number")
    return [
        _shown(
            task,
            case,
            shown=[attachment_of(each.file, case) for each in task.shown_files.all()],
            answered_with=[attachment_of(each.file, case) for each in task.answer_files.all()],
        )
        for task in found
    ]


def open_tasks_of(case: Case) -> list[TaskShown]:
    """What is not answered yet, the most urgent first, for the side of every tab. One query."""
    rows = (
        InvestigationTask.objects.filter(complaint=case.complaint).open().select_related("asked_person", "asked_unit")
    )
    return [_shown(task, case) for task in rows.order_by("due_at", "id")]


def _shown(
    task: InvestigationTask, case: Case, *, shown: Sequence[Attachment] = (), answered_with: Sequence[Attachment] = ()
) -> TaskShown:
    is_open = task.state == InvestigationTask.State.OPEN and not case.complaint.is_ended
    may_cancel = is_open and "cancel_task" in case.open_to
    return TaskShown(
        task=task,
        due=formatting.due_day(task.due_at, case.now),
        is_open=is_open,
        is_late=is_open and task.due_at < case.now,
        shown=shown,
        answered_with=answered_with,
        cancel_href=case.at("task_cancellation", number=task.number) if may_cancel else "",
    )
