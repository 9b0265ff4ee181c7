"""Which running deadlines a newer version of their calendar would move: told before it is published, and then true."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.calendars.actions import publish_calendar
from amends.calendars.loading import newest_version
from amends.calendars.models import Calendar, CalendarVersion
from amends.complaints import moving
from amends.complaints.models import Complaint, Deadline, Wall
from amends.complaints.moving import what_would_move
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.kit.canonical import digest
from amends.people.standing import SYSTEM
from amends.reactions import recounting
from tests import builders
from tests.cast import AT

pytestmark = pytest.mark.django_db

#: The Tuesday after the world's Monday: every clock that counts working days is a day later.
CLOSED = {"2026-03-03": {"intervals": [], "why": "closure", "name": {"en": "Move"}}}


@pytest.fixture
def office(world) -> Calendar:
    return Calendar.objects.get(code="office")


def unsaved(office: Calendar, days=CLOSED) -> CalendarVersion:
    newest = newest_version(office)
    document = {**newest.document, "days": {**newest.document["days"], **days}, "version": newest.number + 1}
    return CalendarVersion(calendar=office, number=newest.number + 1, document=document, digest=digest(document))


def open_deadlines() -> dict[int, object]:
    return dict(Deadline.objects.open().order_by("pk").values_list("pk", "due_at"))


def test_it_names_what_would_move_and_changes_nothing(world, office):
    complaint = builders.a_complaint(world)
    before = open_deadlines()
    found = what_would_move(unsaved(office), reader=world.as_(world.clara), at=AT)
    assert found.moved == found.looked_at == len(before)
    assert (found.earlier, found.is_cut) == (0, False)
    assert {move.deadline.complaint.reference for move in found.moves} == {complaint.reference}
    assert all(move.due_at > move.was_due_at == before[move.deadline.pk] for move in found.moves)
    assert open_deadlines() == before


def test_what_it_says_is_what_happens(world, office):
    for number in range(3):
        builders.a_complaint(world, at=AT + timedelta(hours=number))
    version = unsaved(office)
    told = {
        move.deadline.pk: move.due_at
        for move in what_would_move(version, reader=world.as_(world.clara), at=AT + timedelta(hours=3)).moves
    }
    publish_calendar(office, version.document, moves_running=True, by=SYSTEM, at=AT + timedelta(hours=3))
    entry = Entry.objects.filter(event="calendars.published").latest("id")
    before = open_deadlines()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("amends.reactions.recounting.asked", lambda: AT + timedelta(hours=3))
        recounting.calendar_published(entry)
    after = open_deadlines()
    assert {pk: due for pk, due in after.items() if due != before[pk]} == told


def test_an_opening_makes_it_earlier(world, office):
    builders.a_complaint(world)
    saturday = {"2026-03-07": {"intervals": [["09:00", "17:00"]], "why": "opening", "name": {}}}
    found = what_would_move(unsaved(office, saturday), reader=world.as_(world.clara), at=AT)
    assert found.earlier == found.moved > 0


def test_a_date_that_would_be_past_stays(world, office):
    builders.a_complaint(world)
    saturday = {"2026-03-07": {"intervals": [["09:00", "17:00"]], "why": "opening", "name": {}}}
    decision = Deadline.objects.open().get(kind="decision")
    just_before = decision.due_at - timedelta(hours=1)
    found = what_would_move(unsaved(office, saturday), reader=world.as_(world.clara), at=just_before)
    assert decision.pk not in {move.deadline.pk for move in found.moves}


def test_what_is_overdue_or_stands_still_or_has_ended_stays(world, office):
    late, still = (builders.a_complaint(world) for _ in range(2))
    builders.a_complaint(world, Stage.CLOSED)
    Deadline.objects.open().filter(complaint=still, kind="decision").update(is_paused=True)
    rows = Deadline.objects.open().filter(complaint=late)
    rows.update(overdue_at=AT + timedelta(days=400), alarm="", alarm_at=None)
    found = what_would_move(unsaved(office), reader=world.as_(world.clara), at=AT)
    moved = {(move.deadline.complaint_id, move.deadline.kind) for move in found.moves}
    assert late.pk not in {complaint for complaint, _kind in moved}
    assert (still.pk, "decision") not in moved


def test_only_readable_complaints_are_named_and_walled_ones_are_not_even_counted(world, office):
    water = builders.a_complaint(world)
    count = Deadline.objects.open().filter(complaint=water).count()
    admin = what_would_move(unsaved(office), reader=world.as_(world.adam), at=AT)
    assert (admin.moved, admin.moves) == (count, ())
    Wall.objects.create(complaint=water, person=world.clara, why=Wall.Why.DECLARED, since=AT)
    walled = what_would_move(unsaved(office), reader=world.as_(world.clara), at=AT)
    assert (walled.looked_at, walled.moved, walled.moves) == (0, 0, ())


def test_it_names_twenty_the_earliest_first_and_asks_as_often_for_one_as_for_many(world, office):
    builders.a_complaint(world)
    version, clara = unsaved(office), world.as_(world.clara)
    with CaptureQueriesContext(connection) as one:
        what_would_move(version, reader=clara, at=AT)
    for number in range(15):
        builders.a_complaint(world, at=AT + timedelta(minutes=number))
    later = AT + timedelta(hours=1)
    with CaptureQueriesContext(connection) as many:
        found = what_would_move(version, reader=clara, at=later)
    assert len(many) == len(one)
    assert found.moved > len(found.moves) == moving.NAMED
    dates = [move.was_due_at for move in found.moves]
    assert dates == sorted(dates)


def test_it_says_when_it_has_not_looked_at_all(world, office, monkeypatch):
    builders.a_complaint(world)
    builders.a_complaint(world)
    monkeypatch.setattr(moving, "LOOKED_AT", 2)
    found = what_would_move(unsaved(office), reader=world.as_(world.clara), at=AT)
    assert (found.looked_at, found.is_cut) == (2, True)


def test_deadlines_of_another_calendar_are_not_looked_at(world, office):
    builders.a_complaint(world)
    other = Calendar.objects.create(code="other", name={"en": "Other"}, made_at=AT)
    version = unsaved(office)
    version.calendar = other
    found = what_would_move(version, reader=world.as_(world.clara), at=AT)
    assert found.looked_at == 0
    assert Complaint.objects.exists()
