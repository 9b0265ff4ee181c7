"""Published figures on how complaints are handled. Nothing is shown before something was published (R-4.9-01)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.portal.visiting import PortalVisit, for_the_public


@dataclass(frozen=True)
class Results:
    """What was published last: for which time, approved when, and the figures in words."""

    since: date
    until: date
    published_on: date
    figures: tuple[tuple[str, str], ...]


def published_results(at: datetime) -> Results | None:
    """The figures that are public at a moment. None: no page shows a place for them."""
    return None


@require_safe
@for_the_public
def results(visit: PortalVisit) -> HttpResponse:
    """The figures on a page of their own, once there are any."""
    found = published_results(visit.now)
    if found is None:
        raise Http404
    return render(visit, "portal/results.html", {"results": found})
