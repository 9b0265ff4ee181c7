"""Before you start: what one needs, how long it takes, and a new draft."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from amends.complaints import drafts
from amends.complaints.drafts import KEPT_FOR, MOST_FILES
from amends.kit.clock import to_the_minute
from amends.portal import draft_cookie, throttling
from amends.portal.step_forms import SLUGS
from amends.portal.times import times_now
from amends.portal.visiting import PortalVisit, for_the_public


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_public
def start(visit: PortalVisit) -> HttpResponse:
    """GET explains; POST begins a draft and goes to its first step."""
    if not visit.organisation.portal_is_open:
        return portal_closed(visit)
    if visit.method != "POST":
        return render(visit, "portal/start.html", _what_to_know(visit))
    if not throttling.may_begin_draft(visit):
        return throttling.too_many(visit)
    # Nobody knows yet whether this person will stay anonymous, so no draft is more exact than the minute.
    draft, secret = drafts.begin(get_language() or "en", to_the_minute(visit.now), last=draft_cookie.draft_of(visit))
    response = HttpResponseRedirect(reverse("portal:step", args=[draft.number, SLUGS[0]]))
    draft_cookie.put(response, draft, secret)
    return response


def portal_closed(visit: PortalVisit) -> HttpResponse:
    """Complaints are taken in other ways at the moment."""
    return render(visit, "portal/closed.html", status=503 if visit.method == "POST" else 200)


def _what_to_know(visit: PortalVisit) -> dict[str, object]:
    draft = draft_cookie.draft_of(visit)
    begun = draft if draft is not None and draft.complaint_id is None else None
    return {"times": times_now(visit.now), "begun": begun, "kept_days": KEPT_FOR.days, "most_files": MOST_FILES}
