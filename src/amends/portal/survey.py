"""How the complainant found the handling: five questions that may each be left out, and a comment (8.3)."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.complaints.models import Complaint
from amends.kit.refusal import Refusal
from amends.portal.following import Following, for_the_complainant
from amends.portal.visiting import PortalVisit
from amends.surveys.actions import Said, answer
from amends.surveys.actions.answer import is_open
from amends.surveys.models import Dimension, Survey, SurveyAnswer
from amends.surveys.models.survey import LONGEST_COMMENT
from amends.ui.definition_forms import TextField
from amends.ui.widgets import RadioChips

_SCORES = (
    ("5", gettext_lazy("Very good")),
    ("4", gettext_lazy("Good")),
    ("3", gettext_lazy("Neither good nor bad")),
    ("2", gettext_lazy("Bad")),
    ("1", gettext_lazy("Very bad")),
    ("", gettext_lazy("No answer")),
)
_QUESTIONS = {
    Dimension.HANDLING: gettext_lazy("How did we handle your complaint, all in all?"),
    Dimension.COURTESY: gettext_lazy("How did we treat you?"),
    Dimension.EASE: gettext_lazy("How easy was it to complain and to be heard?"),
    Dimension.FAIRNESS: gettext_lazy("How fair was the way to the decision?"),
    Dimension.OUTCOME: gettext_lazy("How do you find the result itself?"),
}
_NOT_OFFERED = {"invalid_choice": gettext_lazy("Choose one of the answers shown")}


class SurveyForm(forms.Form):
    """A score for each dimension, or none; and a comment."""

    use_required_attribute = False

    comment = TextField(
        label=gettext_lazy("Is there something you would like to add?"),
        help_text=gettext_lazy("Please leave out names."),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for dimension, question in _QUESTIONS.items():
            self.fields[dimension.value] = forms.TypedChoiceField(
                label=question,
                choices=_SCORES,
                coerce=int,
                empty_value=None,
                required=False,
                widget=RadioChips,
                error_messages=_NOT_OFFERED,
            )
        self.order_fields([*(dimension.value for dimension in _QUESTIONS), "comment"])

    @property
    def of_handling(self) -> list[forms.BoundField]:
        """The questions about the way, apart from the one about the result."""
        return [self[dimension.value] for dimension in _QUESTIONS if dimension is not Dimension.OUTCOME]

    def said(self, language: str) -> Said:
        """What the verb takes."""
        given = self.cleaned_data
        scores = {name: given[name] for name in Dimension.values if given[name] is not None}
        return Said(scores, given["comment"], language)


def open_survey(complaint: Complaint, at: datetime) -> Survey | None:
    """The survey that the complainant could answer now."""
    found = Survey.objects.filter(complaint=complaint, state=Survey.State.OPEN).first()
    return found if found is not None and is_open(found, at) else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_complainant
def survey(visit: PortalVisit, following: Following) -> HttpResponse:
    """GET asks, or shows what was answered so that it can be changed; POST keeps it. With no survey: back."""
    asked = open_survey(following.complaint, visit.now)
    back = HttpResponseRedirect(reverse("portal:progress"))
    if asked is None:
        if visit.method == "POST":
            messages.warning(visit, _("This survey is over. Thank you all the same."))
        return back
    before = SurveyAnswer.objects.filter(survey=asked).first()
    form = SurveyForm(visit.POST if visit.method == "POST" else None, initial=_initial(before))
    if not form.is_valid():
        return _page(visit, following, asked, form, before)
    try:
        answer(asked, form.said(get_language() or "en"), by=following.by, at=following.at)
    except Refusal as refusal:
        if refusal.code == "not_permitted":
            raise
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        return _page(visit, following, asked, form, before)
    messages.success(visit, _("Thank you. You can change your answers until the survey is over."))
    return back


def _initial(before: SurveyAnswer | None) -> dict[str, Any]:
    if before is None:
        return dict.fromkeys(Dimension.values, "")
    scores = {name: getattr(before, name) for name in Dimension.values}
    return {
        **{name: "" if score is None else str(score) for name, score in scores.items()},
        "comment": before.comment,
    }


def _page(
    visit: PortalVisit, following: Following, asked: Survey, form: SurveyForm, before: SurveyAnswer | None
) -> HttpResponse:
    context = {
        "form": form,
        "reference": following.complaint.reference,
        "closes_at": asked.closes_at,
        "is_answered": before is not None,
    }
    return render(visit, "portal/survey.html", context, status=422 if form.is_bound else 200)
