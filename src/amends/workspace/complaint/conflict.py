"""Declaring a conflict of interest: one's own, or that of somebody else by the management representative."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import declare_conflict
from amends.complaints.models import Wall
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.people.models import Person
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.DECLARE_CONFLICT,
    title=_("Declare a conflict of interest"),
    button=_("Declare the conflict"),
    said=_("The conflict is recorded. This person cannot reach the complaint any more."),
    intro=_(
        "Say so when somebody could not be impartial: family, friends, money, an own part in the matter. From now on "
        "this person cannot open, find or count the complaint; if they handle it, it goes to somebody else."
    ),
    kind="danger",
)


class ConflictForm(StepForm):
    """Whose conflict, and what it is."""

    whose = forms.ChoiceField(label=_("Who has the conflict?"), error_messages={"required": _("Choose a person")})
    reason = LineField(
        label=_("What is the conflict?"),
        help_text=_("A sentence, such as: the complainant is my neighbour."),
        max_length=500,
        error_messages={"required": _("Say what the conflict is.")},
    )

    def prepare(self) -> None:
        actor = self.case.actor
        people = Person.objects.filter(is_active=True).order_by("name", "id")
        if not may(actor, May.KEEP_WALLS, self.case.complaint):
            people = people.filter(pk=actor.person_id)
        walled = Wall.objects.filter(complaint=self.case.complaint).values("person_id")
        self.people = {str(person.pk): person for person in people.exclude(pk__in=walled)}
        me = str(actor.person_id)
        others = [(key, person.name) for key, person in self.people.items() if key != me]
        self.choose("whose", [*([(me, _("I have"))] if me in self.people else []), *others])
        self.initial["whose"] = me


@needs(May.DECLARE_CONFLICT)
def conflict(request: StaffVisit, reference: str) -> HttpResponse:
    """Whoever declares their own is led to the queue: the wall stands at once."""
    return SCREEN.answer(request, opened(request, reference), ConflictForm, _act)


def _act(case: Case, form: ConflictForm) -> None:
    person = form.people[form.cleaned_data["whose"]]
    reason = form.cleaned_data["reason"]
    declare_conflict(case.complaint, person, reason=reason, by=case.actor, at=case.now, seen=form.version)
