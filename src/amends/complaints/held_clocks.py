"""Clocks of a merged complaint: held as they are, and given back as they were. Called by verbs only."""

from datetime import datetime

from amends.complaints import deadlines
from amends.complaints.models import Complaint, Deadline, HeldClock, Merging


def hold_clocks(complaint: Complaint, merging: Merging) -> None:
    """No clock of the complaint rings while the other one runs. Pauses stay open: they belong to the dates."""
    running = deadlines.held(complaint)
    HeldClock.objects.bulk_create(
        [HeldClock(merging=merging, deadline=clock, alarm=clock.alarm, alarm_at=clock.alarm_at) for clock in running]
    )
    rows = Deadline.objects.filter(pk__in=[clock.pk for clock in running])
    rows.update(dropped_at=merging.at, alarm="", alarm_at=None)
    deadlines.keep_strictest(complaint)


def give_back_clocks(complaint: Complaint, merging: Merging, at: datetime) -> None:
    """The dates are those of before: being merged was our doing, and gives us no time. What passed rings at once."""
    deadlines.drop_all(complaint, at)
    for held in HeldClock.objects.filter(merging=merging).order_by("id"):
        Deadline.objects.filter(pk=held.deadline_id).update(dropped_at=None, alarm=held.alarm, alarm_at=held.alarm_at)
    deadlines.keep_strictest(complaint)
