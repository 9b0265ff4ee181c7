"""Significant complaints for those who answer for the organisation: what they have not read comes first (5.4.1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render

from amends.complaints.models import Complaint, SignificantReader
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.permissions import May
from amends.complaints.queries import visible_to
from amends.complaints.stages import Stage
from amends.people.standing import Staff
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Tag
from amends.workspace import paging
from amends.workspace.addresses import address_of
from amends.workspace.complaint.significant import Alert, alerts_of, alerts_with_readers
from amends.workspace.paging import Key, Order
from amends.workspace.shielded import hide_names

BY_ALERT = Order("significant", (Key("significant_at", descending=True), Key("id", descending=True)))

#: More than this nobody reads at once: the others follow when these are read.
MOST_UNREAD = 50


@dataclass(frozen=True)
class Row:
    """A significant complaint with its alerts."""

    complaint: Complaint
    href: str
    stage: Tag
    alerts: Sequence[Alert]
    is_unread: bool
    waits_for_reaction: bool


def unread_by(actor: Staff) -> ComplaintQuerySet:
    """Complaints with an alert that this person was told of and has not read."""
    mine = SignificantReader.objects.filter(
        alert__complaint=OuterRef("pk"), person_id=actor.person_id, read_at__isnull=True
    )
    return significant_for(actor).filter(Exists(mine))


def significant_for(actor: Staff) -> ComplaintQuerySet:
    """The significant complaints that this person may read, wherever they stand."""
    return visible_to(actor).counted().filter(significant_at__isnull=False)


@needs(May.ANSWER_SIGNIFICANT)
def significant(request: StaffVisit) -> HttpResponse:
    """What waits for one's eyes, oldest first; then all others, the newest first."""
    actor = request.actor
    unread = list(_shown(unread_by(actor)).order_by("significant_at", "id")[:MOST_UNREAD])
    others = _shown(significant_for(actor).exclude(pk__in=[complaint.pk for complaint in unread]))
    page = paging.page_of(others, BY_ALERT, request.GET.get("page", ""))
    hide_names(request, [*unread, *page.rows])
    context = {
        "unread": [_row(complaint, actor) for complaint in unread] if not request.GET.get("page") else [],
        "others": [_row(complaint, actor) for complaint in page.rows],
        "previous_href": f"?page={page.previous}" if page.previous else "",
        "next_href": f"?page={page.next}" if page.next else "",
    }
    return render(request, "workspace/significant.html", context)


def _shown(rows: ComplaintQuerySet) -> ComplaintQuerySet:
    return rows.select_related("lead_unit", "handler").prefetch_related(alerts_with_readers())


def _row(complaint: Complaint, actor: Staff) -> Row:
    alerts = alerts_of(complaint, actor)
    return Row(
        complaint,
        address_of(complaint),
        Tag(Stage(complaint.stage).label, "line"),
        alerts,
        any(alert.waits_for_me for alert in alerts),
        bool(alerts) and alerts[0].alert.reacted_at is None,
    )
