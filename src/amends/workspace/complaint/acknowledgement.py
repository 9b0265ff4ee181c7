"""Confirming receipt by a person: by telephone, letter, mail or face to face (7.4)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import acknowledge
from amends.complaints.models import Acknowledgement
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

How = Acknowledgement.How

SCREEN = Screen(
    verb=Verb.ACKNOWLEDGE,
    title=_("Confirm receipt"),
    button=_("Save that receipt is confirmed"),
    said=_("It is recorded that receipt was confirmed."),
    intro=_("Tell the person that we have the complaint, what its reference is and what happens next. Then say how."),
)


class AcknowledgementForm(StepForm):
    """How they were told."""

    how = forms.ChoiceField(
        label=_("How was it confirmed?"),
        choices=[(how.value, how.label) for how in (How.PHONE, How.POST, How.EMAIL, How.IN_PERSON)],
        widget=RadioRows,
        error_messages={"required": _("Choose how receipt was confirmed")},
    )
    note = LineField(label=_("Note"), max_length=500, required=False)


@needs(May.LIST)
def acknowledgement(request: StaffVisit, reference: str) -> HttpResponse:
    """Note that a person confirmed receipt."""
    return SCREEN.answer(request, opened(request, reference), AcknowledgementForm, _act)


def _act(case: Case, form: AcknowledgementForm) -> None:
    given = form.cleaned_data
    acknowledge(case.complaint, how=How(given["how"]), note=given["note"], by=case.actor, at=case.now)
