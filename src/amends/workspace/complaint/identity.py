"""How to reach the people of a complaint: asked why, recorded, and shown on this one answer (4.10)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import reveal_identity
from amends.complaints.actions.reveal_identity import REASONS
from amends.complaints.models import Party
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise

SCREEN = Screen(
    verb=Verb.REVEAL_IDENTITY,
    title=gettext_lazy("Contact details"),
    button=gettext_lazy("Show contact details"),
    said=gettext_lazy("It is recorded that you looked."),
    intro=gettext_lazy("It is recorded who looked at them, when and why."),
    template="workspace/complaint/identity.html",
)


@dataclass(frozen=True)
class Contact:
    """A person with every way to reach them that is known."""

    role: Words
    name: str
    lines: Sequence[tuple[Words, str]]


class IdentityForm(StepForm):
    """Why they are needed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you need them?"),
        choices=list(REASONS.items()),
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Say why you need them")},
    )


@needs(May.LIST)
def identity(request: StaffVisit, reference: str) -> HttpResponse:
    """Ask why, and then show; nothing of it stays in an address."""
    case = opened(request, reference)
    shown: list[Party] = []

    def act(case: Case, form: IdentityForm) -> None:
        shown.extend(reveal_identity(case.complaint, reason=form.cleaned_data["reason"], by=case.actor, at=case.now))

    response = SCREEN.answer(request, case, IdentityForm, act)
    if not shown:
        return response
    form = IdentityForm(request=request, case=case)
    return SCREEN.shown(request, case, form, contacts=[_contact(party) for party in shown])


def _contact(party: Party) -> Contact:
    lines: list[tuple[Words, str]] = [
        (_("E-mail"), party.email),
        (_("Telephone"), party.phone),
        (_("Address"), party.address),
        (_("Safe way to reach them"), party.safe_contact),
        (_("Relation"), party.relation),
    ]
    known = [(label, value) for label, value in lines if value]
    return Contact(Party.Role(party.role).label, party.name, known)
