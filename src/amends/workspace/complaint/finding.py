"""Recording what was found on one point: result, reasons, facts, cause, and whether both sides were heard."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import record_finding
from amends.complaints.actions.record_finding import Conclusion
from amends.complaints.models import Finding
from amends.complaints.next_step import Point, points_of
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.framework.models import Cause
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.RECORD_FINDING,
    title=_("Record a finding"),
    button=_("Save finding"),
    said=_("The finding is saved."),
    template="workspace/complaint/finding.html",
)


class FindingForm(StepForm):
    """One plain form. What was found last stands in it, so that a correction starts from there."""

    result = forms.ChoiceField(
        label=_("What did you find?"),
        choices=Finding.Result.choices,
        widget=RadioRows,
        error_messages={"required": _("Choose what you found")},
    )
    reasons = long_text(
        _("Reasons"),
        hint=_("Why you come to this result. The response is written from it."),
        longest=10_000,
        missing=_("Write the reasons"),
    )
    facts = long_text(
        _("Facts and evidence"),
        hint=_("What you looked at, asked or measured."),
        longest=10_000,
        rows=4,
        is_required=False,
    )
    cause = forms.ChoiceField(
        label=_("Cause"), help_text=_("Needed where we were wrong, wholly or in part."), required=False
    )
    complainant_heard = forms.BooleanField(label=_("The complainant was heard on this point"), required=False)
    other_side_heard = forms.BooleanField(label=_("The other side was heard on this point"), required=False)

    def prepare(self) -> None:
        self.causes = {cause.code: cause for cause in Cause.objects.in_use().in_order()}
        self.choose("cause", [("", _("Choose one")), *((code, str(cause)) for code, cause in self.causes.items())])
        finding = _point(self.case, self.number).finding
        if finding is not None:
            self.initial.update(
                {
                    "result": finding.result,
                    "reasons": finding.reasons,
                    "facts": finding.facts,
                    "cause": finding.cause.code if finding.cause else "",
                    "complainant_heard": finding.complainant_heard,
                    "other_side_heard": finding.other_side_heard,
                }
            )


@needs(May.INVESTIGATE)
def finding(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """The form for one point; saving again makes a new version."""
    case = opened(request, reference)
    point = _point(case, number)

    def act(case: Case, form: FindingForm) -> None:
        given = form.cleaned_data
        conclusion = Conclusion(
            result=Finding.Result(given["result"]),
            reasons=given["reasons"],
            facts=given["facts"],
            cause=form.causes.get(given["cause"]),
            complainant_heard=given["complainant_heard"],
            other_side_heard=given["other_side_heard"],
        )
        record_finding(case.complaint, point.issue, conclusion, by=case.actor, at=case.now, seen=form.version)

    return SCREEN.answer(request, case, FindingForm, act, _look, then=case.at("investigation"))


def _point(case: Case, number: int) -> Point:
    for point in points_of(case.complaint):
        if point.issue.number == number:
            return point
    raise Http404


def _look(case: Case, form: FindingForm) -> dict[str, object]:
    return {"point": _point(case, form.number)}
