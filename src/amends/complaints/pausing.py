"""Clocks that stand still: which may, for how long at most, and what the date becomes. Called by verbs only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.calendars.counting import Plan, due
from amends.calendars.limits import Limit, Unit
from amends.calendars.loading import working_calendar
from amends.calendars.working_time import WorkingCalendar, local_day, working_days_between
from amends.complaints import deadlines
from amends.complaints.alarms import set_alarm
from amends.complaints.counting import add_stop, count, cut_stop
from amends.complaints.models import Complaint, Deadline, Pause
from amends.framework.rules.parts import PausePermit
from amends.framework.which_packs import rules_of


@dataclass(frozen=True)
class Pausable:
    """A running clock that may stand still for a reason, and until when at most."""

    deadline: Deadline
    permit: PausePermit
    ends_by: datetime


def pausable(clocks: Sequence[Deadline], why: str, at: datetime) -> list[Pausable]:
    """Those that the pack allows to stand still for this reason and that have some of their time for it left.

    A clock that has passed its date, or stands still already, cannot.
    """
    found = []
    for deadline in clocks:
        if deadline.pack is None or deadline.is_paused or deadline.starts_at > at:
            continue
        if deadline.due_at <= at or deadline.overdue_at is not None:
            continue
        permit = rules_of(deadline.pack).clock(deadline.code).pause_for(why)
        left = time_left(deadline, permit) if permit else None
        if permit is None or left is None:
            continue
        ends_by = due(Plan(at, left), working_calendar(deadline.calendar))
        if deadline.outer_at is not None:
            ends_by = min(ends_by, deadline.outer_at)
        if ends_by > at:
            found.append(Pausable(deadline, permit, ends_by))
    return found


def time_left(deadline: Deadline, permit: PausePermit) -> Limit | None:
    """What is left of the longest time for a reason, earlier pauses taken off; None when it is used up."""
    if not deadline.basis["stops"]:
        return permit.cap
    ended = ((one.began_at, one.ended_at) for one in deadline.pauses.all() if one.why == permit.why)
    spent = [(began_at, ended_at) for began_at, ended_at in ended if ended_at is not None]
    return left_of(permit.cap, spent, working_calendar(deadline.calendar))


def left_of(cap: Limit, spent: Iterable[tuple[datetime, datetime]], calendar: WorkingCalendar) -> Limit | None:
    """What is left of a longest time after the times from a moment to a moment; None when it is used up."""
    used = 0
    for began_at, ended_at in spent:
        first, last = local_day(began_at, calendar), local_day(ended_at, calendar)
        by_work = cap.unit == Unit.WORKING_DAYS
        used += working_days_between(first, last, calendar) if by_work else (last - first).days
    if used == 0:
        return cap
    days_each = {Unit.WEEKS: 7, Unit.MONTHS: 30, Unit.YEARS: 365}.get(cap.unit)
    unit = cap.unit if days_each is None else Unit.DAYS
    left = cap.count * (days_each or 1) - used
    return Limit(left, unit) if left > 0 else None


def stand_still(
    found: Sequence[Pausable], *, why: str, reason: str, person_id: int | None, at: datetime
) -> list[Deadline]:
    """Let clocks stand still from a moment. The caller saves them with `deadlines.save_counted`."""
    for each in found:
        deadline = each.deadline
        Pause.objects.create(
            deadline=deadline, why=why, reason=reason, began_at=at, ends_by=each.ends_by, begun_by_id=person_id
        )
        add_stop(deadline, at, each.ends_by, why)
        deadline.basis["paused_until"] = each.ends_by.isoformat()
        deadline.is_paused = True
        deadline.due_at, deadline.outer_at = count(deadline)
        set_alarm(deadline, after=at)
    return [each.deadline for each in found]


def run_on(clocks: Sequence[Deadline], at: datetime, *, why: str = "") -> list[Deadline]:
    """Let clocks that stand still run on, those of one reason or all. The caller saves them."""
    standing = [deadline for deadline in clocks if deadline.is_paused]
    pauses = {pause.deadline_id: pause for pause in Pause.objects.filter(deadline__in=standing, ended_at__isnull=True)}
    moved = []
    for deadline in standing:
        pause = pauses[deadline.pk]
        if why and pause.why != why:
            continue
        # An anonymous person acts at the full minute, which may lie before the moment at which the clock was stopped.
        ended_at = max(pause.began_at, min(at, pause.ends_by))
        Pause.objects.filter(pk=pause.pk).update(ended_at=ended_at)
        cut_stop(deadline, pause.began_at, pause.why, ended_at)
        deadline.is_paused = False
        deadline.due_at, deadline.outer_at = count(deadline)
        set_alarm(deadline, after=at)
        moved.append(deadline)
    return moved


def told_something(complaint: Complaint, at: datetime, *, needs_reply: bool, person_id: int | None) -> list[Deadline]:
    """After a message to the complainant: the promised news were given, and a question stops what may wait for it."""
    deadlines.hold(complaint)
    Deadline.objects.open().filter(complaint=complaint, update_wanted_at__isnull=False).update(update_wanted_at=None)
    deadlines.happened(complaint, "message_sent", at)
    if not needs_reply:
        return []
    why = Pause.Why.COMPLAINANT.value
    found = pausable(deadlines.running(complaint), why, at)
    stopped = stand_still(found, why=why, reason="", person_id=person_id, at=at)
    deadlines.save_counted(stopped, complaint)
    return stopped


def heard_something(complaint: Complaint, at: datetime) -> list[Deadline]:
    """After an answer of the complainant: what waited for it runs on."""
    moved = run_on(deadlines.held(complaint), at, why=Pause.Why.COMPLAINANT.value)
    if moved:
        deadlines.save_counted(moved, complaint)
    return moved


def paused_days(complaint: Complaint, at: datetime) -> int:
    """For how many days the clocks of a complaint have been standing still now; none when they run."""
    began = (
        Pause.objects.filter(deadline__complaint=complaint, ended_at__isnull=True)
        .order_by("began_at")
        .values_list("began_at", flat=True)
        .first()
    )
    return (at - began).days if began else 0
