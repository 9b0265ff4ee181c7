"""What would come of it: clocks that could stand still, run on or take more time. Counted on copies, nothing is saved.

Deadlines are best fetched with their calendar, pack, pauses and extensions (`with_history`): then nothing here asks.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise

from amends.complaints import holding_reply
from amends.complaints.actions.extend import Room, lengthen, room_for
from amends.complaints.counting import count, cut_stop
from amends.complaints.models import Complaint, Deadline, Pause
from amends.complaints.models.deadline import DeadlineQuerySet
from amends.complaints.pausing import Pausable, pausable
from amends.framework.models import Organisation
from amends.kit.refusal import Refusal


@dataclass(frozen=True)
class Longer:
    """A deadline with more time, and the reply as it would go out; or why it cannot be written."""

    due_at: datetime
    reply: str = ""
    obstacle: str | Promise = ""


def with_history(rows: DeadlineQuerySet) -> list[Deadline]:
    """Deadlines with everything that is asked of them here. One query, and one each for what stood still or moved."""
    related = rows.select_related("calendar", "calendar__calendar", "pack")
    found = list(related.defer("calendar__document", "pack__document"))
    prefetch_related_objects([deadline for deadline in found if deadline.basis.get("stops")], "pauses")
    prefetch_related_objects([deadline for deadline in found if deadline.basis.get("extensions")], "extensions")
    return found


def could_stand_still(clocks: Sequence[Deadline], at: datetime) -> dict[Pause.Why, list[Pausable]]:
    """The reasons for which some clock may stand still now, each with the clocks and until when at most."""
    running = [deadline for deadline in clocks if deadline.is_open]
    found = {why: pausable(running, why.value, at) for why in Pause.Why}
    return {why: clocks for why, clocks in found.items() if clocks}


def room_of(deadline: Deadline, at: datetime) -> Room | Refusal:
    """How far a deadline may be moved, or why it may not."""
    try:
        return room_for(deadline, at)
    except Refusal as refusal:
        return refusal


def open_pause(deadline: Deadline) -> Pause | None:
    """The time in which it stands still now."""
    if not deadline.is_paused:
        return None
    return next((pause for pause in deadline.pauses.all() if pause.ended_at is None), None)


def if_resumed(deadline: Deadline, at: datetime) -> datetime:
    """When a deadline that stands still would be due if its clock ran on from a moment."""
    pause, copied = open_pause(deadline), copy(deadline)
    if pause is None:
        return deadline.due_at
    cut_stop(copied, pause.began_at, pause.why, max(pause.began_at, min(at, pause.ends_by)))
    return count(copied)[0]


def if_paused(each: Pausable, why: str, at: datetime) -> datetime:
    """When it would be due if it stood still from a moment for as long as it may."""
    copied = copy(each.deadline)
    stop = {"begins": at.isoformat(), "ends": each.ends_by.isoformat(), "why": why}
    copied.basis = {**copied.basis, "stops": [*copied.basis["stops"], stop]}
    return count(copied)[0]


def if_extended(
    complaint: Complaint,
    deadline: Deadline,
    until: date | None,
    reason: str,
    organisation: Organisation,
    at: datetime,
    *,
    language: str = "",
) -> Longer:
    """The new date of a deadline, and what the complainant would be told. Refuses as `extend` would."""
    copied, room = copy(deadline), room_for(deadline, at)
    lengthen(copied, room, until)
    try:
        reply = holding_reply.compose(complaint, copied, room.clock, reason, organisation, language)
        return Longer(copied.due_at, reply.text)
    except Refusal as refusal:
        return Longer(copied.due_at, obstacle=refusal.sentence)
