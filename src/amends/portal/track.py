"""Reference and access code: the way to a complaint that was sent. And the way out."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from amends.complaints.actions import redeem_code
from amends.complaints.models import Complaint, OneTimeCode
from amends.complaints.queries import one_time_code_of, speaking_for, tracked_by
from amends.kit.ids import compact
from amends.portal import following, throttling
from amends.portal.forms import TrackForm, example_reference
from amends.portal.visiting import PortalVisit, for_the_public


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_public
def track(visit: PortalVisit) -> HttpResponse:
    """GET asks for both codes; POST opens the complaint, or says one sentence for every mistake."""
    if visit.method != "POST":
        known = following.followed(visit)
        return HttpResponseRedirect(reverse("portal:progress")) if known else _page(visit, _form(visit))
    form = _form(visit)
    if not form.is_valid():
        return _page(visit, form)
    reference, code = form.cleaned_data["reference"], form.cleaned_data["code"]
    tried = throttling.code_tried(visit, "track", about=compact(reference))
    if tried is None:
        return throttling.too_many(visit)
    found = tracked_by(reference, code)
    by_mail = one_time_code_of(reference, code, visit.now)
    if by_mail is not None:
        tried.give_back()
        return _new_code(visit, *by_mail)
    if found is None:
        throttling.was_wrong(visit)
        form.add_error("reference", _("These two codes do not fit together. Check the reference and the access code."))
        return _page(visit, form)
    tried.give_back()
    following.begin(visit, found[0])
    return HttpResponseRedirect(reverse("portal:progress"))


def _new_code(visit: PortalVisit, complaint: Complaint, code: OneTimeCode) -> HttpResponse:
    """The new access code, on this page and on no other; the complaint is open in this browser already."""
    new = redeem_code(complaint, code, by=speaking_for(complaint), at=visit.now)
    following.begin(visit, complaint)
    return render(visit, "portal/new_code.html", {"reference": complaint.reference, "code": new})


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_public
def leave(visit: PortalVisit) -> HttpResponse:
    """POST closes the complaint in this browser; GET says that it is closed."""
    if visit.method == "POST":
        following.end(visit)
        return HttpResponseRedirect(reverse("portal:leave"))
    return render(visit, "portal/left.html")


def _form(visit: PortalVisit) -> TrackForm:
    example = example_reference(visit.organisation.reference_prefix, visit.now.year)
    return TrackForm(visit.POST if visit.method == "POST" else None, example=example)


def _page(visit: PortalVisit, form: TrackForm) -> HttpResponse:
    return render(visit, "portal/track.html", {"form": form}, status=422 if form.is_bound else 200)
