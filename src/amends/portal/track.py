"""Reference and access code: the way to a complaint that was sent. And the way out."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from amends.complaints.queries import tracked_by
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
    if found is None:
        throttling.was_wrong(visit)
        form.add_error("reference", _("These two codes do not fit together. Check the reference and the access code."))
        return _page(visit, form)
    tried.give_back()
    following.begin(visit, found[0])
    return HttpResponseRedirect(reverse("portal:progress"))


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
