"""A new access code for a complainant who lost theirs: shown once, on a page that is never kept."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import renew_access_code
from amends.complaints.actions.renew_access_code import CHECKS
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.header import crumbs_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.RENEW_ACCESS_CODE,
    title=_("Give a new access code"),
    button=_("Make a new access code"),
    said=_("The new access code is made. The old one does not work any more."),
    intro=_("Make sure first who is asking. The old code stops working at once; the new one is shown a single time."),
)


class AccessCodeForm(StepForm):
    """How it was made sure who asks."""

    check = forms.ChoiceField(
        label=_("How did you make sure who is asking?"),
        choices=list(CHECKS.items()),
        widget=RadioRows,
        error_messages={"required": _("Say how you made sure who is asking")},
    )


@needs(May.HANDLE)
def access_code(request: StaffVisit, reference: str) -> HttpResponse:
    """Make a new code; it stands in the answer and nowhere else."""
    case = opened(request, reference)
    made: list[str] = []

    def act(case: Case, form: AccessCodeForm) -> None:
        check = form.cleaned_data["check"]
        made.append(renew_access_code(case.complaint, check=check, by=case.actor, at=case.now, seen=form.version))

    response = SCREEN.answer(request, case, AccessCodeForm, act)
    if not made:
        return response
    crumbs = crumbs_of(case, reverse("workspace:complaints"), here=SCREEN.title)
    return render(request, "workspace/complaint/access_code.html", {"case": case, "code": made[0], "crumbs": crumbs})
