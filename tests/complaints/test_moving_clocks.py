"""Standing still, running on, taking more time, counting again: with a reason, within the rules, in the journal."""

from datetime import date, timedelta

import pytest

from amends.calendars.actions import publish_calendar
from amends.calendars.models import Calendar
from amends.complaints import actions
from amends.complaints.counting import explanation_of
from amends.complaints.intake import Contact
from amends.complaints.models import Complaint, Deadline, Extension, Pause
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from amends.journal.models import Entry
from amends.kit.invariants import all_invariants
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM
from tests import builders
from tests.complaints.clocks import apply_pack, at, clock, due_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def liis(world):
    return world.as_(world.liis)


@pytest.fixture
def complaint(world):
    return builders.a_complaint(world, Stage.INVESTIGATING)


def broken() -> list[str]:
    return [sentence for each in all_invariants() for sentence in each.check()]


def refused(code, call, *arguments, **named):
    with pytest.raises(Refusal) as caught:
        call(*arguments, **named)
    assert caught.value.code == code
    return caught.value


def wait(complaint, by, moment):
    return actions.pause(complaint, why="waiting_for_complainant", reason="A copy of the bill", by=by, at=moment)


def test_a_clock_that_stands_still_loses_the_days_on_which_it_does(complaint, liis):
    wait(complaint, liis, at(4))
    decision = clock(complaint, "decision")
    assert decision.is_paused
    assert decision.alarm == "resume"
    actions.resume(complaint, by=liis, at=at(11))
    # Five closes of working days were missed: 4, 5, 6, 9 and 10 March.
    assert due_day(decision) == date(2026, 3, 30)
    explanation = explanation_of(clock(complaint, "decision"))
    assert explanation is not None
    assert explanation.adds_up()
    assert [step.day.day for step in explanation.days if step.stop][:2] == [4, 5]
    assert broken() == []


def test_two_hours_of_waiting_cost_no_day(complaint, liis):
    wait(complaint, liis, at(4, 10))
    actions.resume(complaint, by=liis, at=at(4, 12))
    assert due_day(clock(complaint, "decision")) == date(2026, 3, 23)


def test_only_what_the_rules_allow_stands_still(complaint, liis):
    stopped = wait(complaint, liis, at(4))
    assert [deadline.code for deadline in stopped] == ["decision"]
    refused("not_pausable", actions.pause, complaint, why="court", reason="A case", by=liis, at=at(4))


def test_a_law_that_knows_no_pause_is_not_paused(world, liis):
    apply_pack(world, "eu-psd2")
    strict = builders.a_complaint(world, Stage.INVESTIGATING)
    refused("not_pausable", wait, strict, liis, at(4))


def test_a_reason_is_needed_and_nothing_happens_without(complaint, liis):
    refusal = refused(
        "reason_needed", actions.pause, complaint, why="waiting_for_complainant", reason=" ", by=liis, at=at(4)
    )
    assert refusal.field == "reason"
    assert not Pause.objects.exists()


def test_no_pause_is_without_end(complaint, liis):
    wait(complaint, liis, at(4))
    decision = clock(complaint, "decision")
    pause = Pause.objects.get(deadline=decision)
    assert pause.ends_by.date() == date(2026, 4, 1)
    refused("too_early", actions.resume_by_itself, decision, by=SYSTEM, at=pause.ends_by - timedelta(seconds=1))
    actions.resume_by_itself(clock(complaint, "decision"), by=SYSTEM, at=pause.ends_by + timedelta(hours=5))
    pause.refresh_from_db()
    assert pause.ended_at == pause.ends_by, "however late we noticed"
    refused("stale", actions.resume_by_itself, clock(complaint, "decision"), by=SYSTEM, at=at(30, month=4))
    assert broken() == []


def test_the_longest_time_counts_all_pauses_together(complaint, liis):
    wait(complaint, liis, at(4))
    actions.resume(complaint, by=liis, at=at(25))
    wait(complaint, liis, at(26))
    second = Pause.objects.filter(ended_at__isnull=True).get()
    # Fifteen of twenty working days are gone.
    assert second.ends_by.date() == date(2026, 4, 2)
    actions.resume(complaint, by=liis, at=at(20, month=4))
    refused("not_pausable", wait, complaint, liis, at(21, month=4))


def test_a_question_stops_the_clock_and_the_answer_lets_it_run(complaint, liis):
    actions.write_message(complaint, text="Which meter is it?", needs_reply=True, by=liis, at=at(4))
    assert clock(complaint, "decision").is_paused
    answer = builders.the_complainant(complaint)
    actions.reply(complaint, text="The one in the cellar.", by=answer, at=at(6))
    assert not clock(complaint, "decision").is_paused
    assert due_day(clock(complaint, "decision")) == date(2026, 3, 25)
    assert Entry.objects.get(event="complaints.replied").facts["moved"] == ["decision"]
    assert broken() == []


