"""Clocks of a complaint that is merged, void or withdrawn: held as they are, and given back. Called by verbs only."""

from datetime import datetime

from amends.complaints import deadlines
from amends.complaints.alarms import set_alarm
from amends.complaints.counting import add_stop, count, plan_of
from amends.complaints.models import Complaint, Deadline, HeldClock, Merging, Voiding, Withdrawal

#: Why a clock stood still from a withdrawal until it was taken back.
WITHDRAWN = "withdrawn"


def hold_clocks(
    complaint: Complaint,
    at: datetime,
    *,
    merging: Merging | None = None,
    voiding: Voiding | None = None,
    withdrawal: Withdrawal | None = None,
) -> int:
    """No clock of the complaint rings meanwhile. Pauses stay open: they belong to the dates. Returns how many."""
    running = deadlines.held(complaint)
    why = {"merging": merging, "voiding": voiding, "withdrawal": withdrawal}
    HeldClock.objects.bulk_create(
        [HeldClock(**why, deadline=clock, alarm=clock.alarm, alarm_at=clock.alarm_at) for clock in running]
    )
    rows = Deadline.objects.filter(pk__in=[clock.pk for clock in running])
    rows.update(dropped_at=at, alarm="", alarm_at=None)
    deadlines.keep_strictest(complaint)
    return len(running)


def give_back_clocks(
    complaint: Complaint, at: datetime, *, merging: Merging | None = None, voiding: Voiding | None = None
) -> None:
    """The dates are those of before: it was our doing, and gives us no time. What passed rings at once."""
    deadlines.drop_all(complaint, at)
    for held in HeldClock.objects.filter(merging=merging, voiding=voiding, withdrawal=None).order_by("id"):
        Deadline.objects.filter(pk=held.deadline_id).update(dropped_at=None, alarm=held.alarm, alarm_at=held.alarm_at)
    deadlines.keep_strictest(complaint)


def let_run_on(complaint: Complaint, at: datetime, *, withdrawal: Withdrawal) -> list[Deadline]:
    """After a withdrawal was taken back: each date moves by the time in which nobody was to work on it.

    A day that was promised stays: it was not counted from anything.
    """
    deadlines.drop_all(complaint, at)
    rows = Deadline.objects.filter(pk__in=withdrawal.held_clocks.values("deadline"))
    clocks = list(rows.select_related("calendar", "pack").order_by("id"))
    for clock in clocks:
        if plan_of(clock) is not None and clock.overdue_at is None:
            add_stop(clock, withdrawal.at, at, WITHDRAWN)
            clock.due_at, clock.outer_at = count(clock)
        clock.dropped_at = None
        set_alarm(clock, after=at)
    Deadline.objects.bulk_update(clocks, ["dropped_at", "due_at", "outer_at", "alarm", "alarm_at", "basis"])
    deadlines.keep_strictest(complaint)
    return clocks
