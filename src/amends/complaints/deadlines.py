"""Starting, meeting and dropping clocks, and keeping the strictest one on the complaint. Called by verbs only."""

from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import QuerySet

from amends.calendars.working_time import close_of_working_day, read_calendar
from amends.complaints.models import Complaint, Deadline
from amends.framework.models import Organisation, RulePackVersion


class NoSuchClockError(LookupError):
    """The pack has no clock of that kind."""


def clock_of(pack: RulePackVersion, kind: str) -> dict[str, Any]:
    """The clock of a pack. Raises NoSuchClockError."""
    for clock in pack.clocks:
        if clock["kind"] == kind:
            return clock
    raise NoSuchClockError(kind)


def due_after(
    pack: RulePackVersion, kind: str, start: datetime, organisation: Organisation
) -> tuple[datetime, dict[str, Any]]:
    """When a clock that starts at `start` is due, with what that was worked out from."""
    clock = clock_of(pack, kind)
    if clock["unit"] != "working_days":
        raise NoSuchClockError(f"{clock['unit']} are not counted yet")
    calendar = read_calendar(pack.document["calendar"], organisation.zone)
    basis = {
        "pack": pack.pack,
        "pack_version": pack.version,
        "count": clock["count"],
        "unit": clock["unit"],
        "zone": organisation.time_zone,
        "calendar_version": calendar.version,
    }
    return close_of_working_day(start, clock["count"], calendar), basis


def start(complaint: Complaint, kind: Deadline.Kind, at: datetime, organisation: Organisation) -> Deadline:
    """Start a clock of the complaint's pack. One that runs already is replaced, not doubled."""
    due_at, basis = due_after(complaint.pack, kind.value, at, organisation)
    drop(complaint, kind, at)
    return Deadline.objects.create(
        complaint=complaint,
        kind=kind,
        round=complaint.round,
        owed_by=clock_of(complaint.pack, kind.value)["owed_by"],
        starts_at=at,
        due_at=due_at,
        basis=basis,
    )


def start_on_day(
    complaint: Complaint, kind: Deadline.Kind, number: int, day: date, at: datetime, organisation: Organisation
) -> Deadline:
    """Start a clock that is due at the end of a day that was promised."""
    due_at = datetime.combine(day, time(23, 59, 59), organisation.zone).astimezone(UTC)
    return Deadline.objects.create(
        complaint=complaint,
        kind=kind,
        number=number,
        round=complaint.round,
        starts_at=at,
        due_at=due_at,
        basis={"promised": day.isoformat(), "zone": organisation.time_zone},
    )


def _open(complaint: Complaint) -> QuerySet[Deadline]:
    return Deadline.objects.filter(complaint=complaint, met_at__isnull=True, dropped_at__isnull=True)


def meet(complaint: Complaint, kind: Deadline.Kind, at: datetime, number: int = 0) -> Deadline | None:
    """Note that what was owed was done. Returns the deadline that was met, if one was open."""
    deadline = _open(complaint).filter(kind=kind, number=number).first()
    if deadline is not None:
        deadline.met_at = at
        deadline.save(update_fields=["met_at"])
    return deadline


def drop(complaint: Complaint, kind: Deadline.Kind, at: datetime) -> None:
    """Let a clock fall away: what it was for is not owed any more."""
    _open(complaint).filter(kind=kind).update(dropped_at=at)


def drop_all(complaint: Complaint, at: datetime) -> None:
    """Let every clock fall away, because nothing more is due."""
    _open(complaint).update(dropped_at=at)


def keep_strictest(complaint: Complaint) -> None:
    """Write the earliest open deadline onto the complaint, where lists find it."""
    first = _open(complaint).order_by("due_at", "id").values_list("due_at", "kind").first()
    due_at, kind = first or (None, "")
    if (complaint.next_due_at, complaint.next_due_kind) != (due_at, kind):
        Complaint.objects.filter(pk=complaint.pk).update(next_due_at=due_at, next_due_kind=kind)
        complaint.next_due_at, complaint.next_due_kind = due_at, kind
