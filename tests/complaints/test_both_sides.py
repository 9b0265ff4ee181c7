"""Both sides are heard before a response, statements are checked; and what is done at once is told with its plan."""

from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.complaints.actions.record_hearing import Talk
from amends.complaints.actions.take_interim_measure import Planned
from amends.complaints.both_sides import checklist_of
from amends.complaints.closing import Item, checklist
from amends.complaints.models import Hearing, InterimMeasure, Issue, PlannedStep, Response, Unheard
from amends.complaints.models.subject_rights import How
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from tests import builders

pytestmark = pytest.mark.django_db
Side, Reason = Hearing.Side, Unheard.Reason


def refused(code, call):
    with pytest.raises(Refusal) as caught:
        call()
    assert caught.value.code == code


@pytest.fixture
def complaint(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    issue = Issue.objects.get(complaint=complaint)
    actions.record_finding(complaint, issue, builders.a_conclusion(), by=world.as_(world.liis), at=world.at)
    return complaint


@pytest.fixture
def subject(world, complaint):
    return actions.name_subject(complaint, world.zoe, by=world.as_(world.uma), at=world.at)


def respond(world, complaint):
    return actions.respond(complaint, builders.a_proposal(world), by=world.as_(world.liis), at=world.at)


def heard(world, complaint, **changes):
    answers = {"side": Side.WITNESS, "how": Hearing.How.PHONE, "held_on": world.at.date(), "record": "It was dry."}
    by = world.as_(world.liis)
    return actions.record_hearing(complaint, Talk(**{"who": "A neighbour", **answers, **changes}), by=by, at=world.at)


def with_details(world, complaint, subject):
    liis = world.as_(world.liis)
    actions.tell_subject(complaint, subject, how=How.LETTER, by=liis, at=world.at)
    actions.give_details(complaint, subject, text="About the notice.", how=How.LETTER, by=liis, at=world.at)


def test_nothing_goes_out_before_the_person_complained_about_was_heard(world, complaint, subject):
    refused("other_side_not_heard", lambda: respond(world, complaint))
    assert not Response.objects.exists()
    talk = {"side": Side.SUBJECT, "party": subject}
    refused("details_first", lambda: heard(world, complaint, **talk))
    with_details(world, complaint, subject)
    heard(world, complaint, **talk, is_read_back=True, is_confirmed=True)
    assert respond(world, complaint).version == 1


def test_their_own_statement_counts(world, complaint, subject):
    with_details(world, complaint, subject)
    actions.take_statement(complaint, subject, text="I sent it.", how=How.LETTER, by=world.as_(world.liis), at=world.at)
    assert respond(world, complaint).version == 1


def test_who_had_the_chance_or_is_not_needed_has_a_reason(world, complaint, subject):
    liis = world.as_(world.liis)

    def left(reason, explanation):
        return actions.leave_unheard(subject, reason=reason, explanation=explanation, by=liis, at=world.at)

    subject.complaint = complaint
    refused("reason_needed", lambda: left(Reason.NOT_NEEDED, " "))
    refused("details_first", lambda: left(Reason.DECLINED, "By telephone on 2 March"))
    refused("other_side_not_heard", lambda: respond(world, complaint))
    left(Reason.NOT_NEEDED, "The roster shows that they were not there.")
    refused("unheard_already", lambda: left(Reason.NOT_NEEDED, "Again"))
    complaint.refresh_from_db()
    assert respond(world, complaint).version == 1


def test_each_of_two_people_complained_about_is_heard(world, complaint, subject):
    actions.leave_unheard(
        subject, reason=Reason.NOT_NEEDED, explanation="Not there", by=world.as_(world.liis), at=world.at
    )
    complaint.refresh_from_db()
    actions.name_subject(complaint, world.frida, by=world.as_(world.uma), at=world.at)
    refused("other_side_not_heard", lambda: respond(world, complaint))


def test_a_witness_speaks_for_nobody_complained_about(world, complaint, subject):
    heard(world, complaint)
    heard(world, complaint, side=Side.COMPLAINANT, who="")
    refused("other_side_not_heard", lambda: respond(world, complaint))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"record": " "}, "text_needed"),
        ({"who": ""}, "who_needed"),
        ({"side": Side.SUBJECT}, "who_needed"),
        ({"is_confirmed": True}, "read_back_first"),
        ({"held_on": 1}, "held_in_future"),
    ],
)
def test_a_talk_that_is_not_whole_is_not_kept(world, complaint, changes, code):
    if "held_on" in changes:
        changes = {"held_on": (world.at + timedelta(days=1)).date()}
    refused(code, lambda: heard(world, complaint, **changes))
    assert not Hearing.objects.exists()


def test_a_party_of_another_complaint_is_not_heard_here(world, complaint, subject):
    other = builders.a_complaint(world, Stage.INVESTIGATING)
    refused("who_needed", lambda: heard(world, other, side=Side.SUBJECT, party=subject))


