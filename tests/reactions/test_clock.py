"""The clock: every alarm rings once, never early, in order, and one that fails keeps no other waiting."""

from datetime import datetime, timedelta

import pytest

from amends.calendars.counting import due
from amends.calendars.limits import Limit, Unit
from amends.calendars.loading import working_calendar
from amends.calendars.plans import Plan
from amends.complaints import actions
from amends.complaints.models import Deadline
from amends.complaints.stages import Stage
from amends.framework.ladder import level_at, rungs_now
from amends.journal.models import Entry
from amends.kit.dialect import is_single_host
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM
from amends.reactions import clock
from tests import builders
from tests.cast import DAY
from tests.complaints.clocks import apply_pack
from tests.reactions.alarms import HOLDER, broken, clock_of, confirmed, decision_of, moment, ring_all, said

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _nothing_is_set_back():
    clock._set_back.clear()
    yield
    clock._set_back.clear()


def rings(complaint, code: str, alarm: str, at: datetime, event: str) -> Entry:
    """It is the next alarm of a clock; it does not ring a second before, it rings then, and only once."""
    deadline = clock_of(complaint, code)
    assert (deadline.alarm, deadline.alarm_at) == (alarm, at)
    before = len(said(complaint))
    with pytest.raises(Refusal) as refused:
        clock.VERBS[alarm](deadline, by=SYSTEM, at=at - SECOND)
    assert refused.value.code == "too_early"
    assert ring_all(at - SECOND) == 0
    assert len(said(complaint)) == before
    assert ring_all(at) == 1
    assert ring_all(at) == 0
    new = said(complaint)[before:]
    assert [(entry.event, entry.at, entry.acting_as) for entry in new] == [(f"complaints.{event}", at, "system")]
    assert broken() == []
    return new[0]


#: What the clock for the decision of a complaint received on Monday 2 March at nine does, to its end. The days from
#: Good Friday to Easter Monday are off, and summer time begins on 29 March.
LIFE = [
    ("update", "03-16T09:00", "update_wanted"),
    ("remind", "03-18T09:00", "reminded"),
    ("remind", "03-20T09:00", "reminded"),
    ("overdue", "03-23T17:00", "deadline_missed"),
    ("escalate", "03-24T17:00", "escalated"),
    ("escalate", "03-26T17:00", "escalated"),
    ("escalate", "04-08T16:00", "escalated"),
]


def test_every_alarm_of_a_clock_rings_once_in_its_time_and_does_its_verb(world):
    complaint = confirmed(world)
    for alarm, at, event in LIFE:
        entry = rings(complaint, "decision", alarm, moment(at), event)
        assert (entry.facts["clock"], entry.facts["kind"]) == ("decision", "decision")
    deadline = decision_of(complaint)
    assert (deadline.alarm, deadline.alarm_at, deadline.level) == ("", None, 3)
    assert deadline.update_wanted_at == moment("03-16T09:00")
    assert deadline.overdue_at == deadline.due_at == moment("03-23T17:00")
    assert [row.to for row in deadline.escalations.order_by("level")] == [
        "unit_manager",
        "management_representative",
        "top_management",
    ]
    assert ring_all(moment("12-01T09:00")) == 0


def test_a_clock_that_stood_still_as_long_as_it_may_runs_on(world):
    complaint = confirmed(world)
    by = world.as_(world.liis)
    actions.pause(
        complaint, why="waiting_for_complainant", reason="A copy of the bill", by=by, at=moment("03-04T10:00")
    )
    ends_by = decision_of(complaint).pauses.get().ends_by
    entry = rings(complaint, "decision", "resume", ends_by, "resumed")
    assert entry.facts["is_by_itself"]
    deadline = decision_of(complaint)
    assert not deadline.is_paused
    assert deadline.pauses.get().ended_at == ends_by
    assert deadline.due_at > ends_by


def test_silence_of_the_complainant_is_noted_and_ends_nothing(world):
    complaint = confirmed(world, Stage.COMMUNICATED, remedies=0)
    deadline = clock_of(complaint, "answer")
    assert ring_all(deadline.due_at - SECOND) == 1, "the reminder"
    rings(complaint, "answer", "lapse", deadline.due_at, "time_lapsed")
    deadline = clock_of(complaint, "answer")
    assert deadline.is_open
    assert deadline.overdue_at == deadline.due_at
    complaint.refresh_from_db()
    assert complaint.stage == Stage.COMMUNICATED
    assert ring_all(deadline.due_at + 90 * DAY) == 0, "nobody is escalated about somebody else's silence"


