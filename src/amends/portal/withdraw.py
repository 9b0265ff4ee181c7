"""Not going on with a complaint: a page of its own that asks once more."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.complaints import actions
from amends.kit.refusal import Refusal
from amends.portal.following import Following, for_the_complainant
from amends.portal.forms import WithdrawForm
from amends.portal.visiting import PortalVisit


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_complainant
def withdraw(visit: PortalVisit, following: Following) -> HttpResponse:
    """GET asks, POST ends the complaint. One that has ended already leads to where it stands."""
    back = HttpResponseRedirect(reverse("portal:progress"))
    if following.complaint.is_ended:
        return back
    form = WithdrawForm(visit.POST if visit.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(visit, "portal/withdraw.html", {"form": form, "back": back.url}, status=status)
    actions.withdraw(following.complaint, reason=form.cleaned_data["reason"], by=following.by, at=following.at)
    messages.success(visit, _("You have withdrawn your complaint. We stop working on it."))
    return back


@require_POST
@for_the_complainant
def take_back(visit: PortalVisit, following: Following) -> HttpResponse:
    """Go on after all. Twice is once."""
    try:
        actions.unwithdraw(following.complaint, by=following.by, at=following.at)
    except Refusal as refusal:
        if refusal.code == "too_late":
            messages.error(visit, str(refusal.sentence))
        elif refusal.code != "not_at_this_stage":
            raise
    else:
        messages.success(visit, _("You have taken back your withdrawal. We go on with your complaint."))
    return HttpResponseRedirect(reverse("portal:progress"))