def test_a_statement_is_checked_once_against_something(world, complaint):
    hearing, uma = heard(world, complaint), world.as_(world.uma)
    hearing.complaint = complaint
    refused("check_needed", lambda: actions.verify_hearing(hearing, against="", by=uma, at=world.at))
    actions.verify_hearing(hearing, against="The recording", by=uma, at=world.at)
    refused("verified_already", lambda: actions.verify_hearing(hearing, against="Another", by=uma, at=world.at))
    assert Hearing.objects.get().verified_against == "The recording"


def test_the_checklist_says_what_is_open(world, complaint, subject):
    before = checklist_of(complaint)
    assert (before.complainant_asked, before.subjects, before.subjects_open, before.statements) == (False, 1, 1, 0)
    with_details(world, complaint, subject)
    for talk in ({"side": Side.SUBJECT, "party": subject}, {"side": Side.COMPLAINANT, "who": ""}):
        heard(world, complaint, **talk)
    assert not checklist_of(complaint).is_complete
    for hearing in Hearing.objects.all():
        hearing.complaint = complaint
        actions.verify_hearing(hearing, against="The roster", by=world.as_(world.liis), at=world.at)
    assert checklist_of(complaint).is_complete


def test_what_is_done_at_once_is_told_with_the_plan(world):
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, language="et")
    day, liis = world.at.date() + timedelta(days=2), world.as_(world.liis)

    def taken(measure="Kanister vett iga päev.", steps=(("Torumees tuleb.", day),)):
        planned = [Planned(*step) for step in steps]
        return actions.take_interim_measure(complaint, measure=measure, steps=planned, by=liis, at=world.at)

    refused("text_needed", lambda: taken(measure=" "))
    refused("steps_needed", lambda: taken(steps=()))
    refused("steps_needed", lambda: taken(steps=((" ", day),)))
    refused("step_in_past", lambda: taken(steps=(("Torumees tuleb.", day - timedelta(days=3)),)))
    assert not InterimMeasure.objects.exists()
    interim = taken(steps=(("Torumees tuleb.", day), ("Otsus.", day + timedelta(days=3))))
    message = Message.objects.get(pk=interim.message_id)
    assert message.direction == Message.Direction.OUT
    assert message.language == "et"
    for words in ("Kanister vett iga päev.", "4. märts 2026", "Torumees tuleb.", "7. märts 2026"):
        assert words in message.text
    assert PlannedStep.objects.count() == 2
    entry = Entry.objects.get(event="complaints.interim_measure_taken")
    assert (entry.facts["steps"], entry.facts["channel"]) == (2, "portal")


def test_a_step_of_the_plan_is_noted_as_taken_once_and_blocks_nothing(world):
    complaint, day = builders.a_complaint(world, Stage.INVESTIGATING), world.at.date()
    liis = world.as_(world.liis)
    steps = [Planned("A visit", day), Planned("A letter", day + timedelta(days=3))]
    actions.take_interim_measure(complaint, measure="Bottled water", steps=steps, by=liis, at=world.at)

    def done(number=1, on=day, by=liis, **more):
        return actions.complete_step(complaint, 1, number, done_on=on, by=by, at=world.at, **more)

    refused("done_in_future", lambda: done(on=day + timedelta(days=1)))
    refused("not_permitted", lambda: done(by=world.as_(world.frida)))
    refused("not_open", lambda: done(number=3))
    step = done(proof="A photo of the tank")
    assert (step.done_on, step.done_by, step.done_at, step.proof) == (day, world.liis, world.at, "A photo of the tank")
    refused("not_open", done)
    left = next(check for check in checklist(complaint) if check.item is Item.STEPS_DONE)
    assert (left.is_done, left.left) == (False, 1)
    entry = Entry.objects.get(event="complaints.planned_step_done")
    assert (entry.facts["measure"], entry.facts["number"]) == (1, 1)
    assert "photo" not in str(entry.facts)
    # Noted by mistake: it is open again, and what had been noted stays.
    undo = {"reason": "It was next door", "by": liis, "at": world.at}
    refused("not_done", lambda: actions.undo_step(complaint, 1, 2, **undo))
    refused("reason_needed", lambda: actions.undo_step(complaint, 1, 1, **{**undo, "reason": " "}))
    undone = actions.undo_step(complaint, 1, 1, **undo)
    assert (undone.done_on, undone.done_by, undone.proof) == (day, world.liis, "A photo of the tank")
    refused("not_done", lambda: actions.undo_step(complaint, 1, 1, **undo))
    step.refresh_from_db()
    assert (step.done_at, step.done_by, step.proof) == (None, None, "")
    assert "next door" not in str(Entry.objects.get(event="complaints.planned_step_undone").facts)
    done()
    done(number=2)
    assert next(check for check in checklist(complaint) if check.item is Item.STEPS_DONE).is_done