def test_silence_of_ours_counts_as_an_answer_where_the_law_says_so(world):
    apply_pack(world, "estonia")
    complaint = confirmed(world)
    deadline = decision_of(complaint)
    ring_all(deadline.due_at - SECOND)
    rings(complaint, "decision", "deem", deadline.due_at, "deemed")
    assert complaint.deemed_outcomes.get().outcome == "refused"
    assert decision_of(complaint).is_open, "an answer is still owed"


def test_what_was_met_ended_or_moved_does_not_ring(world):
    stages = (Stage.DECIDED, Stage.INVESTIGATING, Stage.ASSESSED)
    told, ended, paused = (confirmed(world, stage, remedies=0) for stage in stages)
    liis, at = world.as_(world.liis), moment("03-10T10:00")
    actions.communicate(told, channel="portal", by=liis, at=at)
    actions.withdraw(ended, by=builders.the_complainant(ended), at=at)
    actions.pause(paused, why="waiting_for_complainant", reason="A bill", by=liis, at=at)
    assert ring_all(moment("03-24T09:00")) == 0
    assert not Entry.objects.filter(event="complaints.deadline_missed").exists()


def test_the_apology_promises_a_new_date_counted_from_the_moment_it_was_noticed(world):
    complaint = confirmed(world)
    noticed = moment("03-25T11:00")
    ring_all(noticed)
    deadline = decision_of(complaint)
    new_date = due(Plan(noticed, Limit(5, Unit.WORKING_DAYS)), working_calendar(deadline.calendar))
    assert deadline.promised_at == new_date == moment("04-01T16:00")
    assert said(complaint, "deadline_missed")[0].facts["promised_at"] == "2026-04-01T16:00:00.000000Z"


@pytest.fixture
def order(monkeypatch):
    """What rang, in the order in which it did: the moment it was for, and what it was."""
    rang: list[tuple[datetime, str, int]] = []

    def noted(alarm, verb):
        def call(deadline, **said):
            rang.append((deadline.alarm_at, alarm, deadline.pk))
            return verb(deadline, **said)

        return call

    monkeypatch.setattr(clock, "VERBS", {alarm: noted(alarm, verb) for alarm, verb in clock.VERBS.items()})
    return rang


@pytest.mark.parametrize("batch", [1, 3, 50])
def test_after_an_outage_everything_rings_in_the_order_of_its_time(world, order, batch):
    received = [world.at + timedelta(days=day, hours=3 * day) for day in (0, 1, 2, 3, 7, 8)]
    complaints = [builders.a_receipt(world, at=at, text=f"Complaint of {at}").complaint for at in received]
    back = moment("04-02T10:00")
    assert ring_all(back, batch=batch) == len(order)
    assert [at for at, _, _ in order] == sorted(at for at, _, _ in order)
    assert all(at <= back for at, _, _ in order)
    assert len(set(order)) == len(order)
    for complaint in complaints:
        for missed in said(complaint, "deadline_missed"):
            deadline = clock_of(complaint, missed.facts["clock"])
            assert missed.facts["due_at"] == deadline.due_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), "the true time"
            assert missed.at == deadline.overdue_at == back
        codes = [entry.facts["clock"] for entry in said(complaint, "deadline_missed")]
        assert len(codes) == len(set(codes)), "late once"
        assert "acknowledgement" in codes
        for escalated in said(complaint, "escalated"):
            deadline = clock_of(complaint, escalated.facts["clock"])
            level = rungs_now().levels[escalated.facts["level"] - 1]
            assert level_at(level, deadline.due_at, working_calendar(deadline.calendar)) <= back
    assert broken() == []
    assert clock.oldest_ringing(back) == timedelta()


def test_an_outage_leaves_the_same_behind_as_a_clock_that_never_stopped(world):
    awake, asleep = confirmed(world), confirmed(world, text="The other one")
    both = moment("04-08T16:00")
    Deadline.objects.filter(complaint=asleep).update(alarm_at=None, alarm="")
    for _alarm, at, _event in LIFE:
        ring_all(moment(at))
    first = decision_of(asleep)
    first.alarm, first.alarm_at = "update", moment("03-16T09:00")
    first.save()
    ring_all(both)
    one, other = decision_of(awake), decision_of(asleep)
    assert [entry.event for entry in said(awake)] == [entry.event for entry in said(asleep)]
    for name in ("due_at", "first_due_at", "level", "alarm", "alarm_at", "is_paused", "met_at", "basis"):
        assert getattr(one, name) == getattr(other, name)


def test_how_late_the_clock_is_can_be_seen(world):
    confirmed(world)
    assert clock.oldest_ringing(moment("03-16T08:59")) == timedelta()
    assert clock.oldest_ringing(moment("03-16T09:10")) == timedelta(minutes=10)


def test_a_verb_that_fails_sets_only_its_own_deadline_back(world, caplog):
    complaints = [confirmed(world, text=f"Number {number}") for number in range(4)]
    at = moment("03-23T17:00")
    ring_all(at - SECOND)
    poor = decision_of(complaints[1])
    Deadline.objects.filter(pk=poor.pk).update(code="nothing-of-the-kind")
    before = Entry.objects.count()
    assert ring_all(at) == 3
    assert Entry.objects.count() == before + 3
    assert [bool(said(complaint, "deadline_missed")) for complaint in complaints] == [True, False, True, True]
    poor.refresh_from_db()
    assert (poor.overdue_at, poor.alarm) == (None, "overdue"), "nothing of it was half done"
    assert caplog.text.count(f"alarm overdue of deadline {poor.pk} failed") == 1
    for later in (SECOND, clock.SET_BACK - SECOND):
        assert ring_all(at + later) == 0
    assert caplog.text.count(f"alarm overdue of deadline {poor.pk} failed") == 1, "it was left alone"
    Deadline.objects.filter(pk=poor.pk).update(code="decision")
    assert ring_all(at + clock.SET_BACK) == 1
    assert said(complaints[1], "deadline_missed")[0].at == at + clock.SET_BACK


def test_more_that_fail_than_fit_into_a_batch_keep_no_other_waiting(world):
    complaints = [confirmed(world, text=f"Number {number}") for number in range(5)]
    at = moment("03-23T17:00")
    ring_all(at - SECOND)
    poor = [decision_of(complaint).pk for complaint in complaints[:4]]
    Deadline.objects.filter(pk__in=poor).update(code="nothing-of-the-kind")
    for _turn in range(4):
        clock.ring(HOLDER, at, batch=2)
    assert said(complaints[4], "deadline_missed")


def test_a_complaint_that_ended_behind_our_back_is_set_back_and_not_called_late(world):
    complaint = confirmed(world)
    type(complaint).objects.filter(pk=complaint.pk).update(stage="closed", version=9)
    assert ring_all(moment("03-16T09:00")) == 0
    assert said(complaint, "update_wanted") == []


def test_where_there_is_one_database_file_one_worker_has_the_duty_and_another_takes_it_over(world):
    complaint = confirmed(world)
    at = moment("03-16T09:00")
    assert ring_all(at, holder="one") == 1
    at = moment("03-18T09:00")
    Deadline.objects.filter(complaint=complaint, code="decision").update(alarm_at=at - DAY)
    assert clock.ring("two", at - DAY) == 1, "a day later nobody holds it any more"
    Deadline.objects.filter(complaint=complaint, code="decision").update(alarm_at=at - DAY)
    expected = 0 if is_single_host() else 1
    assert clock.ring("one", at - DAY + SECOND) == expected
    assert ring_all(at - DAY + clock.LEASE + SECOND, holder="one") == 1 - expected


def test_a_history_is_told_with_each_alarm_at_its_own_time(world):
    complaint = confirmed(world)
    assert clock.catch_up(moment("12-01T09:00")) == len(LIFE)
    told = [entry for entry in said(complaint) if entry.acting_as == "system"][1:]
    assert [(entry.event, entry.at) for entry in told] == [(f"complaints.{event}", moment(at)) for _, at, event in LIFE]


def test_a_history_with_a_deadline_that_cannot_be_read_comes_to_its_end(world):
    good, poor = confirmed(world), confirmed(world, text="The other one")
    Deadline.objects.filter(complaint=poor, code="decision").update(basis={"remind": "nonsense"})
    assert clock.catch_up(moment("12-01T09:00")) == len(LIFE)
    assert len(said(good, "escalated")) == 3
