"""Naming the member of staff who is complained about, which walls them off (annex D)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import name_subject
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.people.models import Person
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.NAME_SUBJECT,
    title=_("Name the person complained about"),
    button=_("Name this person"),
    said=_("The person is named. They, their manager and their reports cannot reach the complaint any more."),
    intro=_(
        "From now on this person, their direct manager and those who report to them cannot open, find or count this "
        "complaint. If one of them handles it, it goes back to the unit."
    ),
    kind="danger",
)


class SubjectForm(StepForm):
    """Who it is about."""

    subject = forms.ChoiceField(label=_("Member of staff"), error_messages={"required": _("Choose a person")})

    def prepare(self) -> None:
        people = Person.objects.filter(is_active=True).order_by("name", "id")
        self.people = {str(person.pk): person for person in people}
        self.choose("subject", [("", _("Choose one")), *((key, person.name) for key, person in self.people.items())])


@needs(May.NAME_SUBJECT)
def subject(request: StaffVisit, reference: str) -> HttpResponse:
    """Name somebody. Whoever names themselves or their manager is led to the queue: the wall stands at once."""
    return SCREEN.answer(request, opened(request, reference), SubjectForm, _act)


def _act(case: Case, form: SubjectForm) -> None:
    person = form.people[form.cleaned_data["subject"]]
    name_subject(case.complaint, person, by=case.actor, at=case.now, seen=form.version)
