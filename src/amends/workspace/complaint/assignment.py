"""Who handles the complaint, and in which unit (7.3)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import assign
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.people.models import Person, Unit
from amends.ui.access import StaffVisit, needs
from amends.workspace import tree
from amends.workspace.complaint.choices import offered_in
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.ASSIGN,
    title=_("Assign"),
    button=_("Save assignment"),
    said=_("The assignment is saved. A new handler is told by mail."),
    template="workspace/complaint/assignment.html",
)


class RoutedForm(StepForm):
    """A form with a unit and its handlers. Whoever is walled off from the complaint is not among them."""

    def offer_handlers(self, nobody: str) -> None:
        """Fill both lists; the handlers are those of the unit that is chosen."""
        lead = self.case.complaint.lead_unit
        self.units: dict[str, Unit] = {str(unit.pk): unit for unit in Unit.objects.open()}
        self.choose("unit", tree.choices(list(self.units.values())))
        self.initial.update({"unit": str(lead.pk), "handler": str(self.case.complaint.handler_id or "")})
        self.handlers: dict[str, Person]
        self.handlers, offered = offered_in(self.case, self.units.get(self.answered("unit"), lead))
        self.choose("handler", [("", nobody), *offered])


class AssignmentForm(RoutedForm):
    """Unit and handler."""

    unit = forms.ChoiceField(label=_("Unit"))
    handler = forms.ChoiceField(
        label=_("Handler"),
        required=False,
        error_messages={"invalid_choice": _("Choose somebody who handles complaints of this unit")},
    )

    def prepare(self) -> None:
        self.offer_handlers(str(_("Nobody: the unit gives it to somebody")))


@needs(May.ASSIGN)
def assignment(request: StaffVisit, reference: str) -> HttpResponse:
    """Give it to a handler, or back to a unit."""
    return SCREEN.answer(request, opened(request, reference), AssignmentForm, _act)


def _act(case: Case, form: AssignmentForm) -> None:
    given = form.cleaned_data
    assign(
        case.complaint,
        form.handlers.get(given["handler"]),
        unit=form.units[given["unit"]],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )
