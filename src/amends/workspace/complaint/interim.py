"""Something done at once where it cannot be solved yet, and the plan with its days (7.7)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import take_interim_measure
from amends.complaints.actions.take_interim_measure import Planned
from amends.complaints.models import InterimMeasure
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import day_field, long_text
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


def interim_of(case: Case) -> list[InterimMeasure]:
    """Every measure with its steps, the newest first. Two queries."""
    rows = InterimMeasure.objects.filter(complaint=case.complaint).select_related("person")
    return list(rows.prefetch_related("steps").order_by("-number"))
