"""Continuing a saved complaint, on this device or with the code of the draft."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.complaints import drafts
from amends.portal import draft_cookie, throttling
from amends.portal.forms import ResumeForm
from amends.portal.step_forms import first_open_slug
from amends.portal.visiting import PortalVisit, for_the_public


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_public
def resume(visit: PortalVisit) -> HttpResponse:
    """GET asks for the code and offers what this device knows; POST opens the draft here."""
    form = ResumeForm(visit.POST if visit.method == "POST" else None)
    if not form.is_valid():
        return _page(visit, form)
    tried = throttling.code_tried(visit, "resume")
    if tried is None:
        return throttling.too_many(visit)
    opened = drafts.opened_by_code(form.cleaned_data["draft_code"], visit.now)
    if opened is None:
        throttling.was_wrong(visit)
        form.add_error(
            "draft_code",
            _("This code opens no draft. Check it. Drafts are deleted when they are sent, or after %(days)d days.")
            % {"days": drafts.KEPT_FOR.days},
        )
        return _page(visit, form)
    tried.give_back()
    draft, secret = opened
    response = HttpResponseRedirect(reverse("portal:step", args=[draft.number, first_open_slug(draft)]))
    draft_cookie.put(response, draft, secret)
    return response


def _page(visit: PortalVisit, form: ResumeForm) -> HttpResponse:
    draft = draft_cookie.draft_of(visit)
    begun = draft if draft is not None and draft.complaint_id is None else None
    context = {"form": form, "begun": begun, "slug": first_open_slug(begun) if begun else ""}
    return render(visit, "portal/resume.html", context, status=422 if form.is_bound else 200)
