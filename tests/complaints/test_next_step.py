"""What comes next, as a pure function of how a complaint stands; and how that is found out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.complaints import actions
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Acknowledgement, Deadline
from amends.complaints.next_step import NextStep, Situation, Task, next_steps, points_of, situation_of
from amends.complaints.stages import ENDED, Stage
from amends.framework.models import Organisation
from tests import builders

EVERYTHING = frozenset(Verb)
#: What a decision maker can do.
DECIDES = frozenset({Verb.APPROVE, Verb.SEND_BACK, Verb.VERIFY_REMEDIES, Verb.OPEN_REVIEW, Verb.WRITE_NOTE})


def first(stage: Stage, **facts: object) -> NextStep:
    return next_steps(Situation(stage, **{"open_to": EVERYTHING, **facts}))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("stage", "facts", "task"),
    [
        (Stage.RECEIVED, {}, Task.ASSESS),
        (Stage.RECEIVED, {"receipt_needs_person": True}, Task.CONFIRM_RECEIPT),
        (Stage.RECEIVED, {"receipt_needs_person": True, "is_dangerous": True}, Task.ASSESS),
        (Stage.RECEIVED, {"has_new_reply": True}, Task.ANSWER_REPLY),
        (Stage.REOPENED, {}, Task.ASSESS),
        (Stage.INVESTIGATING, {"awaits_takeover": True}, Task.TAKE_OVER),
        (Stage.ASSESSED, {"has_handler": False}, Task.ASSIGN),
        (Stage.ASSESSED, {}, Task.OPEN_INVESTIGATION),
        (Stage.INVESTIGATING, {"unanswered_points": (2, 3)}, Task.RECORD_FINDING),
        (Stage.INVESTIGATING, {}, Task.PROPOSE),
        (Stage.INVESTIGATING, {"news_are_due": True, "unanswered_points": (1,)}, Task.SEND_NEWS),
        (Stage.INVESTIGATING, {"news_are_due": True, "has_new_reply": True}, Task.ANSWER_REPLY),
        (Stage.INVESTIGATING, {"was_sent_back": True}, Task.REVISE),
        (Stage.INVESTIGATING, {"has_new_reply": True}, Task.ANSWER_REPLY),
        (Stage.IN_REVIEW, {"points_of_earlier_round": (1,)}, Task.LOOK_AGAIN),
        (Stage.IN_REVIEW, {}, Task.PROPOSE),
        (Stage.PROPOSED, {}, Task.APPROVE),
        (Stage.DECIDED, {}, Task.COMMUNICATE),
        (Stage.COMMUNICATED, {}, Task.AWAIT_ANSWER),
        (Stage.COMMUNICATED, {"answer_is_late": True, "attempts_left": 2}, Task.REACH_OUT),
        (Stage.COMMUNICATED, {"answer_is_late": True}, Task.CLOSE),
        (Stage.REJECTED, {}, Task.REVIEW),
        (Stage.REJECTED, {"review_is_possible": False}, Task.LAST_WORD),
        (Stage.ACCEPTED, {"open_remedies": (2,)}, Task.PROVE),
        (Stage.ACCEPTED, {}, Task.CLOSE),
        (Stage.REMEDIED, {}, Task.VERIFY),
        (Stage.VERIFIED, {}, Task.CLOSE),
        (Stage.EXTERNAL, {}, Task.RECORD_RESULT),
        (Stage.EXTERNAL, {"has_outside_result": True}, Task.CLOSE),
    ],
)
def test_the_most_pressing_task_of_each_situation(stage: Stage, facts: dict[str, object], task: Task) -> None:
    assert first(stage, **facts).task is task


@pytest.mark.parametrize("stage", sorted(ENDED))
def test_nothing_is_due_where_it_has_ended_unless_somebody_writes(stage: Stage) -> None:
    assert first(stage, has_handler=False) == NextStep(Task.NOTHING, is_mine=False)
    assert first(stage, has_new_reply=True).task is Task.ANSWER_REPLY


def test_the_number_of_the_point_or_remedy_comes_along() -> None:
    assert first(Stage.INVESTIGATING, unanswered_points=(3, 4)).number == 3
    situation = Situation(Stage.ACCEPTED, EVERYTHING, open_remedies=(2, 5))
    assert [step.number for step in next_steps(situation)] == [2, 5]


def test_what_one_can_do_comes_before_what_others_have_to_do() -> None:
    situation = Situation(Stage.PROPOSED, DECIDES, has_new_reply=True)
    assert next_steps(situation) == [NextStep(Task.APPROVE, is_mine=True)]
    assert next_steps(replace(situation, open_to=frozenset())) == [NextStep(Task.ANSWER_REPLY, is_mine=False)]


def test_the_second_step_is_the_other_thing_to_do() -> None:
    situation = Situation(Stage.INVESTIGATING, EVERYTHING, has_new_reply=True, unanswered_points=(1,))
    assert [step.task for step in next_steps(situation)] == [Task.ANSWER_REPLY, Task.RECORD_FINDING]


def test_nobody_decides_on_what_they_proposed() -> None:
    barred = Situation(Stage.PROPOSED, EVERYTHING, barred_from=frozenset({Task.APPROVE}))
    assert next_steps(barred) == [NextStep(Task.APPROVE, is_mine=False)]


def test_a_confirmation_of_receipt_waits_behind_the_rest_once_the_decision_is_told() -> None:
    situation = Situation(Stage.ACCEPTED, EVERYTHING, receipt_needs_person=True)
    assert [step.task for step in next_steps(situation)] == [Task.CLOSE, Task.CONFIRM_RECEIPT]


def test_every_stage_has_an_answer() -> None:
    for stage in Stage:
        assert next_steps(Situation(stage, EVERYTHING))


# ---------------------------------------------------------------- how it is found out


def seen_by(world, person, complaint, at=None):
    return situation_of(
        complaint,
        world.as_(person),
        at or world.at,
        points=points_of(complaint),
        clocks=list(Deadline.objects.filter(complaint=complaint)),
        is_small=Organisation.objects.get(pk=1).is_small,
    )


@pytest.mark.django_db
def test_the_proposer_is_barred_from_deciding_and_the_prover_from_verifying() -> None:
    world = builders.a_world()
    proposed = builders.a_complaint(world, Stage.PROPOSED)
    assert seen_by(world, world.liis, proposed).barred_from == {Task.APPROVE}
    assert seen_by(world, world.mark, proposed).barred_from == frozenset()
    remedied = builders.a_complaint(world, Stage.REMEDIED)
    assert seen_by(world, world.liis, remedied).barred_from == {Task.VERIFY}
    assert seen_by(world, world.mark, remedied).barred_from == frozenset()


@pytest.mark.django_db
def test_whoever_decided_before_is_barred_from_deciding_again() -> None:
    world = builders.a_world()
    complaint = builders.a_complaint(world, Stage.IN_REVIEW)
    actions.respond(complaint, builders.a_proposal(world), by=world.as_(world.uma), at=world.at)
    assert seen_by(world, world.mark, complaint).barred_from == {Task.APPROVE}
    assert seen_by(world, world.clara, complaint).barred_from == frozenset()


@pytest.mark.django_db
def test_in_the_small_profile_nobody_is_barred_and_there_is_no_review() -> None:
    world = builders.a_world(Organisation.Profile.SMALL)
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    assert seen_by(world, world.liis, complaint).barred_from == frozenset()
    assert not seen_by(world, world.liis, builders.a_complaint(world, Stage.REJECTED)).review_is_possible


@pytest.mark.django_db
def test_receipt_needs_a_person_where_no_mail_will_confirm_it() -> None:
    world = builders.a_world()
    by_mail = builders.a_complaint(world)
    assert not seen_by(world, world.liis, by_mail).receipt_needs_person
    assert seen_by(world, world.liis, by_mail, world.at + timedelta(hours=2)).receipt_needs_person
    nobody_to_mail = builders.a_complaint(world, complainant=builders.Contact(name="Mari Saar"))
    assert seen_by(world, world.liis, nobody_to_mail).receipt_needs_person
    anonymous = builders.a_complaint(world, is_anonymous=True)
    assert seen_by(world, world.liis, anonymous).receipt_needs_person
    actions.acknowledge(anonymous, how=Acknowledgement.How.PHONE, by=world.as_(world.liis), at=world.at)
    assert not seen_by(world, world.liis, anonymous).receipt_needs_person


@pytest.mark.django_db
def test_points_without_a_finding_and_those_of_an_earlier_round() -> None:
    world = builders.a_world()
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, points=2)
    assert seen_by(world, world.liis, complaint).unanswered_points == (1, 2)
    review = builders.a_complaint(world, Stage.IN_REVIEW, points=2)
    found = seen_by(world, world.uma, review)
    assert (found.unanswered_points, found.points_of_earlier_round) == ((), (1, 2))


@pytest.mark.django_db
def test_a_response_that_came_back_is_revised() -> None:
    world = builders.a_world()
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    actions.send_back(complaint, comment="Say why.", by=world.as_(world.mark), at=world.at)
    assert seen_by(world, world.liis, complaint).was_sent_back


@pytest.mark.django_db
def test_silence_is_counted_from_the_day_of_the_answer_on() -> None:
    world = builders.a_world()
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    assert not seen_by(world, world.liis, complaint).answer_is_late
    late = seen_by(world, world.liis, complaint, world.at + timedelta(days=40))
    assert (late.answer_is_late, late.attempts_left) == (True, 2)


@pytest.mark.django_db
def test_the_stage_alone_decides_how_many_queries_it_takes(django_assert_num_queries) -> None:
    world = builders.a_world()
    person = world.as_(world.liis)
    for stage, queries in ((Stage.RECEIVED, 0), (Stage.PROPOSED, 1), (Stage.ACCEPTED, 1), (Stage.EXTERNAL, 1)):
        complaint = builders.a_complaint(world, stage, points=2, remedies=2)
        fetched = (
            type(complaint)
            .objects.select_related("pack")
            .prefetch_related("walls", "participating_units", "parties", "hand_overs")
        )
        complaint = fetched.get(pk=complaint.pk)
        points, clocks = points_of(complaint), list(Deadline.objects.filter(complaint=complaint))
        with django_assert_num_queries(queries):
            situation_of(complaint, person, world.at, points=points, clocks=clocks, is_small=False)