def test_an_answer_does_not_end_another_pause(complaint, world, liis):
    Pause.objects.all()
    wait(complaint, liis, at(4))
    Pause.objects.update(why=Pause.Why.COURT)
    actions.reply(complaint, text="Hello.", by=builders.the_complainant(complaint), at=at(6))
    assert clock(complaint, "decision").is_paused


def test_more_time_is_told_to_the_complainant_with_reason_and_day(complaint, liis):
    before = clock(complaint, "decision").due_at
    extension = actions.extend(
        clock(complaint, "decision"), reason="We wait for the laboratory.", until=date(2026, 3, 31), by=liis, at=at(16)
    )
    decision = clock(complaint, "decision")
    assert (decision.extended_from, decision.first_due_at) == (before, before)
    assert due_day(decision) == date(2026, 3, 31)
    message = Message.objects.get(pk=extension.message_id)
    assert "We wait for the laboratory." in message.text
    assert "31 March 2026" in message.text
    assert explanation_of(decision).adds_up()
    assert broken() == []


def test_nothing_goes_beyond_the_outer_limit(world, liis):
    apply_pack(world, "eu-psd2")
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    reply = Deadline.objects.get(complaint=complaint, kind="decision")
    refusal = refused(
        "beyond_limit",
        actions.extend,
        clock(complaint, reply.code),
        reason="Why",
        until=date(2026, 6, 1),
        by=liis,
        at=at(9),
    )
    assert refusal.facts["latest"] == "2026-04-22"
    assert "22 April 2026" in str(refusal)
    actions.extend(clock(complaint, reply.code), reason="Why", by=liis, at=at(9))
    extended = clock(complaint, reply.code)
    assert extended.due_at <= extended.outer_at
    refused("extended_enough", actions.extend, extended, reason="Why", by=liis, at=at(10))


def test_an_earlier_day_gives_no_more_time(complaint, liis):
    refused(
        "not_later",
        actions.extend,
        clock(complaint, "decision"),
        reason="Why",
        until=date(2026, 3, 10),
        by=liis,
        at=at(9),
    )


def test_what_has_passed_is_not_extended_but_answered(complaint, liis):
    refused("passed_already", actions.extend, clock(complaint, "decision"), reason="Why", by=liis, at=at(24))
    refused("not_pausable", wait, complaint, liis, at(24))


def test_a_reply_without_its_mandatory_part_is_not_sent(world, liis):
    apply_pack(world, "uk-fca-disp")
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    Complaint.objects.filter(pk=complaint.pk).update(language="ar")
    refused("block_missing", actions.extend, clock(complaint, "final_response"), reason="Why", by=liis, at=at(9))
    assert not Extension.objects.exists()
    assert not clock(complaint, "final_response").basis["extensions"]


def test_a_holiday_that_arrives_late_moves_what_is_to_come_and_nothing_else(world, complaint):
    office = Calendar.objects.get(code="office")
    newest = office.versions.latest("number")
    mourning = {"2026-03-12": {"intervals": [], "why": "holiday", "name": {"en": "Day of mourning"}, "own": True}}
    document = {**newest.document, "days": {**newest.document["days"], **mourning}}
    passed = clock(complaint, "acknowledgement").due_at
    version = publish_calendar(office, document, by=SYSTEM, at=at(9), moves_running=True)
    assert actions.move_deadlines(complaint, version, by=SYSTEM, at=at(9)) == 1
    assert due_day(clock(complaint, "decision")) == date(2026, 3, 24)
    assert clock(complaint, "acknowledgement").due_at == passed
    refused("nothing_moves", actions.move_deadlines, complaint, version, by=SYSTEM, at=at(9))
    assert "Day of mourning" in [step.name.get("en") for step in explanation_of(clock(complaint, "decision")).days]
    assert broken() == []


def test_a_calendar_without_working_time_is_refused_with_what_to_do():
    builders.a_world()
    office = Calendar.objects.get(code="office")
    document = {**office.versions.latest("number").document, "week": {}, "days": {}}
    refusal = refused("calendar_unusable", publish_calendar, office, document, by=SYSTEM, at=at(9))
    assert str(refusal)


def test_an_anonymous_answer_within_the_same_minute_ends_the_pause_where_it_began(world, liis):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, is_anonymous=True, complainant=Contact())
    asked = at(4) + timedelta(seconds=40)
    actions.write_message(complaint, text="Which meter is it?", needs_reply=True, by=liis, at=asked)
    actions.reply(complaint, text="The left one.", by=builders.the_complainant(complaint), at=at(4))
    assert Pause.objects.get().ended_at == asked
    assert not clock(complaint, "decision").is_paused
