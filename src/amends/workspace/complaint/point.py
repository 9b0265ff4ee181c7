"""Another point that the complaint raises, so that it gets its own finding and answer (7.2)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import add_issue
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import category_choices
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.ADD_ISSUE,
    title=_("Add a point"),
    button=_("Add the point"),
    said=_("The point is added."),
    intro=_("Every point of a complaint gets its own finding and its own answer."),
)


class PointForm(StepForm):
    """What the point is about."""

    summary = LineField(
        label=_("In a few words"),
        max_length=300,
        error_messages={"required": _("Say in a few words what this point is about")},
    )
    category = forms.ChoiceField(label=_("Category"), required=False)

    def prepare(self) -> None:
        choices, self.categories = category_choices()
        self.choose("category", choices)


@needs(May.ASSESS)
def points(request: StaffVisit, reference: str) -> HttpResponse:
    """Add a point that the complainant raised."""
    case = opened(request, reference)
    return SCREEN.answer(request, case, PointForm, _act, then=case.at("investigation"))


def _act(case: Case, form: PointForm) -> None:
    given = form.cleaned_data
    category = form.categories.get(given["category"])
    add_issue(
        case.complaint, summary=given["summary"], category=category, by=case.actor, at=case.now, seen=form.version
    )
