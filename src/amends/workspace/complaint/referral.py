"""A complaint that went to an outside body, and what that body decided (7.9)."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import record_result, refer
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import day_field, long_text, today_at
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

REFERRING = Screen(
    verb=Verb.REFER,
    title=_("Note an outside body"),
    button=_("Save the outside body"),
    said=_("It is noted that an outside body has the complaint."),
    intro=_("Our clocks stop. The complaint is watched until the outside body has decided."),
)
RESULT = Screen(
    verb=Verb.RECORD_RESULT,
    title=_("Record what the outside body decided"),
    button=_("Save the result"),
    said=_("The result is recorded."),
)


class ReferralForm(StepForm):
    """Which body, since when."""

    body = LineField(
        label=_("Name of the outside body"),
        max_length=200,
        error_messages={"required": _("Enter the name of the outside body")},
    )
    referred_on = day_field(_("Since when"), missing=_("Enter the day since which they have it"))
    their_reference = LineField(label=_("Their number"), max_length=80, required=False)

    def prepare(self) -> None:
        self.initial["referred_on"] = today_at(self.case)


class ResultForm(StepForm):
    """What they decided."""

    result = long_text(_("What was decided?"), longest=10_000, missing=_("Write what was decided"))


@needs(May.HANDLE)
def referral(request: StaffVisit, reference: str) -> HttpResponse:
    """Note where the complainant went."""
    return REFERRING.answer(request, opened(request, reference), ReferralForm, _refer)


def _refer(case: Case, form: ReferralForm) -> None:
    given = form.cleaned_data
    refer(
        case.complaint,
        body=given["body"],
        referred_on=given["referred_on"],
        their_reference=given["their_reference"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


@needs(May.HANDLE)
def result(request: StaffVisit, reference: str) -> HttpResponse:
    """Write down what the outside body decided."""
    return RESULT.answer(request, opened(request, reference), ResultForm, _record)


def _record(case: Case, form: ResultForm) -> None:
    text = form.cleaned_data["result"]
    record_result(case.complaint, result=text, by=case.actor, at=case.now, seen=form.version)
