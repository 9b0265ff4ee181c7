"""Earlier complaints of the same person: the link to a contact, suggested by equal addresses, made by a person."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import link_contact, unlink_contact
from amends.complaints.contacts import JOINED, suggested
from amends.complaints.models import Contact, Party
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.contact_links import joinable
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm, refused
from amends.workspace.naming import name_of_contact

NEW = "new"

LINKING = Screen(
    verb=Verb.LINK_CONTACT,
    title=gettext_lazy("Earlier complaints of this person"),
    button=gettext_lazy("Link"),
    said=gettext_lazy("The complaint is linked. What stands in it stays as it is."),
    intro=gettext_lazy(
        "The same e-mail address or telephone number suggests the same person; families share them. Link only what you "
        "are sure of. A link can be cut again."
    ),
)
UNLINKING = Screen(
    verb=Verb.UNLINK_CONTACT,
    title=gettext_lazy("Not the same person"),
    button=gettext_lazy("Cut the link"),
    said=gettext_lazy("The link is cut."),
    intro=gettext_lazy("The complaint is no longer shown with those of this person. Nothing else changes."),
)


class LinkForm(StepForm):
    """Whose part, and with whom. Offered are people with the same addresses, and somebody new."""

    contact = forms.ChoiceField(
        label=gettext_lazy("Who is it?"),
        widget=RadioRows,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose who it is")),
    )

    def prepare(self) -> None:
        self.offered: dict[str, tuple[str, Contact | None]] = {}
        choices = []
        for role in JOINED:
            party = self.case.parties.get(role)
            if party is None or not party.name or party.contact_id is not None:
                continue
            for found in suggested(party, self.case.actor):
                key = f"{role}-{name_of_contact(found).hex}"
                self.offered[key] = (role, found)
                choices.append((key, _("%(name)s is %(known)s, known already") % _names(party, found)))
            key = f"{role}-{NEW}"
            self.offered[key] = (role, None)
            choices.append((key, _("%(name)s is not known yet: keep a new contact") % {"name": party.name}))
        self.choose("contact", choices)
        if len(choices) == 1:
            self.initial["contact"] = choices[0][0]


class NothingForm(StepForm):
    """Nothing to answer: one button."""


def _names(party: Party, found: Contact) -> dict[str, str]:
    return {"name": party.name, "known": found.name}


@needs(May.KEEP_PEOPLE)
def contact(request: StaffVisit, reference: str) -> HttpResponse:
    """Link one of the people of the complaint. Whoever is anonymous or shielded is never linked."""
    case = opened(request, reference)
    if not joinable(case):
        sentence = _("Nobody of this complaint can be linked: they are linked already, have no name, or stay unnamed.")
        return refused(request, case, LINKING.title, Refusal("nobody_to_link", sentence))
    return LINKING.answer(request, case, LinkForm, _link)


@needs(May.KEEP_PEOPLE)
def unlinking(request: StaffVisit, reference: str, role: str) -> HttpResponse:
    """Cut a link after asking."""
    case = opened(request, reference)

    def act(case: Case, form: NothingForm) -> None:
        unlink_contact(case.complaint, role, by=case.actor, at=case.now)

    return UNLINKING.answer(request, case, NothingForm, act)


def _link(case: Case, form: LinkForm) -> None:
    role, found = form.offered[form.cleaned_data["contact"]]
    link_contact(case.complaint, role, found, by=case.actor, at=case.now)
