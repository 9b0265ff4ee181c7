"""Saying that the priority of a complaint was wrong (7.5)."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import mark_wrong_priority
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.MARK_WRONG_PRIORITY,
    title=_("Say that the priority was wrong"),
    button=_("Save"),
    said=_("It is noted that the priority was wrong."),
    intro=_(
        "This changes nothing about how it is handled now: assess again for that. It is counted, so that the "
        "organisation learns which complaints it ranks too low or too high."
    ),
)


class WrongPriorityForm(StepForm):
    """Why."""

    reason = LineField(
        label=_("Why was the priority wrong?"),
        max_length=500,
        error_messages={"required": _("Say why the priority was wrong.")},
    )


@needs(May.MARK_PRIORITY)
def wrong_priority(request: StaffVisit, reference: str) -> HttpResponse:
    """Once for each assessment."""

    def act(case: Case, form: WrongPriorityForm) -> None:
        mark_wrong_priority(case.complaint, reason=form.cleaned_data["reason"], by=case.actor, at=case.now)

    return SCREEN.answer(request, opened(request, reference), WrongPriorityForm, act)
