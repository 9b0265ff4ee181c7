"""Whether we understood the complaint: the points as we wrote them down, and room to say how it was meant (7.4)."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.complaints import actions
from amends.complaints.automatic_letters import summaries
from amends.kit.refusal import Refusal
from amends.portal.following import Following, for_whoever_wrote
from amends.portal.forms import SummaryForm
from amends.portal.visiting import PortalVisit


@require_http_methods(["GET", "HEAD", "POST"])
@for_whoever_wrote
def summary(visit: PortalVisit, following: Following) -> HttpResponse:
    """GET shows what we understood, POST says whether it is right. When it is too late, it leads to where it stands."""
    form = SummaryForm(visit.POST if visit.method == "POST" else None)
    if not form.is_valid():
        return _page(visit, following, form)
    is_right = form.cleaned_data["answer"] == "right"
    try:
        actions.confirm_summary(
            following.complaint,
            is_right=is_right,
            correction=form.cleaned_data["correction"],
            by=following.by,
            at=following.at,
        )
    except Refusal as refusal:
        if refusal.code != "not_at_this_stage":
            raise
        messages.error(visit, _("We have gone on meanwhile. Write us a message if something is wrong."))
    else:
        messages.success(visit, _("Thank you. We have your answer.") if is_right else _("Thank you. We correct it."))
    return HttpResponseRedirect(reverse("portal:progress"))


def _page(visit: PortalVisit, following: Following, form: SummaryForm) -> HttpResponse:
    context = {"form": form, "points": summaries(following.complaint), "complaint": following.complaint}
    return render(visit, "portal/summary.html", context, status=422 if form.is_bound else 200)
