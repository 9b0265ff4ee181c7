"""What is due when: late, today, on each day that is left of the week, next week. Seen from a moment and a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count, Q

from amends.complaints.models.complaint import ComplaintQuerySet
from amends.framework.models import Organisation

OVERDUE, TODAY, NEXT_WEEK = "overdue", "today", "next_week"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """A time in which deadlines fall: from `begins`, or any time before, up to but not including `ends`."""

    key: str
    begins: datetime | None
    ends: datetime
    day: date | None = None

    @property
    def condition(self) -> Q:
        """Complaints whose next deadline falls into it."""
        before = Q(next_due_at__lt=self.ends)
        return before if self.begins is None else before & Q(next_due_at__gte=self.begins)

    def of(self, complaints: ComplaintQuerySet) -> ComplaintQuerySet:
        """The complaints in it."""
        return complaints.filter(self.condition)


def windows(at: datetime, organisation: Organisation) -> list[Window]:
    """One after the other, without gaps: what is late, the rest of today, the days until Sunday, the week after."""
    today = at.astimezone(organisation.zone).date()
    monday = today + timedelta(days=8 - today.isoweekday())
    days = [today + timedelta(days=ahead) for ahead in range(1, (monday - today).days)]
    return [
        Window(OVERDUE, None, at),
        Window(TODAY, at, _midnight(today + _DAY, organisation), today),
        *(
            Window(day.isoformat(), _midnight(day, organisation), _midnight(day + _DAY, organisation), day)
            for day in days
        ),
        Window(NEXT_WEEK, _midnight(monday, organisation), _midnight(monday + timedelta(days=7), organisation)),
    ]


def window_called(key: str, at: datetime, organisation: Organisation) -> Window | None:
    """The window of a key, or any day written as 2026-11-25; None for anything else."""
    if not key:
        return None
    found = next((window for window in windows(at, organisation) if window.key == key), None)
    if found is not None:
        return found
    try:
        return _whole(key, date.fromisoformat(key), organisation)
    except (ValueError, OverflowError):
        return None


def counts_by_unit(complaints: ComplaintQuerySet, shown: Sequence[Window]) -> dict[int, list[int]]:
    """How many open complaints of each leading unit fall into each window. One query."""
    numbers = {f"window_{place}": Count("pk", filter=window.condition) for place, window in enumerate(shown)}
    due = complaints.open().filter(next_due_at__lt=shown[-1].ends).order_by()
    rows = due.values("lead_unit_id").annotate(**numbers)
    return {unit: list(found) for unit, *found in rows.values_list("lead_unit_id", *numbers)}


def _whole(key: str, day: date, organisation: Organisation) -> Window:
    return Window(key, _midnight(day, organisation), _midnight(day + _DAY, organisation), day)


def _midnight(day: date, organisation: Organisation) -> datetime:
    return datetime.combine(day, time.min, organisation.zone).astimezone(UTC)
