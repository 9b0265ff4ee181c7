"""The links of a complaint, whichever end it stands at."""

from django.db.models import Q, QuerySet

from amends.complaints.models import Complaint, Link

Kind = Link.Kind


def links_of(complaint: Complaint) -> QuerySet[Link]:
    """Those that hold, with both ends, the newest first."""
    mine = Q(complaint=complaint) | Q(other=complaint)
    return Link.objects.filter(mine, ended_at__isnull=True).select_related("complaint", "other").order_by("-at", "-id")


def link_between(one: Complaint, other: Complaint) -> Link | None:
    """The one that holds between two complaints."""
    return links_of(one).filter(Q(complaint=other) | Q(other=other)).first()
