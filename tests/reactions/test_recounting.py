"""Counting again what runs, when a calendar was put right or other rules apply: where asked for, once, to the end."""

from datetime import timedelta

import pytest

from amends.calendars.actions import publish_calendar
from amends.calendars.models import Calendar
from amends.complaints import actions
from amends.complaints.actions.record_history import HistoricComplaint
from amends.complaints.models import Complaint, Deadline
from amends.complaints.stages import Stage
from amends.framework.actions.activate_pack import activate_pack
from amends.framework.models import RulePackVersion
from amends.journal import outbox
from amends.journal.models import Entry, FollowUp
from amends.people.standing import SYSTEM
from amends.reactions import clock, recounting
from tests import builders
from tests.cast import DAY
from tests.journal import journals
from tests.reactions.alarms import broken, clock_of, confirmed, decision_of, moment, ring_all, said

NOW = moment("03-09T10:00")


@pytest.fixture(autouse=True)
def _it_is_the_second_week(monkeypatch):
    clock._set_back.clear()
    monkeypatch.setattr(recounting, "asked", lambda: NOW)


def closed_on(*days: str, moves_running: bool = True):
    """Publish the office's calendar with days off that nobody had known of."""
    office = Calendar.objects.get(code="office")
    newest = office.versions.order_by("-number")[0].document
    off = {day: {"intervals": [], "why": "closure", "name": {"en": "Mourning"}, "own": True} for day in days}
    document = {**newest, "days": {**newest["days"], **off}}
    return publish_calendar(office, document, by=SYSTEM, at=NOW, moves_running=moves_running)


def follow(reaction: str = "recounting", at=NOW) -> None:
    """Run what counts again; everything else waits."""
    while outbox.fan_out(at):
        pass
    for one in FollowUp.objects.filter(reaction__startswith=reaction, state="waiting").select_related("entry"):
        outbox.table().by_name()[one.reaction](one.entry)


def due(complaint) -> str:
    return decision_of(complaint).due_at.strftime("%m-%d %H:%M")


def test_a_day_off_that_was_forgotten_moves_what_runs(world):
    complaint = confirmed(world)
    closed_on("2026-03-12", "2026-03-13")
    follow()
    deadline = decision_of(complaint)
    assert due(complaint) == "03-25 17:00"
    assert deadline.first_due_at == moment("03-23T17:00"), "what was promised first is still known"
    assert (deadline.alarm, deadline.alarm_at) == ("update", moment("03-18T09:00"))
    complaint.refresh_from_db()
    assert complaint.next_due_at == deadline.due_at
    (entry,) = said(complaint, "deadlines_moved")
    assert (entry.facts["count"], entry.acting_as) == (1, "system")
    assert broken() == []


def test_where_it_was_not_asked_for_nothing_moves(world):
    complaint = confirmed(world)
    closed_on("2026-03-12", moves_running=False)
    follow()
    assert due(complaint) == "03-23 17:00"
    assert said(complaint, "deadlines_moved") == []
    assert due(confirmed(world, text="A new one")) == "03-24 17:00"


def test_what_has_passed_stays_passed_and_what_was_met_stays_met(world):
    met, late, ended = (
        confirmed(world),
        builders.a_receipt(world, text="Late").complaint,
        confirmed(world, text="Ended"),
    )
    ring_all(NOW)
    actions.withdraw(ended, by=builders.the_complainant(ended), at=NOW)
    before = list(Deadline.objects.filter(kind="acknowledgement").order_by("id").values())
    gone = list(Deadline.objects.filter(complaint=ended).order_by("id").values())
    closed_on("2026-03-03", "2026-03-04", "2026-03-12")
    follow()
    assert list(Deadline.objects.filter(kind="acknowledgement").order_by("id").values()) == before
    assert list(Deadline.objects.filter(complaint=ended).order_by("id").values()) == gone
    assert due(met) == due(late) == "03-26 17:00"
    assert said(late, "deadline_missed")[0].facts["clock"] == "acknowledgement"
    assert broken() == []


def test_nothing_moves_into_the_past(world, monkeypatch):
    """The calendar had days off that never were: counted again, the date would have passed already."""
    closed_on("2026-03-05", "2026-03-06", moves_running=False)
    complaint = confirmed(world)
    assert due(complaint) == "03-25 17:00"
    office = Calendar.objects.get(code="office")
    first = office.versions.order_by("number")[0].document
    publish_calendar(office, first, by=SYSTEM, at=moment("03-24T10:00"), moves_running=True)
    monkeypatch.setattr(recounting, "asked", lambda: moment("03-24T10:00"))
    follow(at=moment("03-24T10:00"))
    assert due(complaint) == "03-25 17:00"


def test_two_versions_at_once_come_to_the_newest(world):
    complaint = confirmed(world)
    closed_on("2026-03-12")
    closed_on("2026-03-13")
    follow()
    assert due(complaint) == "03-25 17:00"
    assert len(said(complaint, "deadlines_moved")) == 1


def test_done_twice_nothing_changes_any_more(world):
    complaints = [confirmed(world, text=f"Number {number}") for number in range(3)]
    closed_on("2026-03-12")
    follow()
    before = (Entry.objects.count(), list(Deadline.objects.order_by("id").values()))
    follow()
    assert (Entry.objects.count(), list(Deadline.objects.order_by("id").values())) == before
    assert all(len(said(complaint, "deadlines_moved")) == 1 for complaint in complaints)


