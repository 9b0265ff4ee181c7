"""An internal review by somebody who did not decide before (7.9)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import open_review
from amends.complaints.models import Answer, Decision
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.choices import handlers_for, long_text, with_load
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.OPEN_REVIEW,
    title=_("Start an internal review"),
    button=_("Start the review"),
    said=_("The review has started. The reviewer is told by mail."),
    intro=_("The reviewer looks at every point again, proposes a response, and somebody new decides on it."),
    template="workspace/complaint/review.html",
)


class ReviewForm(StepForm):
    """Who reviews, and what."""

    reviewer = forms.ChoiceField(
        label=_("Reviewer"),
        help_text=_("Handlers of the unit who did not decide on this complaint before."),
        error_messages={"required": _("Choose a reviewer")},
    )
    question = long_text(
        _("What is to be looked at again?"), longest=4000, missing=_("Write what is to be looked at again")
    )

    def prepare(self) -> None:
        decided = Decision.objects.filter(complaint=self.case.complaint).values_list("decided_by_id", flat=True)
        before = {str(key) for key in decided}
        fit = handlers_for(self.case, self.case.complaint.lead_unit)
        self.reviewers = {key: person for key, person in fit.items() if key not in before}
        self.choose("reviewer", [("", _("Choose one")), *with_load(self.case, self.reviewers)])


@needs(May.REVIEW)
def review(request: StaffVisit, reference: str) -> HttpResponse:
    """Have the complaint looked at again."""
    return SCREEN.answer(request, opened(request, reference), ReviewForm, _act, _look)


def _act(case: Case, form: ReviewForm) -> None:
    given = form.cleaned_data
    open_review(
        case.complaint,
        question=given["question"],
        reviewer=form.reviewers[given["reviewer"]],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


def _look(case: Case, form: ReviewForm) -> dict[str, object]:
    """Why the complainant does not agree."""
    return {"answer": Answer.objects.filter(complaint=case.complaint).order_by("-id").first()}
