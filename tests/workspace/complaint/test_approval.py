"""Deciding with a second pair of eyes."""

import pytest

from amends.complaints import actions
from amends.complaints.models import Decision, Remedy, Response
from amends.complaints.stages import Stage
from amends.framework.models import Organisation
from amends.people.actions import grant_role
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def test_everything_the_decision_rests_on_is_on_one_page(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED, points=2, remedies=2)
    page = text_of(door.get(world.mark, complaint, "approval/"))
    for words in (
        builders.TEXT,
        "Apologise",
        "The notice was printed for another street.",
        "You were right: we did not warn you.",
        "A written apology (2)",
        "We agree with your complaint.",
        "At any time you can also turn to",
        "Proposed by <bdi>Liis Tamm</bdi>",
    ):
        assert words in page, words


def test_it_is_approved(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    sent = door.post(world.mark, complaint, "approval/", verdict="approve", comment="Well written.")
    assert went_to(sent, complaint)
    made = Decision.objects.get()
    assert (made.decided_by, made.is_by_one_person, made.comment) == (world.mark, False, "Well written.")
    assert Remedy.objects.get().state == "promised"


def test_it_is_sent_back_with_a_comment_only(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    bare = door.post(world.mark, complaint, "approval/", verdict="send_back", comment="")
    assert bare.status_code == 422
    assert "Write something first" in text_of(bare)
    sent = door.post(world.mark, complaint, "approval/", verdict="send_back", comment="Say why.")
    assert went_to(sent, complaint)
    assert Response.objects.get().sent_back_comment == "Say why."


@pytest.mark.parametrize("verdict", ["", "perhaps"])
def test_without_one_of_the_two_buttons_nothing_is_decided(door, unchanged, verdict):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    same = unchanged(complaint)
    assert door.post(world.mark, complaint, "approval/", verdict=verdict).status_code == 422
    assert same()


def test_who_proposed_it_sees_why_they_cannot_decide(door, unchanged):
    world = door.world
    grant_role(world.liis, Role.DECISION_MAKER, world.water, by=SYSTEM, at=world.at)
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    same = unchanged(complaint)
    page = text_of(door.get(world.liis, complaint, "approval/"))
    assert "You proposed this response. Somebody else has to approve it." in page
    assert 'value="approve"' not in page
    answer = door.post(world.liis, complaint, "approval/", verdict="approve")
    assert answer.status_code == 422
    assert "Somebody else has to approve it" in text_of(answer)
    assert same()


def test_who_decided_before_sees_why_they_cannot_decide_again(door, unchanged):
    world = door.world
    complaint = builders.a_complaint(world, Stage.IN_REVIEW)
    actions.respond(complaint, builders.a_proposal(world), by=world.as_(world.uma), at=world.at)
    same = unchanged(complaint)
    assert "You decided on this complaint before" in text_of(door.get(world.mark, complaint, "approval/"))
    assert door.post(world.mark, complaint, "approval/", verdict="approve").status_code == 422
    assert same()
    assert went_to(door.post(world.clara, complaint, "approval/", verdict="approve"), complaint)


def test_in_the_small_profile_one_person_may_do_both_and_is_told_that_it_is_recorded(door):
    world = door.world
    Organisation.objects.update(profile=Organisation.Profile.SMALL)
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    issue = complaint.issues.get()
    actions.record_finding(complaint, issue, builders.a_conclusion(), by=world.as_(world.clara), at=world.at)
    actions.respond(complaint, builders.a_proposal(world), by=world.as_(world.clara), at=world.at)
    assert "recorded as decided by one person" in text_of(door.get(world.clara, complaint, "approval/"))
    assert went_to(door.post(world.clara, complaint, "approval/", verdict="approve"), complaint)
    assert Decision.objects.get().is_by_one_person
    assert "one person" in text_of(door.get(world.clara, complaint, "communication/"))


def test_two_decide_at_once_the_second_is_told(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    seen = complaint.version
    actions.approve(complaint, by=world.as_(world.clara), at=world.at)
    answer = door.post(world.mark, complaint, "approval/", verdict="approve", comment="Mine too. " * 12, seen=seen)
    assert answer.status_code == 422
    assert "not possible at the stage" in text_of(answer)
    assert "Mine too." in text_of(answer)
    assert Decision.objects.get().decided_by == world.clara


def test_a_reassessment_meanwhile_shows_the_decider_what_changed(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    seen = complaint.version
    actions.assess(complaint, builders.a_judgement(severity=4), by=world.as_(world.uma), at=world.at)
    answer = door.post(world.mark, complaint, "approval/", verdict="approve", comment="Good.", seen=seen)
    assert answer.status_code == 409
    assert "Assessed: priority 1" in text_of(answer)
    assert "Good." in text_of(answer)
    assert not Decision.objects.exists()


def test_a_letter_that_could_not_be_written_says_so_to_the_decider(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED)
    Organisation.objects.update(external_body={})
    page = text_of(door.get(world.mark, complaint, "approval/"))
    assert "the text about outside bodies is missing in this language" in page
