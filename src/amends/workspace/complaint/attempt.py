"""An attempt to reach a complainant who does not answer (7.9)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import attempt_contact
from amends.complaints.models import ContactAttempt
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import SPOKEN
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.ATTEMPT_CONTACT,
    title=_("Log an attempt to reach them"),
    button=_("Save the attempt"),
    said=_("The attempt is logged."),
    intro=_("Silence is not acceptance: a complaint is closed for it only after repeated attempts."),
    template="workspace/complaint/attempt.html",
)


class AttemptForm(StepForm):
    """How it was tried."""

    channel = forms.ChoiceField(
        label=_("How did you try?"),
        choices=SPOKEN,
        widget=RadioRows,
        error_messages={"required": _("Choose how you tried")},
    )
    note = LineField(label=_("Note"), help_text=_("For example: no reply at 10:15."), max_length=500, required=False)


@needs(May.HANDLE)
def attempts(request: StaffVisit, reference: str) -> HttpResponse:
    """Log one attempt; the earlier ones stand below."""
    return SCREEN.answer(request, opened(request, reference), AttemptForm, _act, _look)


def _act(case: Case, form: AttemptForm) -> None:
    given = form.cleaned_data
    attempt_contact(case.complaint, channel=given["channel"], note=given["note"], by=case.actor, at=case.now)


def _look(case: Case, form: AttemptForm) -> dict[str, object]:
    rows = ContactAttempt.objects.filter(complaint=case.complaint).select_related("person")
    return {"attempts": rows.order_by("-at", "-id")[:20]}
