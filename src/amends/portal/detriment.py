"""Saying that one suffers for having complained: a short form that does not go to those who handle the complaint."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.complaints.actions import report_detriment
from amends.portal.following import Following, for_whoever_wrote
from amends.portal.forms import DetrimentForm
from amends.portal.visiting import PortalVisit


@require_http_methods(["GET", "HEAD", "POST"])
@for_whoever_wrote
def detriment(visit: PortalVisit, following: Following) -> HttpResponse:
    """GET asks what happened, POST tells the management representative."""
    form = DetrimentForm(visit.POST if visit.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "reference": following.complaint.reference}
        return render(visit, "portal/detriment.html", context, status=422 if form.is_bound else 200)
    report_detriment(following.complaint, text=form.cleaned_data["text"], by=following.by, at=following.at)
    messages.success(visit, _("We have your report. The person responsible for complaint handling is told at once."))
    return HttpResponseRedirect(reverse("portal:progress"))
