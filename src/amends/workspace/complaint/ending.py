"""Three ways in which a complaint ends early or comes back: out of scope, withdrawn, reopened."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import reopen, rule_out, withdraw
from amends.complaints.models import ScopeDecision
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.current import own_name
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCOPE = Screen(
    verb=Verb.RULE_OUT,
    title=_("Say that it is out of scope"),
    button=_("Tell them and close"),
    said=_("The complainant is told where the matter belongs."),
    intro=_("The complaint ends here. The text below is sent to the complainant at once."),
    kind="danger",
)
WITHDRAWAL = Screen(
    verb=Verb.WITHDRAW,
    title=_("Record a withdrawal"),
    button=_("Record the withdrawal"),
    said=_("The withdrawal is recorded."),
    intro=_("Only when the complainant asked for it. What was promised is not owed any more; it can be reopened."),
    kind="danger",
)
REOPENING = Screen(
    verb=Verb.REOPEN,
    title=_("Reopen"),
    button=_("Reopen the complaint"),
    said=_("The complaint is open again. A new decision is owed from today on."),
)


class ScopeForm(StepForm):
    """Why it is not ours, and whose it is."""

    reason = forms.ChoiceField(
        label=_("Why is it out of scope?"),
        choices=ScopeDecision.Reason.choices,
        widget=RadioRows,
        error_messages={"required": _("Choose why it is out of scope")},
    )
    where_to_go = long_text(
        _("What they are told: where can they go?"),
        longest=4000,
        missing=_("Write where they can go"),
    )

    def prepare(self) -> None:
        language = own_name(self.case.complaint.language)
        self.fields["where_to_go"].help_text = _("Write in their language: %(language)s.") % {"language": language}


class WithdrawalForm(StepForm):
    """Why they do not want to go on, if they said so."""

    reason = long_text(_("What they said"), longest=4000, rows=4, is_required=False)


class ReopeningForm(StepForm):
    """Why it is taken up again."""

    reason = long_text(_("Why is it taken up again?"), longest=4000, missing=_("Write why it is taken up again"))


@needs(May.ASSESS)
def scope(request: StaffVisit, reference: str) -> HttpResponse:
    """End it because it belongs elsewhere."""
    return SCOPE.answer(request, opened(request, reference), ScopeForm, _rule_out)


def _rule_out(case: Case, form: ScopeForm) -> None:
    given = form.cleaned_data
    rule_out(
        case.complaint,
        reason=ScopeDecision.Reason(given["reason"]),
        where_to_go=given["where_to_go"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


@needs(May.WITHDRAW)
def withdrawal(request: StaffVisit, reference: str) -> HttpResponse:
    """End it at the complainant's wish."""
    return WITHDRAWAL.answer(request, opened(request, reference), WithdrawalForm, _withdraw)


def _withdraw(case: Case, form: WithdrawalForm) -> None:
    withdraw(case.complaint, reason=form.cleaned_data["reason"], by=case.actor, at=case.now, seen=form.version)


@needs(May.REOPEN)
def reopening(request: StaffVisit, reference: str) -> HttpResponse:
    """Begin another round."""
    return REOPENING.answer(request, opened(request, reference), ReopeningForm, _reopen)


def _reopen(case: Case, form: ReopeningForm) -> None:
    reopen(case.complaint, reason=form.cleaned_data["reason"], by=case.actor, at=case.now, seen=form.version)
