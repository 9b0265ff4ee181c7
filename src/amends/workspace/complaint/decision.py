"""What the complainant answered to the decision, by telephone or letter, written down by staff (7.9)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import accept, reject
from amends.complaints.models import Answer
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import SPOKEN, long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.ACCEPT,
    title=_("Record their answer to the decision"),
    button=_("Save the answer"),
    said=_("The answer is recorded."),
    intro=_("Only what they said themselves. Silence is not acceptance."),
)


class AnswerForm(StepForm):
    """What they said, and how."""

    says = forms.ChoiceField(
        label=_("What did they say?"),
        choices=[(Answer.Says.ACCEPTS, _("They accept the decision")), (Answer.Says.REJECTS, _("They do not agree"))],
        widget=RadioRows,
        error_messages={"required": _("Choose what they said")},
    )
    channel = forms.ChoiceField(
        label=_("How did they say it?"),
        choices=SPOKEN,
        widget=RadioRows,
        error_messages={"required": _("Choose how they said it")},
    )
    reason = long_text(
        _("Why they do not agree"),
        hint=_("In their words, if they gave a reason."),
        longest=10_000,
        rows=4,
        is_required=False,
    )


@needs(May.ANSWER)
def decision(request: StaffVisit, reference: str) -> HttpResponse:
    """Write their answer down."""
    return SCREEN.answer(request, opened(request, reference), AnswerForm, _act)


def _act(case: Case, form: AnswerForm) -> None:
    given = form.cleaned_data
    if given["says"] == Answer.Says.ACCEPTS:
        accept(case.complaint, channel=given["channel"], by=case.actor, at=case.now, seen=form.version)
        return
    reject(
        case.complaint,
        reason=given["reason"],
        channel=given["channel"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )
