"""What somebody answered on the telephone or on paper, entered by a colleague who did not handle it (8.3)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.permissions import May as MayComplaints
from amends.kit.refusal import Refusal
from amends.surveys.actions import enter
from amends.surveys.actions.enter import check_who_enters, handled
from amends.surveys.asking import open_survey
from amends.surveys.models import Survey, SurveyAnswer
from amends.ui.access import StaffVisit, needs
from amends.ui.survey_forms import SurveyForm
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.header import crumbs_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import refused

TITLE = gettext_lazy("Answers to the survey")
_CAME = {Survey.Channel.PHONE: SurveyAnswer.Came.PHONE, Survey.Channel.POST: SurveyAnswer.Came.POST}


class EnteringForm(SurveyForm):
    """The same questions, and how the answers came."""

    came = forms.ChoiceField(
        label=gettext_lazy("How did the answers come?"),
        choices=[(way.value, way.label) for way in _CAME.values()],
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Say how the answers came.")},
    )


@needs(MayComplaints.LIST)
def survey_answers(request: StaffVisit, reference: str) -> HttpResponse:
    """The questions to read out; nothing that was answered before is shown."""
    case = opened(request, reference)
    try:
        survey = _survey(case)
    except Refusal as refusal:
        return refused(request, case, TITLE, refusal)
    form = EnteringForm(
        request.POST if request.method == "POST" else None, initial={"came": _CAME.get(Survey.Channel(survey.channel))}
    )
    if not form.is_valid():
        return _page(request, case, survey, form)
    said = form.said(case.complaint.language)
    try:
        enter(survey, said, came=form.cleaned_data["came"], by=request.actor, at=request.now)
    except Refusal as refusal:
        if refusal.field not in form.fields:
            return refused(request, case, TITLE, refusal)
        form.add_error(refusal.field, str(refusal.sentence))
        return _page(request, case, survey, form)
    messages.success(request, _("The answers are kept. They are shown only among those of others."))
    return HttpResponseRedirect(reverse("workspace:surveys_to_ask"))


def _survey(case: Case) -> Survey:
    """The survey that waits for an answer."""
    check_who_enters(case.complaint, by=case.actor)
    survey = open_survey(case.complaint, case.now)
    if survey is None:
        raise Refusal("survey_over", _("Nobody is asked about this complaint now, or the time to answer is over."))
    if survey.answered_at is not None:
        raise Refusal("answered_already", _("This survey has been answered meanwhile. Nothing was written over."))
    return survey


def _page(request: StaffVisit, case: Case, survey: Survey, form: EnteringForm) -> HttpResponse:
    context: dict[str, Any] = {
        "case": case,
        "complaint": case.complaint,
        "form": form,
        "survey": survey,
        "is_own": handled(case.complaint, case.actor.person_id),
        "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=TITLE),
    }
    return render(request, "workspace/complaint/survey_answers.html", context, status=422 if form.is_bound else 200)
