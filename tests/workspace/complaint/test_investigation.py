"""The investigation: opening it, its points and findings, and adding points."""

import pytest

from amends.complaints import actions
from amends.complaints.models import Complaint, Finding, Issue
from amends.complaints.stages import Stage
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to

FOUND = {
    "result": "upheld",
    "reasons": "The notice went to Harbour Street.",
    "facts": "Batch 4471",
    "cause": "process",
    "complainant_heard": "on",
    "other_side_heard": "on",
}


def test_it_is_opened_once_it_is_assessed(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    assert "The investigation has not begun" in text_of(door.get(world.liis, complaint, "investigation/"))
    assert went_to(door.post(world.liis, complaint, "investigation/"), complaint)
    complaint.refresh_from_db()
    assert complaint.stage == Stage.INVESTIGATING
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    assert "No finding yet." in page
    assert "The investigation has not begun" not in page


def test_it_needs_somebody_who_answers_for_it(door):
    world = door.world
    complaint = builders.a_complaint(world)
    actions.assess(complaint, builders.a_judgement(), by=world.as_(world.liis), at=world.at)
    answer = door.post(world.liis, complaint, "investigation/")
    assert answer.status_code == 422
    assert "Assign the complaint first" in text_of(answer)


def test_a_finding_is_recorded_and_a_correction_keeps_the_earlier_one(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING, points=2)
    assert went_to(door.post(world.liis, complaint, "findings/2/", **FOUND), complaint, "investigation/")
    made = Finding.objects.get(issue__complaint=complaint)
    assert (made.issue.number, made.result, made.reasons, made.facts) == (
        2,
        "upheld",
        FOUND["reasons"],
        FOUND["facts"],
    )
    assert (made.cause.code, made.complainant_heard, made.other_side_heard) == ("process", True, True)
    form = text_of(door.get(world.liis, complaint, "findings/2/"))
    assert "The notice went to Harbour Street." in form
    assert "Version 1 by" in form
    corrected = {**FOUND, "result": "not_upheld", "reasons": "It went to both streets.", "cause": ""}
    assert went_to(door.post(world.liis, complaint, "findings/2/", **corrected), complaint, "investigation/")
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    assert "Earlier versions" in page
    assert "The notice went to Harbour Street." in page
    assert "It went to both streets." in page
    assert "1 of 2" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"result": ""}, "Choose what you found"),
        ({"reasons": ""}, "Write the reasons"),
        ({"cause": ""}, "Choose why it went wrong"),
        ({"cause": "the-moon"}, "Select a valid choice"),
        ({"facts": "x" * 10_001}, "Shorten this to 10000 characters"),
    ],
)
def test_a_finding_that_is_not_whole_is_not_saved(door, changes, words):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    answer = door.post(world.liis, complaint, "findings/1/", **{**FOUND, **changes})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Finding.objects.exists()


def test_two_investigators_at_once_the_second_sees_both(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    seen = complaint.version
    conclusion = builders.a_conclusion(Finding.Result.NOT_UPHELD, reasons="It arrived in time.", cause=None)
    issue = Issue.objects.get(complaint=complaint)
    actions.record_finding(complaint, issue, conclusion, by=world.as_(world.uma), at=world.at)
    answer = door.post(world.liis, complaint, "findings/1/", **FOUND, seen=seen)
    page = text_of(answer)
    assert answer.status_code == 409
    both = page.partition("stale-title")[2].partition("<form")[0]
    assert "It arrived in time." in both
    assert "The notice went to Harbour Street." in both
    assert "Not upheld" in both
    assert "The notice went to Harbour Street." in page.partition("<form class")[2]
    assert Finding.objects.get(is_current=True).reasons == "It arrived in time."
    again = door.post(world.liis, complaint, "findings/1/", **FOUND, seen=seen + 1)
    assert went_to(again, complaint, "investigation/")


def test_a_reviewer_corrects_in_the_round_of_the_review(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.IN_REVIEW)
    assert went_to(door.post(world.uma, complaint, "findings/1/", **FOUND), complaint, "investigation/")
    assert list(Finding.objects.order_by("id").values_list("round", "version")) == [(1, 1), (2, 1)]


def test_a_point_is_added_with_its_category(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    sent = door.post(world.liis, complaint, "points/", summary="Nobody called back", category="poor-service")
    assert went_to(sent, complaint, "investigation/")
    added = Issue.objects.get(complaint=complaint, number=2)
    assert (added.summary, added.category.code) == ("Nobody called back", "poor-service")


def test_a_point_without_words_is_not_added_and_a_stale_one_is_shown_again(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    assert "Say in a few words" in text_of(door.post(world.liis, complaint, "points/", summary=" ", category=""))
    seen = complaint.version
    actions.add_issue(complaint, summary="By Uma", category=None, by=world.as_(world.uma), at=world.at)
    answer = door.post(world.liis, complaint, "points/", summary="Nobody called back", category="", seen=seen)
    assert answer.status_code == 409
    assert "Point 2 added" in text_of(answer)
    assert 'value="Nobody called back"' in text_of(answer)
    assert Complaint.objects.get(pk=complaint.pk).issues.count() == 2


def test_points_are_read_by_those_who_may_not_record(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.PROPOSED, points=2)
    page = text_of(door.get(world.dario, complaint, "investigation/"))
    assert "The notice was printed for another street." in page
    assert "/findings/" not in page
    assert "/points/" not in page