def test_what_stands_still_keeps_its_calendar_and_goes_on_soundly(world):
    complaint, liis = confirmed(world), world.as_(world.liis)
    actions.pause(complaint, why="waiting_for_complainant", reason="A bill", by=liis, at=NOW - DAY)
    closed_on("2026-03-12")
    follow()
    assert broken() == []
    actions.resume(complaint, by=liis, at=NOW + timedelta(hours=1))
    assert decision_of(complaint).is_open
    assert ring_all(decision_of(complaint).due_at) > 0
    assert len(said(complaint, "deadline_missed")) == 1
    assert broken() == []


def test_more_than_fit_into_one_batch_are_all_reached(world, monkeypatch):
    monkeypatch.setattr(recounting, "BATCH", 2)
    complaints = [confirmed(world, text=f"Number {number}") for number in range(5)]
    actions.withdraw(complaints[1], by=builders.the_complainant(complaints[1]), at=NOW)
    closed_on("2026-03-12")
    follow()
    assert [due(complaint) for complaint in complaints] == ["03-24 17:00", "03-23 17:00", *["03-24 17:00"] * 3]


@pytest.mark.parametrize("point", ["after_facts@3", "after_entry@4"])
def test_a_worker_killed_half_way_leaves_whole_complaints_and_the_next_goes_on(own_database, point):
    world = builders.a_world()
    complaints = [confirmed(world, text=f"Number {number}") for number in range(5)]
    closed_on("2026-03-12")
    while outbox.fan_out(NOW):
        pass
    done = int(point[-1]) - 1
    assert journals.in_child(follow, dies_at=point) == journals.KILLED
    assert [due(complaint) for complaint in complaints] == ["03-24 17:00"] * done + ["03-23 17:00"] * (5 - done)
    assert Entry.objects.filter(event="complaints.deadlines_moved").count() == done
    assert broken() == []
    follow()
    assert {due(complaint) for complaint in complaints} == {"03-24 17:00"}
    assert Entry.objects.filter(event="complaints.deadlines_moved").count() == 5
    assert broken() == []


def test_counting_again_beside_the_clock_moves_or_rings_and_never_both_half(own_database, monkeypatch):
    world = builders.a_world()
    complaints = [confirmed(world, text=f"Number {number}") for number in range(6)]
    at = moment("03-23T16:59:59")
    ring_all(at)
    monkeypatch.setattr(recounting, "asked", lambda: at)
    closed_on("2026-03-12")
    while outbox.fan_out(at):
        pass
    journals.at_once(lambda: follow(at=at), lambda: ring_all(at + timedelta(seconds=1), batch=1))
    for complaint in complaints:
        assert len(said(complaint, "deadline_missed")) + len(said(complaint, "deadlines_moved")) == 1
    assert broken() == []


def other_rules(starts_at, *, moves_running: bool = True) -> None:
    version = RulePackVersion.objects.get(pack="uk-fca-disp")
    activate_pack(version, starts_at=starts_at, reason="We sell loans", by=SYSTEM, at=NOW, moves_running=moves_running)


def test_other_rules_apply_to_what_was_received_since_they_began_and_to_nothing_older(world):
    old = builders.a_receipt(world, at=moment("03-03T10:00")).complaint
    young = builders.a_receipt(world, at=moment("03-05T10:00"), text="Younger").complaint
    other_rules(moment("03-04T00:00"))
    follow()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.pack.pack, young.pack.pack) == ("general", "uk-fca-disp")
    assert clock_of(young, "final_response").due_at == moment("04-30T22:59:59"), "eight weeks from 5 March"
    assert Deadline.objects.open().filter(complaint=young, code="decision").count() == 0
    assert (said(old, "packs_changed"), len(said(young, "packs_changed"))) == ([], 1)
    assert broken() == []


def test_where_it_was_not_asked_for_they_apply_to_new_complaints_only(world):
    running = builders.a_receipt(world, at=moment("03-05T10:00")).complaint
    other_rules(moment("03-04T00:00"), moves_running=False)
    follow()
    running.refresh_from_db()
    assert running.pack.pack == "general"


def test_complaints_taken_over_from_elsewhere_and_ended_ones_keep_theirs(world):
    actions.record_history(
        [HistoricComplaint("17", moment("03-05T00:00"), "Old matter", stage=Stage.RECEIVED)],
        source="before",
        by=SYSTEM,
        at=NOW,
    )
    ended = builders.a_receipt(world, at=moment("03-05T10:00")).complaint
    actions.withdraw(ended, by=builders.the_complainant(ended), at=NOW)
    other_rules(moment("03-04T00:00"))
    follow()
    assert {row.pack.pack for row in Complaint.objects.select_related("pack")} == {"general"}
    assert broken() == []


def test_rules_looked_up_again_twice_are_changed_once(world):
    complaint = builders.a_receipt(world, at=moment("03-05T10:00")).complaint
    other_rules(moment("03-04T00:00"))
    follow()
    follow()
    assert len(said(complaint, "packs_changed")) == 1
    assert broken() == []
