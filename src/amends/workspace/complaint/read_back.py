"""What was understood, read back to the complainant: they agree, or they say how it was meant (7.4)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import confirm_summary
from amends.complaints.automatic_letters import summaries
from amends.complaints.models import SummaryCheck
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.correspondence.writing import LONGEST_MESSAGE
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import SPOKEN, long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

RIGHT, WRONG = "right", "wrong"
SCREEN = Screen(
    verb=Verb.CONFIRM_SUMMARY,
    title=_("Read back what we understood"),
    button=_("Save what they said"),
    said=_("It is noted whether we understood them."),
    intro=_("Read the points out as they stand here. They can also say on the tracking page whether they are right."),
    template="workspace/complaint/read_back.html",
)


class ReadBackForm(StepForm):
    """How they were reached, whether it is right, and how it was meant."""

    #: How often it was asked when the page was made: pressed twice, it is noted once.
    asked = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)
    channel = forms.ChoiceField(
        label=_("How did you speak to them?"),
        choices=SPOKEN,
        widget=RadioRows,
        error_messages={"required": _("Choose how you spoke to them")},
    )
    answer = forms.ChoiceField(
        label=_("Did we understand it?"),
        choices=[(RIGHT, _("Yes, they agree")), (WRONG, _("No, they corrected it"))],
        widget=RadioRows,
        error_messages={"required": _("Say whether they agreed")},
    )
    correction = long_text(
        _("How did they mean it?"),
        hint=_("In their words. It stands in the timeline as theirs and waits for an answer."),
        longest=LONGEST_MESSAGE,
        is_required=False,
    )

    def prepare(self) -> None:
        self.initial["asked"] = SummaryCheck.objects.filter(complaint=self.case.complaint).count()


@needs(May.LIST)
def read_back(request: StaffVisit, reference: str) -> HttpResponse:
    """The points to read out, and what came of it."""
    return SCREEN.answer(request, opened(request, reference), ReadBackForm, _act, _look)


def _act(case: Case, form: ReadBackForm) -> None:
    given, complaint = form.cleaned_data, case.complaint
    confirm_summary(
        complaint,
        is_right=given["answer"] == RIGHT,
        correction=given["correction"],
        channel=given["channel"],
        asked=given["asked"],
        by=case.actor,
        at=case.now,
    )


def _look(case: Case, form: ReadBackForm) -> dict[str, object]:
    rows = SummaryCheck.objects.filter(complaint=case.complaint).select_related("person", "correction")
    checks = list(rows.order_by("-number")[:20])
    return {
        "points": [case.mask.hides(point) for point in summaries(case.complaint)],
        "checks": [(row, case.mask.hides(row.correction.text) if row.correction else "") for row in checks],
    }
