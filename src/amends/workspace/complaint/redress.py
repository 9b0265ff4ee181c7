"""Beginning a redress for others from the complaint that showed it (annex F)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import open_redress
from amends.complaints.actions.open_redress import Redress
from amends.complaints.models import RedressProject
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.complaint.choices import day_field, handlers_for, long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.OPEN_REDRESS,
    title=_("Put it right for others too"),
    button=_("Begin"),
    said=_("The redress is begun. It stands under Oversight, Redress."),
    intro=_("Others may have suffered the same and said nothing. Say who they are, and what they get."),
    template="workspace/complaint/redress.html",
)


class RedressForm(StepForm):
    """Who else, how they are found, what they get, by when, and who sees to it."""

    title = LineField(label=_("Name"), max_length=160, error_messages={"required": _("Give it a name in a few words.")})
    population = long_text(_("Who else may be affected"), longest=4000, rows=3, missing=_("Say who may be affected"))
    how_found = long_text(_("How they are found"), longest=4000, rows=2, missing=_("Say how they are found"))
    people = forms.IntegerField(
        label=_("How many there are"),
        help_text=_("Leave it empty while nobody has counted."),
        required=False,
        min_value=1,
        max_value=10**9 - 1,
    )
    remedy = long_text(_("What they get"), longest=4000, rows=2, missing=_("Say what they get"))
    due_on = day_field(_("By when"), missing=_("Enter the day by which it will be done"))
    owner = forms.ChoiceField(label=_("Who sees to it"), error_messages=NOT_OFFERED)

    def prepare(self) -> None:
        self.people_offered = handlers_for(self.case, self.case.complaint.lead_unit)
        self.choose("owner", [("", _("Choose one")), *((key, p.name) for key, p in self.people_offered.items())])

    @property
    def plan(self) -> Redress:
        """The answers as the verb takes them."""
        given: dict[str, Any] = self.cleaned_data
        names = ("title", "population", "how_found", "people", "remedy", "due_on")
        return Redress(owner=self.people_offered[given["owner"]], **{name: given[name] for name in names})


@needs(May.REDRESS)
def redress(request: StaffVisit, reference: str) -> HttpResponse:
    """The form, with what was begun from this complaint already."""
    return SCREEN.answer(request, opened(request, reference), RedressForm, _act, _look)


def _act(case: Case, form: RedressForm) -> None:
    open_redress(case.complaint, form.plan, by=case.actor, at=case.now)


def _look(case: Case, form: RedressForm) -> dict[str, object]:
    return {"begun": redress_of(case)}


def redress_of(case: Case) -> list[tuple[str, RedressProject]]:
    """What was begun from a complaint, with where it stands."""
    rows = RedressProject.objects.filter(complaint=case.complaint).order_by("number")
    return [(reverse("workspace:redress_project", args=[row.number]), row) for row in rows]
