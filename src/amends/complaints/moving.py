"""Which running deadlines a newer version of their calendar would move, and where to: before it happens, and then."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.calendars.models import CalendarVersion
from amends.complaints.counting import count
from amends.complaints.models import Complaint, Deadline, Wall
from amends.complaints.permissions import visible_to
from amends.people.standing import Staff

#: So many open deadlines are counted again for a preview, the earliest first: less than a second of computing.
LOOKED_AT = 5_000
#: So many of those that would move are named.
NAMED = 20


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that would be due at another moment."""

    deadline: Deadline
    was_due_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing a version would do to what runs. `moves` names the first that the person may read."""

    looked_at: int
    moved: int
    earlier: int
    moves: tuple[Move, ...]
    #: There are more open deadlines than were looked at.
    is_cut: bool


def may_move(deadline: Deadline, version: CalendarVersion, at: datetime) -> bool:
    """Whether a version may change it: a newer one of its own calendar, and a date that is still to come."""
    return (
        deadline.calendar.calendar_id == version.calendar_id
        and deadline.calendar.number < version.number
        and deadline.overdue_at is None
        and deadline.due_at > at
        and not deadline.is_paused
        and "limit" in deadline.basis
    )


def count_with(deadline: Deadline, version: CalendarVersion, at: datetime) -> bool:
    """Count it with a version, in memory. It stays as it was, and the answer is no, where that date would be past."""
    had = deadline.calendar, deadline.due_at, deadline.outer_at
    deadline.calendar = version
    deadline.due_at, deadline.outer_at = count(deadline)
    if deadline.due_at <= at:
        deadline.calendar, deadline.due_at, deadline.outer_at = had
        return False
    return True


def what_would_move(version: CalendarVersion, *, reader: Staff, at: datetime) -> Preview:
    """The same sums as in `move_deadlines`, over a version that need not be saved. Two queries.

    Whoever asks learns nothing of complaints that they are walled off from, and names only of those they may read.
    """
    rows = list(_running(version, reader, at)[: LOOKED_AT + 1])
    is_cut, rows = len(rows) > LOOKED_AT, rows[:LOOKED_AT]
    moves = []
    for deadline in rows:
        was_due_at = deadline.due_at
        if may_move(deadline, version, at) and count_with(deadline, version, at) and deadline.due_at != was_due_at:
            moves.append(Move(deadline, was_due_at, deadline.due_at))
    return Preview(
        looked_at=len(rows),
        moved=len(moves),
        earlier=sum(move.due_at < move.was_due_at for move in moves),
        moves=tuple(_named(moves)),
        is_cut=is_cut,
    )


def _running(version: CalendarVersion, reader: Staff, at: datetime) -> QuerySet[Any]:
    counted_with = Q(calendar__calendar=version.calendar_id, calendar__number__lt=version.number)
    walled = Wall.objects.filter(complaint_id=OuterRef("complaint_id"), person_id=reader.person_id)
    rows = Deadline.objects.open().filter(counted_with, ~Exists(walled), overdue_at__isnull=True, due_at__gt=at)
    readable = Exists(visible_to(reader).filter(pk=OuterRef("complaint_id")))
    rows = rows.annotate(is_readable=readable).select_related("calendar").defer("calendar__document")
    return rows.order_by("due_at", "id")


def _named(moves: list[Move]) -> list[Move]:
    """The first that the reader may read, with their complaints."""
    named = [move for move in moves if getattr(move.deadline, "is_readable", False)][:NAMED]
    complaints = Complaint.objects.in_bulk([move.deadline.complaint_id for move in named])
    for move in named:
        move.deadline.complaint = complaints[move.deadline.complaint_id]
    return named
