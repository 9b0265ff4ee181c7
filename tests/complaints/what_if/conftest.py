"""Complaints to which everything happened that moves a date."""

from datetime import date

import pytest

from amends.complaints import actions
from amends.complaints.models import Deadline
from amends.complaints.stages import Stage
from amends.people.standing import SYSTEM
from tests import builders
from tests.complaints.clocks import at, clock
from tests.complaints.what_if.asking import told


@pytest.fixture
def liis(world):
    return world.as_(world.liis)


@pytest.fixture
def lives(world, liis):
    """Complaints to which everything happened that moves a date."""
    in_time = told(world, at(2), at(16))
    late = told(world, at(2, 11), at(31))
    paused = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.pause(paused, why="waiting_for_complainant", reason="A bill", by=liis, at=at(4))
    actions.resume(paused, by=liis, at=at(11))
    standing = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.pause(standing, why="waiting_for_complainant", reason="A bill", by=liis, at=at(4))
    extended = builders.a_complaint(world, Stage.INVESTIGATING)
    actions.extend(clock(extended, "decision"), reason="The engineer is ill.", by=liis, at=at(20))
    actions.extend(
        clock(extended, "decision"), reason="She still is.", until=date(2026, 4, 9), by=liis, at=at(1, month=4)
    )
    reviewed = builders.a_complaint(world, Stage.IN_REVIEW)
    withdrawn = builders.a_complaint(world, Stage.WITHDRAWN)
    promised = builders.a_complaint(world, Stage.ACCEPTED, remedies=2)
    still_open = builders.a_complaint(world, Stage.RECEIVED)
    passed = clock(still_open, "decision")
    # Its reminders are over.
    Deadline.objects.filter(pk=passed.pk).update(alarm=Deadline.Alarm.OVERDUE, alarm_at=passed.due_at)
    actions.overdue(clock(still_open, "decision"), by=SYSTEM, at=passed.due_at)
    return [in_time, late, paused, standing, extended, reviewed, withdrawn, promised, still_open]
