"""The first public page: start a complaint, come back to one, and what we promise."""

from django.http import HttpResponse
from django.shortcuts import render

from amends.portal.forms import TrackForm, example_reference
from amends.portal.results import published_results
from amends.portal.status import body_of
from amends.portal.times import times_now
from amends.portal.visiting import PortalVisit, for_the_public


@for_the_public
def home(visit: PortalVisit) -> HttpResponse:
    """The first page."""
    example = example_reference(visit.organisation.reference_prefix, visit.now.year)
    context = {"form": TrackForm(example=example), "times": times_now(visit.now), "body": body_of(visit.organisation)}
    context["results"] = published_results(visit.now)
    return render(visit, "portal/home.html", context)
