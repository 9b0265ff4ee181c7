"""How the complainant found the handling: five questions that may each be left out, and a comment (8.3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.kit.refusal import Refusal
from amends.portal.following import Following, for_the_complainant
from amends.portal.visiting import PortalVisit
from amends.surveys.actions import answer
from amends.surveys.asking import open_survey
from amends.surveys.models import Dimension, Survey, SurveyAnswer
from amends.ui.survey_forms import SurveyForm


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
