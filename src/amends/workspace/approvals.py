"""Responses that wait for a second pair of eyes (ISO 10002, 7.7)."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext

from amends.complaints.models import Complaint, Response
from amends.complaints.permissions import May
from amends.complaints.queries import View, for_list, in_view, visible_to
from amends.complaints.stages import Outcome
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import QueueRow, Tag
from amends.workspace import paging, queue_rows


@needs(May.APPROVE)
def approvals(request: StaffVisit) -> HttpResponse:
    """The proposed responses this person could decide on, the most urgent first; with who proposed what."""
    waiting = in_view(View.APPROVAL, visible_to(request.actor), request.actor, request.now)
    rows = for_list(waiting).prefetch_related("walls", "participating_units")
    page = paging.page_of(rows, paging.DUE, request.GET.get("page", ""))
    proposed = _proposed(page.rows)
    plain = ((row.pk, queue_rows.row_of(row, request.actor, request.now)) for row in page.rows)
    shown = [_with_proposal(row, proposed.get(key)) for key, row in plain]
    words = ngettext("%(count)s response", "%(count)s responses", len(shown)) % {"count": formatting.number(len(shown))}
    context = {
        "groups": queue_rows.in_one_group(shown),
        "is_empty": not shown,
        "words": words,
        "previous_href": f"?page={page.previous}" if page.previous else "",
        "next_href": f"?page={page.next}" if page.next else "",
    }
    return render(request, "workspace/approvals.html", context)


def _proposed(complaints: list[Complaint]) -> dict[int, Response]:
    rows = Response.objects.filter(complaint__in=complaints, state=Response.State.PROPOSED)
    return {response.complaint_id: response for response in rows.select_related("proposed_by")}


def _with_proposal(row: QueueRow, response: Response | None) -> QueueRow:
    """The row, leading to the response, with what is proposed and by whom."""
    if response is None:
        return row
    words = {
        "outcome": Outcome(response.outcome).label,
        "name": response.proposed_by.name,
        "day": formatting.short_day(response.proposed_at),
    }
    proposed = Tag(gettext("%(outcome)s, proposed by %(name)s on %(day)s") % words, "line", "person")
    return replace(row, href=f"{row.href}response/", signals=[*row.signals, proposed])
