"""Verifying the proofs of what was promised, by somebody who did not give them (7.9)."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import verify_remedies
from amends.complaints.models import Remedy
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.remedies import all_shown, remedies_of
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.VERIFY_REMEDIES,
    title=_("Check the proofs"),
    button=_("All proofs are right"),
    said=_("The remedies are verified."),
    intro=_("Look at each proof. If one is not right, write a note to the handler instead."),
    template="workspace/complaint/verification.html",
)


@needs(May.VERIFY)
def verification(request: StaffVisit, reference: str) -> HttpResponse:
    """Every proof on one page, and one button."""
    return SCREEN.answer(request, opened(request, reference), StepForm, _act, _look)


def _act(case: Case, form: StepForm) -> None:
    verify_remedies(case.complaint, by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: StepForm) -> dict[str, object]:
    done = [remedy for remedy in remedies_of(case.complaint) if remedy.state == Remedy.State.DONE]
    own = any(remedy.proved_by_id == case.actor.person_id for remedy in done)
    return {
        "remedies": all_shown(done, case),
        "is_barred": own and not case.organisation.is_small,
        "is_alone": own and case.organisation.is_small,
    }
