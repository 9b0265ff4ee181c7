"""The decision with its reasons, and the complainant's answer to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amends.complaints.actions import accept, reject
from amends.complaints.decision_letter import FINDINGS
from amends.complaints.models import Communication, Complaint, Finding, Issue, Remedy
from amends.complaints.stages import Outcome, Stage
from amends.correspondence.models.message import Channel
from amends.kit.money import Money
from amends.kit.refusal import Refusal
from amends.portal import facts
from amends.portal.following import Following, for_the_complainant
from amends.portal.forms import AnswerForm, DisagreeForm
from amends.portal.outside import outside_of
from amends.portal.progress_steps import steps_of
from amends.portal.status import body_of
from amends.portal.times import times_of
from amends.portal.visiting import PortalVisit
from amends.ui import formatting

RESULTS: dict[Outcome, str | Promise] = {
    Outcome.UPHELD: gettext_lazy("We agree with your complaint"),
    Outcome.PARTLY: gettext_lazy("We agree in part"),
    Outcome.NOT_UPHELD: gettext_lazy("We do not agree"),
    Outcome.UNDETERMINED: gettext_lazy("We could not find out what happened"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_complainant
def decision(visit: PortalVisit, following: Following) -> HttpResponse:
    """GET shows it, with `?answer=no` the form for not agreeing; POST says yes or no to it."""
    told = facts.told_last(following.complaint)
    if told is None:
        return HttpResponseRedirect(reverse("portal:progress"))
    if visit.method != "POST":
        return _page(visit, following, told, DisagreeForm(initial={"round": told.decision.round}))
    form = DisagreeForm(visit.POST)
    if not form.is_valid():
        return _page(visit, following, told, form, status=422)
    if form.cleaned_data["round"] != told.decision.round:
        # They answered a decision that another one has replaced meanwhile.
        fresh = DisagreeForm(initial={"round": told.decision.round, "reason": form.cleaned_data["reason"]})
        return _page(visit, following, told, fresh, status=409, is_newer=True)
    return _say(visit, following, form)


def _say(visit: PortalVisit, following: Following, form: DisagreeForm) -> HttpResponse:
    agrees = visit.POST.get("says") == "accepts"
    usual: dict[str, Any] = {"channel": Channel.PORTAL, "by": following.by, "at": following.at}
    try:
        if agrees:
            accept(following.complaint, **usual)
        else:
            reject(following.complaint, reason=form.cleaned_data["reason"], **usual)
    except Refusal as refusal:
        if refusal.code != "not_at_this_stage" or not _said_already(following.complaint, agrees):
            raise
    thanks = (
        _("Thank you. You have accepted our decision.") if agrees else _("Thank you. We know that you do not agree.")
    )
    messages.success(visit, thanks)
    return HttpResponseRedirect(reverse("portal:progress"))


def _said_already(complaint: Complaint, agrees: bool) -> bool:
    """The same answer came through before: a double click."""
    after = {Stage.ACCEPTED, Stage.REMEDIED, Stage.VERIFIED} if agrees else {Stage.REJECTED}
    return Complaint.objects.filter(pk=complaint.pk, stage__in=after).exists()


def _page(
    visit: PortalVisit,
    following: Following,
    told: Communication,
    form: DisagreeForm,
    *,
    status: int = 200,
    is_newer: bool = False,
) -> HttpResponse:
    complaint = following.complaint
    known = facts.facts_of(complaint)
    may_accept, may_disagree = _may_still(complaint, told)
    context = {
        "complaint": complaint,
        "told": told,
        "headline": RESULTS[Outcome(told.decision.outcome)],
        "points": _points(complaint),
        "remedies": [_remedy(remedy) for remedy in facts.remedies_of(told)],
        "steps": steps_of(known),
        "outside": outside_of(complaint, known.clocks, visit.now),
        "may_accept": may_accept,
        "may_disagree": may_disagree,
        "disagrees": may_disagree and (visit.GET.get("answer") == "no" or form.is_bound or is_newer),
        "is_newer": is_newer,
        "form": form,
        **_about_answering(visit, complaint, told),
    }
    return render(visit, "portal/decision.html", context, status=status)


def _may_still(complaint: Complaint, told: Communication) -> tuple[bool, bool]:
    """Whether this decision can still be accepted, and whether one can still say that one does not agree."""
    stage, is_present = Stage(complaint.stage), told.decision.round == complaint.round
    return is_present and stage in {Stage.COMMUNICATED, Stage.REJECTED}, is_present and stage is Stage.COMMUNICATED


def _about_answering(visit: PortalVisit, complaint: Complaint, told: Communication) -> dict[str, Any]:
    organisation, times = visit.organisation, times_of(complaint)
    return {
        "accept_form": AnswerForm(initial={"round": told.decision.round}),
        "is_answered_late": told.answer_wanted_by is not None and told.answer_wanted_by < visit.now,
        "answer": getattr(told.decision, "answer", None),
        # With one to three people nobody is left to review; the outside body is named instead.
        "is_reviewed": times.has_second_stage and not organisation.is_small and complaint.round == 1,
        "review": times.review,
        "body": body_of(organisation),
    }


def _points(complaint: Complaint) -> list[tuple[Issue, Any]]:
    """Each point with what was found, when there are several."""
    issues = list(Issue.objects.filter(complaint=complaint).order_by("number"))
    if len(issues) < 2:
        return []
    found = {finding.issue_id: finding for finding in Finding.objects.filter(issue__in=issues, is_current=True)}
    return [(issue, FINDINGS[Finding.Result(found[issue.pk].result)]) for issue in issues if issue.pk in found]


def _remedy(remedy: Remedy) -> dict[str, Any]:
    is_done = remedy.done_on is not None
    if remedy.done_on is not None:
        words = _("Done on %(day)s") % {"day": formatting.day(remedy.done_on)}
    elif remedy.state == Remedy.State.DROPPED:
        words = _("Not needed any more")
    else:
        words = _("By %(day)s") % {"day": formatting.day(remedy.due_on)}
    amount = formatting.money(Money(remedy.amount, remedy.currency)) if remedy.amount is not None else ""
    return {"what": remedy.description, "amount": amount, "words": words, "is_done": is_done}
