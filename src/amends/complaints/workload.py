"""Who has how much in hand, how old it is and how much of it is late (ISO 10002, 4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.queries import AGES


@dataclass(frozen=True)
class Load:
    """Open complaints of somebody or of a unit that are real: all, late, by age as in `AGES`. Key None: nobody's."""

    key: int | None
    open: int
    late: int
    ages: Sequence[int]


def loads_by_handler(complaints: ComplaintQuerySet, at: datetime) -> list[Load]:
    """For each handler, and for what nobody handles. One query."""
    return _loads(complaints, "handler_id", at)


def loads_by_unit(complaints: ComplaintQuerySet, at: datetime) -> list[Load]:
    """For each leading unit. One query."""
    return _loads(complaints, "lead_unit_id", at)


def _loads(complaints: ComplaintQuerySet, column: str, at: datetime) -> list[Load]:
    counts = {f"age_{name}": Count("pk", filter=_aged(*AGES[name], at)) for name in AGES}
    late = Count("pk", filter=Q(next_due_at__lt=at))
    # What is simulated is work all the same, and a number that left it out would give it away beside the list.
    rows = complaints.counted().open().order_by().values(column).annotate(all_open=Count("pk"), all_late=late, **counts)
    return [
        Load(key, count, behind, ages)
        for key, count, behind, *ages in rows.values_list(column, "all_open", "all_late", *counts)
    ]


def _aged(begins: int | None, ends: int | None, at: datetime) -> Q:
    found = Q()
    if begins is not None:
        found &= Q(received_at__lte=at - timedelta(days=begins))
    if ends is not None:
        found &= Q(received_at__gt=at - timedelta(days=ends))
    return found
