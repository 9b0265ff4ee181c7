"""The nights in which summer time begins and ends, in four zones: nothing early, nothing twice, nothing left out.

Time is given to the clock here, minute by minute; the machine's own clock is never set.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.calendars.actions import add_calendar
from amends.calendars.counting import due
from amends.calendars.limits import Limit, Unit
from amends.calendars.loading import working_calendar
from amends.calendars.making import calendar_document
from amends.calendars.plans import Plan
from amends.complaints.models import Complaint, Deadline
from amends.framework.actions.change_ladder import change_ladder
from amends.journal.models import Entry
from amends.kit.translated import TranslatedText
from amends.people.standing import SYSTEM
from amends.reactions import clock
from amends.reactions.true_time import TrueTime
from tests import builders
from tests.reactions.alarms import HOLDER, broken, confirmed, decision_of, said

pytestmark = pytest.mark.django_db

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
#: Each zone with the night in which an hour (on Lord Howe half an hour) is missing, and that in which it comes twice.
NIGHTS = [
    (zone, date.fromisoformat(night))
    for zone, nights in {
        "Europe/Tallinn": ("2026-03-29", "2026-10-25"),
        "Europe/London": ("2026-03-29", "2026-10-25"),
        "America/New_York": ("2026-03-08", "2026-11-01"),
        "Australia/Lord_Howe": ("2026-10-04", "2026-04-05"),
    }.items()
    for night in nights
]


@pytest.fixture(autouse=True)
def _nothing_is_set_back():
    clock._set_back.clear()
    yield
    clock._set_back.clear()


class Night:
    """A night in a zone, and complaints whose clocks pass at every quarter of an hour that the wall shows in it."""

    def __init__(self, zone: str, night: date) -> None:
        self.zone = ZoneInfo(zone)
        self.begins = datetime.combine(night, time(0), self.zone).astimezone(UTC)
        world = builders.a_world(at=self.begins - timedelta(days=40))
        hours = [{"after": {"count": hours, "unit": "hours"}, "to": "unit_manager"} for hours in (1, 3)]
        change_ladder(levels=hours, quiet={}, by=SYSTEM, at=world.at)
        document = calendar_document(zone=zone, this_year=2026)
        name = TranslatedText({"en": zone})
        calendar = add_calendar(name, document, by=SYSTEM, at=world.at, code="there")
        walls = [datetime.combine(night, time(hour, minute)) for hour in range(4) for minute in (0, 20, 40)]
        moments = {wall.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for wall in walls for fold in (0, 1)}
        self.moments = sorted(moments)
        self.complaints: list[Complaint] = []
        for moment in self.moments:
            complaint = confirmed(world, text=f"Due at {moment}")
            values = {"due_at": moment, "alarm": "overdue", "alarm_at": moment, "calendar": calendar, "outer_at": None}
            Deadline.objects.filter(complaint=complaint, code="decision").update(**values)
            Complaint.objects.filter(pk=complaint.pk).update(next_due_at=moment)
            self.complaints.append(complaint)


@pytest.fixture(params=NIGHTS, ids=lambda given: f"{given[0]}-{given[1]}")
def night(request, db) -> Night:
    return Night(*request.param)


def test_every_alarm_rings_in_its_own_minute_once(night):
    at = night.begins - HOUR
    while at < night.begins + 10 * HOUR:
        while clock.ring(HOLDER, at):
            pass
        at += 10 * MINUTE
    for complaint, moment in zip(night.complaints, night.moments, strict=True):
        told = [(entry.event, entry.at) for entry in said(complaint) if entry.event.endswith(("missed", "escalated"))]
        assert [event for event, _ in told] == ["complaints.deadline_missed", *["complaints.escalated"] * 2]
        for (_event, rang), expected in zip(told, (moment, moment + HOUR, moment + 3 * HOUR), strict=True):
            assert expected <= rang < expected + 10 * MINUTE
        deadline = decision_of(complaint)
        new_date = due(Plan(deadline.overdue_at, Limit(5, Unit.WORKING_DAYS)), working_calendar(deadline.calendar))
        assert deadline.promised_at == new_date
    assert not Deadline.objects.ringing(at).exists()
    assert broken() == []


def test_a_machine_that_keeps_local_time_by_mistake_calls_nothing_early_and_nothing_twice(night):
    """Its clock is an hour ahead or behind from the change on, until somebody puts it right four hours later."""
    steady, true = 0.0, night.begins - HOUR
    wrong_from = night.begins + 2 * HOUR
    offset = [timedelta()]
    believed = TrueTime(ask=lambda: true + offset[0], steady=lambda: steady)
    jumps = {wrong_from: HOUR, wrong_from + MINUTE: timedelta(), wrong_from + 2 * HOUR: -HOUR}
    jumps[wrong_from + 2 * HOUR + MINUTE] = timedelta()
    while true < night.begins + 8 * HOUR:
        offset[0] = jumps.get(true, offset[0])
        while clock.ring(HOLDER, believed.now()):
            pass
        true, steady = true + MINUTE, steady + 60
    missed = Entry.objects.filter(event="complaints.deadline_missed")
    assert missed.count() == len(night.complaints)
    for complaint, moment in zip(night.complaints, night.moments, strict=True):
        (entry,) = said(complaint, "deadline_missed")
        assert moment <= entry.at < moment + 2 * MINUTE
    assert broken() == []
