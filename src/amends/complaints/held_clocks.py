"""Clocks of a complaint that is merged or void: held as they are, and given back as they were. Called by verbs only."""

from datetime import datetime

from amends.complaints import deadlines
from amends.complaints.models import Complaint, Deadline, HeldClock, Merging, Voiding


def hold_clocks(
    complaint: Complaint, at: datetime, *, merging: Merging | None = None, voiding: Voiding | None = None
) -> int:
    """No clock of the complaint rings meanwhile. Pauses stay open: they belong to the dates. Returns how many."""
    running = deadlines.held(complaint)
    HeldClock.objects.bulk_create(
        [
            HeldClock(merging=merging, voiding=voiding, deadline=clock, alarm=clock.alarm, alarm_at=clock.alarm_at)
            for clock in running
        ]
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
    for held in HeldClock.objects.filter(merging=merging, voiding=voiding).order_by("id"):
        Deadline.objects.filter(pk=held.deadline_id).update(dropped_at=None, alarm=held.alarm, alarm_at=held.alarm_at)
    deadlines.keep_strictest(complaint)
