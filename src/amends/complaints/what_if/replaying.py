"""Counting every deadline again, whatever it was for: the past comes out as it was written down, or it differs."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from amends.calendars.models import CalendarVersion
from amends.complaints.models import Deadline
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.what_if.answering import NAMED
from amends.complaints.what_if.recorded import BATCH
from amends.complaints.what_if.sums import Formula, Sums, Terms
from amends.kit.dialect import one_snapshot


@dataclass(frozen=True, slots=True)
class Difference:
    """A deadline that does not come out as it was written down."""

    reference: str
    code: str
    written: datetime
    counted: datetime


@dataclass
class Replayed:
    """How many deadlines were counted again, and which came out otherwise."""

    deadlines: int = 0
    late: int = 0
    differences: int = 0
    differing: list[Difference] = field(default_factory=list)


def replay(complaints: ComplaintQuerySet, at: datetime) -> Replayed:
    """Compare due date, outer limit and lateness of every deadline with a recount from its basis and its calendar."""
    found, sums = Replayed(), Sums()
    with one_snapshot():
        versions = CalendarVersion.objects.select_related("calendar").in_bulk()
        for row in _rows(Deadline.objects.filter(complaint__in=complaints)):
            due_at, outer_at = sums.count(Terms(row.starts_at, Formula(row.basis), versions[row.calendar_id]))
            is_late = (row.met_at or row.dropped_at or at) > due_at
            found.deadlines += 1
            found.late += is_late
            if (due_at, outer_at) != (row.due_at, row.outer_at) or (row.overdue_at is not None and not is_late):
                found.differences += 1
                if len(found.differing) < NAMED:
                    found.differing.append(Difference(row.complaint__reference, row.code, row.due_at, due_at))
    return found


def _rows(deadlines: QuerySet[Deadline]) -> Iterator[Any]:
    columns = ("starts_at", "due_at", "outer_at", "met_at", "dropped_at", "overdue_at", "basis", "calendar_id")
    rows = deadlines.order_by("pk").values_list("complaint__reference", "code", *columns, named=True)
    yield from rows.iterator(chunk_size=BATCH)
