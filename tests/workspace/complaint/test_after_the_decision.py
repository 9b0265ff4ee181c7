"""What follows the decision: the answer, attempts to reach somebody, review, an outside body and its result."""

from datetime import date, timedelta

import pytest

from amends.complaints import actions
from amends.complaints.models import Answer, Complaint, ContactAttempt, Referral, Review
from amends.complaints.stages import Stage
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def test_an_acceptance_by_telephone(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    assert went_to(door.post(world.liis, complaint, "decision/", says="accepts", channel="phone"), complaint)
    made = Answer.objects.get()
    assert (made.says, made.channel, made.person) == ("accepts", "phone", world.liis)
    complaint.refresh_from_db()
    assert complaint.stage == Stage.ACCEPTED


def test_a_refusal_by_letter_with_its_reason_and_a_change_of_mind(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    sent = door.post(world.liis, complaint, "decision/", says="rejects", channel="post", reason="Too little.")
    assert went_to(sent, complaint)
    assert (Answer.objects.get().says, Answer.objects.get().reason) == ("rejects", "Too little.")
    assert went_to(door.post(world.liis, complaint, "decision/", says="accepts", channel="phone"), complaint)
    assert Answer.objects.get().says == "accepts"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"channel": "phone"}, "Choose what they said"),
        ({"says": "accepts"}, "Choose how they said it"),
        ({"says": "perhaps", "channel": "phone"}, "Select a valid choice"),
    ],
)
def test_an_answer_is_only_what_they_said(door, unchanged, typed, words):
    world = door.world
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    same = unchanged(complaint)
    answer = door.post(world.liis, complaint, "decision/", **typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert same()


def test_the_complainant_was_faster_on_the_tracking_page(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    seen = complaint.version
    him = builders.the_complainant(complaint)
    actions.reject(complaint, reason="No.", channel="portal", by=him, at=world.at)
    answer = door.post(world.liis, complaint, "decision/", says="accepts", channel="phone", seen=seen)
    assert answer.status_code == 409
    assert "The complainant does not agree" in text_of(answer)
    assert Answer.objects.get().says == "rejects"


def test_attempts_are_logged_and_counted_towards_closing(door, at_moment):
    world = door.world
    complaint = builders.a_complaint(world, Stage.COMMUNICATED)
    assert "We wait for the answer" in text_of(door.get(world.liis, complaint))
    at_moment(world.at + timedelta(days=30))
    assert "Silence is not acceptance" in text_of(door.get(world.liis, complaint))
    for channel in ("phone", "post"):
        assert went_to(door.post(world.liis, complaint, "attempts/", channel=channel, note="Nobody there."), complaint)
    assert ContactAttempt.objects.filter(complaint=complaint).count() == 2
    page = text_of(door.get(world.liis, complaint, "attempts/"))
    assert page.count("Nobody there.") == 2
    assert "Nobody answered after repeated attempts" in text_of(door.get(world.liis, complaint))
    assert "Choose how you tried" in text_of(door.post(world.liis, complaint, "attempts/"))


def test_a_review_is_given_to_somebody_who_did_not_decide_before(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.REJECTED)
    page = text_of(door.get(world.uma, complaint, "review/"))
    assert "Too little." in page
    assert "Uma Patel (nothing open)" in page
    assert "Mark Jansen" not in page
    sent = door.post(world.uma, complaint, "review/", reviewer=world.uma.pk, question="Was the notice late?")
    assert went_to(sent, complaint)
    assert Review.objects.get().question == "Was the notice late?"
    complaint.refresh_from_db()
    assert (complaint.stage, complaint.round, complaint.handler) == (Stage.IN_REVIEW, 2, world.uma)
    assert "Look at point 1 with fresh eyes" in text_of(door.get(world.uma, complaint))
    assert "Was the notice late?" in text_of(door.get(world.uma, complaint, "response/"))


def test_who_decided_before_is_not_among_the_reviewers(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    actions.approve(complaint, by=world.as_(world.clara), at=world.at)
    actions.communicate(complaint, channel="portal", by=world.as_(world.liis), at=world.at)
    him = builders.the_complainant(complaint)
    actions.reject(complaint, reason="", channel="portal", by=him, at=world.at)
    reviewers = text_of(door.get(world.mark, complaint, "review/")).partition('name="reviewer"')[2]
    assert "Clara Whitfield" not in reviewers.partition("</select>")[0]
    answer = door.post(world.mark, complaint, "review/", reviewer=world.clara.pk, question="Again?")
    assert answer.status_code == 422


@pytest.mark.parametrize("missing", ["reviewer", "question"])
def test_a_review_needs_a_reviewer_and_a_question(door, unchanged, missing):
    world = door.world
    complaint = builders.a_complaint(world, Stage.REJECTED)
    same = unchanged(complaint)
    typed = {"reviewer": world.uma.pk, "question": "Was it late?", missing: ""}
    assert door.post(world.uma, complaint, "review/", **typed).status_code == 422
    assert same()


def test_an_outside_body_is_noted_and_its_result_recorded(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.REJECTED)
    typed = {"body": "Water Ombudsman", "referred_on": "2026-03-01", "their_reference": "WO-1"}
    assert went_to(door.post(world.liis, complaint, "referral/", **typed), complaint)
    made = Referral.objects.get()
    assert (made.body, made.referred_on, made.their_reference) == ("Water Ombudsman", date(2026, 3, 1), "WO-1")
    assert "Record the result" in text_of(door.get(world.liis, complaint))
    assert "Write what was decided" in text_of(door.post(world.liis, complaint, "referral/result/", result=" "))
    typed = {"result": "They agree with us.", "outcome": "not_upheld", "decided_on": "2026-03-02"}
    assert went_to(door.post(world.liis, complaint, "referral/result/", **typed), complaint)
    assert Referral.objects.get().result == "They agree with us."


def test_an_outside_body_has_a_name_and_a_day(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.REJECTED)
    same = unchanged(complaint)
    page = text_of(door.post(world.liis, complaint, "referral/", body="", referred_on="yesterday"))
    assert "Enter the name of the outside body" in page
    assert "Enter a day, like 31.12.2026" in page
    assert same()


@pytest.mark.parametrize(
    ("path", "typed", "stage"),
    [
        ("referral/", {"body": "Ombudsman", "referred_on": "2026-03-01"}, Stage.REJECTED),
        (
            "referral/result/",
            {"result": "They agree with us.", "outcome": "not_upheld", "decided_on": "2026-03-02"},
            Stage.EXTERNAL,
        ),
        ("review/", {"question": "Was it late?"}, Stage.REJECTED),
    ],
)
def test_somebody_was_faster(door, path, typed, stage):
    world = door.world
    complaint = builders.a_complaint(world, stage)
    seen = complaint.version
    actions.assign(complaint, world.clara, by=world.as_(world.uma), at=world.at)
    person = world.uma if path == "review/" else world.liis
    more = {"reviewer": world.uma.pk} if path == "review/" else {}
    answer = door.post(person, complaint, path, **typed, **more, seen=seen)
    assert answer.status_code == 409
    assert "Changed by Uma Patel" in text_of(answer)
    for text in typed.values():
        assert text in text_of(answer)
    assert Complaint.objects.get(pk=complaint.pk).stage == stage
