"""What another matrix would suggest for complaints that are open now."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from amends.complaints.models import Assessment
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.framework.matrix import Grid


@dataclass(frozen=True)
class Moved:
    """A complaint for which another priority would be suggested."""

    reference: str
    title: str
    before: int
    after: int


def moved_by(grid: Grid, complaints: ComplaintQuerySet) -> list[Moved]:
    """The open ones among them that would be suggested another priority, the most urgent first. One query.

    Where somebody chose a priority of their own, nothing moves.
    """
    newest = Assessment.objects.filter(complaint=OuterRef("complaint")).order_by("-version").values("pk")[:1]
    rows = Assessment.objects.filter(pk=Subquery(newest), complaint__in=complaints.open()).only(
        "severity",
        "is_safety",
        "impact_complainant",
        "impact_others",
        "impact_organisation",
        "suggested_priority",
        "priority",
        "complaint__reference",
        "complaint__title",
    )
    found = []
    for row in rows.select_related("complaint").order_by("complaint_id").iterator(chunk_size=1000):
        impact = max(row.impact_complainant, row.impact_others, row.impact_organisation)
        after = grid.priority(row.severity, impact, is_safety=row.is_safety)
        if row.priority == row.suggested_priority != after:
            found.append(Moved(row.complaint.reference, row.complaint.title, row.priority, after))
    return sorted(found, key=lambda moved: (moved.after, moved.reference))
