"""Surveys for people who are asked by telephone or by letter: whom a colleague asks, and until when (8.3)."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amends.complaints.permissions import May as MayComplaints
from amends.complaints.queries import visible_to
from amends.framework.queries import the_organisation
from amends.kit.ids import read_reference
from amends.permissions.engine import may
from amends.surveys.asking import to_ask
from amends.surveys.models import Survey
from amends.surveys.permissions import May
from amends.ui.access import StaffVisit, needs
from amends.ui.current import organisation_of
from amends.workspace.addresses import address_of
from amends.workspace.shielded import hide_names

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    """A survey on the list."""

    survey: Survey
    href: str
    complaint_href: str
    is_own: bool


@needs(MayComplaints.LIST)
def surveys_to_ask(request: StaffVisit) -> HttpResponse:
    """The first to end comes first. Whoever handled a complaint sees that somebody else asks about it."""
    complaints = visible_to(request.actor)
    rows = to_ask(complaints, request.now).select_related("complaint__lead_unit")
    rows = rows.prefetch_related("complaint__walls", "complaint__participating_units")
    after = read_reference(request.GET.get("after", ""))
    last = Survey.objects.filter(complaint__in=complaints, complaint__reference=after).first() if after else None
    if last is not None and last.closes_at is not None:
        rows = rows.filter(Q(closes_at__gt=last.closes_at) | Q(closes_at=last.closes_at, pk__gt=last.pk))
    found = list(rows[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    hide_names(request, [each.complaint for each in found])
    is_small = (organisation_of(request) or the_organisation()).is_small
    here = reverse("workspace:surveys_to_ask")
    context = {
        "rows": [_row(each, request, is_small=is_small) for each in found],
        "previous_href": here if last is not None else "",
        "next_href": f"{here}?after={found[-1].complaint.reference}" if more else "",
    }
    return render(request, "workspace/surveys_to_ask.html", context)


def _row(survey: Survey, request: StaffVisit, *, is_small: bool) -> Row:
    complaint = survey.complaint
    address = address_of(complaint)
    is_mine = may(request.actor, May.ENTER, complaint)
    return Row(
        survey=survey,
        href=f"{address}survey/" if is_mine else "",
        complaint_href=address,
        is_own=not is_small and complaint.handler_id == request.actor.person_id,
    )
