"""Save and finish later: the code that opens the draft on another device, shown once."""

from django.http import HttpResponse
from django.shortcuts import render

from amends.complaints import drafts
from amends.complaints.models import Draft
from amends.kit.clock import to_the_minute
from amends.portal.step_forms import first_open_slug
from amends.portal.visiting import PortalVisit


def saved_for_later(visit: PortalVisit, draft: Draft) -> HttpResponse:
    """The answer to a POST, so that the code stands in no address and in no session."""
    code = drafts.give_code(draft, to_the_minute(visit.now))
    context = {"draft": draft, "code": code, "slug": first_open_slug(draft)}
    return render(visit, "portal/saved.html", context)
