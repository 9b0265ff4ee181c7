"""Taking over a complaint that came from another system and is still open: its clocks start now."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import take_over
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.TAKE_OVER,
    title=_("Take over"),
    button=_("Take it over"),
    said=_("You handle this complaint now, and its clocks run."),
    intro=_("You become its handler, and a decision is owed from this moment on."),
)


@needs(May.TAKE_OVER)
def takeover(request: StaffVisit, reference: str) -> HttpResponse:
    """Ask, and then start the clocks."""
    return SCREEN.answer(request, opened(request, reference), StepForm, _act)


def _act(case: Case, form: StepForm) -> None:
    take_over(case.complaint, by=case.actor, at=case.now, seen=form.version)
