"""Something done at once where it cannot be solved yet, and the plan with its days (7.7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import complete_step, take_interim_measure, undo_step
from amends.complaints.actions.take_interim_measure import Planned
from amends.complaints.models import InterimMeasure, PlannedStep, UndoneStep
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import day_field, long_text, today_at
from amends.workspace.complaint.composer import WAYS
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.TAKE_INTERIM_MEASURE,
    title=_("Do something at once"),
    button=_("Save and tell them"),
    said=_("The complainant is told what is done at once, and the plan."),
    intro=_(
        "For what cannot be solved at once. The complainant reads what you do for them until the decision, what comes "
        "next and by which day. Write to them."
    ),
    template="workspace/complaint/interim.html",
)
MOST_STEPS = 3


class InterimForm(StepForm):
    """The measure, and up to three steps with their days."""

    measure = long_text(_("What do we do at once?"), longest=2000, rows=4, missing=_("Write what is done at once"))
    channel = forms.ChoiceField(label=_("How it is told"), choices=WAYS)

    def prepare(self) -> None:
        for number in range(1, MOST_STEPS + 1):
            is_first = number == 1
            self.fields[f"step_{number}"] = LineField(
                label=_("What comes next?") if is_first else _("And then?"),
                max_length=300,
                required=is_first,
                error_messages={"required": _("Say what comes next, and by which day.")},
            )
            day = day_field(_("By which day?"), missing=_("Choose the day"))
            day.required = is_first
            self.fields[f"day_{number}"] = day
        if self.case.complaint.is_anonymous:
            self.choose("channel", WAYS[:1])

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        for number in range(2, MOST_STEPS + 1):
            text, day = cleaned.get(f"step_{number}"), cleaned.get(f"day_{number}")
            if text and not day and f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", _("Choose the day"))
            if day and not text:
                self.add_error(f"step_{number}", _("Say what comes next, and by which day."))
        return cleaned

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each step with its day."""
        return [(self[f"step_{number}"], self[f"day_{number}"]) for number in range(1, MOST_STEPS + 1)]

    @property
    def steps(self) -> list[Planned]:
        """Those that were filled in."""
        given = self.cleaned_data
        found = ((given.get(f"step_{n}"), given.get(f"day_{n}")) for n in range(1, MOST_STEPS + 1))
        return [Planned(text, day) for text, day in found if text and day]


@needs(May.HANDLE)
def interim(request: StaffVisit, reference: str) -> HttpResponse:
    """Write down the measure and tell the complainant."""
    case = opened(request, reference)
    return SCREEN.answer(request, case, InterimForm, _act, then=f"{case.at('investigation')}#interim")


def _act(case: Case, form: InterimForm) -> None:
    given = form.cleaned_data
    take_interim_measure(
        case.complaint,
        measure=given["measure"],
        steps=form.steps,
        channel=given["channel"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


STEP = Screen(
    verb=Verb.COMPLETE_STEP,
    title=_("A step of the plan was taken"),
    button=_("It was done"),
    said=_("It is noted that this step was taken."),
    template="workspace/complaint/planned_step.html",
)


def _step_or_404(case: Case, number: int, step: int) -> PlannedStep:
    rows = PlannedStep.objects.filter(interim__complaint=case.complaint, interim__number=number, number=step)
    found = rows.select_related("done_by").first()
    if found is None:
        raise Http404
    return found


class DoneForm(StepForm):
    """On which day, and how it can be seen."""

    done_on = day_field(_("On which day?"), missing=_("Choose the day"))
    proof = LineField(
        label=_("How can it be seen?"),
        help_text=_("A note, a photo, who was there. You can leave it empty."),
        max_length=500,
        required=False,
    )

    def prepare(self) -> None:
        self.initial["done_on"] = today_at(self.case)


@needs(May.HANDLE)
def planned_step(request: StaffVisit, reference: str, number: int, step: int) -> HttpResponse:
    """Say that it was taken."""
    case = opened(request, reference)
    found = _step_or_404(case, number, step)

    def act(case: Case, form: DoneForm) -> None:
        given = form.cleaned_data
        complete_step(
            case.complaint, number, step, done_on=given["done_on"], proof=given["proof"], by=case.actor, at=case.now
        )

    back = f"{case.at('investigation')}#interim"
    return STEP.answer(request, case, DoneForm, act, lambda _case, _form: {"step": found}, then=back)


UNDOING = Screen(
    verb=Verb.UNDO_STEP,
    title=_("A step was not taken after all"),
    button=_("Open the step again"),
    said=_("The step is open again. What had been noted stays in its history."),
    template="workspace/complaint/undone_step.html",
)


class UndoForm(StepForm):
    """Why it was noted by mistake."""

    reason = LineField(
        label=_("Why was it not taken?"),
        max_length=500,
        error_messages={"required": _("Say why it was not taken.")},
    )


@needs(May.HANDLE)
def undone_step(request: StaffVisit, reference: str, number: int, step: int) -> HttpResponse:
    """Say that it was noted as taken by mistake."""
    case = opened(request, reference)
    found = _step_or_404(case, number, step)

    def act(case: Case, form: UndoForm) -> None:
        undo_step(case.complaint, number, step, reason=form.cleaned_data["reason"], by=case.actor, at=case.now)

    back = f"{case.at('investigation')}#interim"
    return UNDOING.answer(request, case, UndoForm, act, lambda _case, _form: {"step": found}, then=back)


@dataclass(frozen=True)
class StepShown:
    """A step of a plan, whether its day has passed, where it is noted as done or opened again, and what was before."""

    step: PlannedStep
    is_late: bool
    href: str = ""
    undo_href: str = ""
    undone: Sequence[UndoneStep] = ()


@dataclass(frozen=True)
class InterimShown:
    """A measure with the plan that was told."""

    interim: InterimMeasure
    steps: Sequence[StepShown]


def interim_of(case: Case) -> list[InterimShown]:
    """Every measure with its steps, the newest first. Three queries."""
    rows = InterimMeasure.objects.filter(complaint=case.complaint).select_related("person")
    undone = Prefetch("undone", UndoneStep.objects.select_related("done_by", "person").order_by("-id"))
    steps = Prefetch("steps", PlannedStep.objects.select_related("done_by").prefetch_related(undone).order_by("number"))
    today, may_note, may_undo = today_at(case), "complete_step" in case.open_to, "undo_step" in case.open_to

    def shown(row: InterimMeasure, step: PlannedStep) -> StepShown:
        is_open = step.done_at is None
        where = {"number": row.number, "step": step.number}
        return StepShown(
            step,
            is_open and step.due_on < today,
            case.at("planned_step", **where) if is_open and may_note else "",
            case.at("undone_step", **where) if not is_open and may_undo else "",
            list(step.undone.all()),
        )

    return [
        InterimShown(row, [shown(row, step) for step in row.steps.all()])
        for row in rows.prefetch_related(steps).order_by("-number")
    ]


def open_steps(case: Case) -> list[StepShown]:
    """Steps that were promised and not noted as taken, the earliest first, for the complaint's page. One query."""
    rows = PlannedStep.objects.filter(interim__complaint=case.complaint, done_at__isnull=True)
    today = today_at(case)
    return [StepShown(step, step.due_on < today) for step in rows.order_by("due_on", "id")[:MOST_STEPS]]
