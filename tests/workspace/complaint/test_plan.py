"""The level of the investigation and the plan of questions on the Investigation tab."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from amends.complaints import actions
from amends.complaints.models import InvestigationLevel, Issue, PlanAnswer, PlanQuestion
from amends.complaints.stages import Stage
from tests import builders
from tests.workspace.complaint.conftest import text_of, went_to


def test_the_level_is_proposed_with_its_reasons_and_chosen_as_it_is_opened(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.ASSESSED)
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    assert "Proposed: Standard" in page
    assert "Severity: Medium" in page
    assert "Nothing alike in the 90 days before" in page
    without = door.post(world.liis, complaint, "investigation/", level="full", reason="")
    assert without.status_code == 422
    assert "Say why another level fits better." in text_of(without)
    assert "Proposed: Standard" in text_of(without)
    sent = door.post(world.liis, complaint, "investigation/", level="full", reason="A neighbour said the same.")
    assert went_to(sent, complaint)
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    assert "A neighbour said the same." in page
    assert "Choose another level" in page
    assert "1 point · Full" in text_of(door.get(world.liis, complaint))


def test_another_level_needs_a_reason_and_keeps_the_earlier_one(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    assert "Chosen before" in text_of(door.get(world.liis, complaint, "investigation/level/"))
    bare = door.post(world.liis, complaint, "investigation/level/", level="quick", reason="")
    assert bare.status_code == 422
    same = door.post(world.liis, complaint, "investigation/level/", level="standard", reason="So it is")
    assert "It is investigated at this level already." in text_of(same)
    sent = door.post(world.liis, complaint, "investigation/level/", level="quick", reason="They only want the date.")
    assert went_to(sent, complaint, "investigation/")
    assert list(InvestigationLevel.objects.order_by("version").values_list("level", flat=True)) == [
        "standard",
        "quick",
    ]
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    assert "Earlier choices" in page
    assert "(proposed: Standard)" in page


def test_a_question_is_planned_answered_and_corrected(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    asked = {"text": "Where did the notice go?", "source": "The print shop"}
    assert went_to(door.post(world.liis, complaint, "points/1/questions/", **asked), complaint, "investigation/")
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    assert "Where did the notice go?" in page
    assert "To be learned from: <bdi>The print shop</bdi>" in page
    form = text_of(door.get(world.liis, complaint, "points/1/questions/1/answer/"))
    assert 'value="The print shop"' in form
    where = "points/1/questions/1/answer/"
    assert door.post(world.liis, complaint, where, text="To Harbour Street.", source="").status_code == 422
    assert not PlanAnswer.objects.exists()
    door.post(world.liis, complaint, where, text="To Harbour Street.", source="Delivery note 12")
    door.post(world.liis, complaint, where, text="To both.", source="Delivery notes 12 and 13")
    page = text_of(door.get(world.liis, complaint, "investigation/"))
    assert page.index("To both.") < page.index("To Harbour Street.")
    assert "From: <bdi>Delivery note 12</bdi>" in page
    timeline = text_of(door.get(world.liis, complaint))
    assert "Question 1 on point 1 answered" in timeline


@pytest.mark.parametrize(
    "path", ["points/2/questions/", "points/1/questions/2/answer/", "points/1/questions/0/answer/"]
)
def test_what_is_not_there_is_not_found(door, path):
    complaint = builders.a_complaint(door.world, Stage.INVESTIGATING)
    assert door.get(door.world.liis, complaint, path).status_code == 404
    assert door.post(door.world.liis, complaint, path, text="Why?", source="x").status_code == 404


def test_an_answer_on_an_old_page_shows_both(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    issue = Issue.objects.get(complaint=complaint)
    actions.plan_question(complaint, issue, text="Why?", source="", by=world.as_(world.liis), at=world.at)
    seen, question = complaint.version, PlanQuestion.objects.get()
    question.issue.complaint = complaint
    actions.answer_question(question, text="By Uma.", source="A call", by=world.as_(world.uma), at=world.at)
    where = "points/1/questions/1/answer/"
    answer = door.post(world.liis, complaint, where, text="By Liis.", source="A visit", seen=seen)
    assert answer.status_code == 409
    both = text_of(answer).partition("stale-title")[2].partition("<form")[0]
    assert "By Uma." in both
    assert "By Liis." in both
    assert PlanAnswer.objects.get().text == "By Uma."


def test_who_only_reads_sees_the_plan_without_its_forms(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    issue = Issue.objects.get(complaint=complaint)
    actions.plan_question(complaint, issue, text="Where did it go?", source="", by=world.as_(world.liis), at=world.at)
    page = text_of(door.get(world.dario, complaint, "investigation/"))
    assert "Where did it go?" in page
    assert "/questions/" not in page
    assert "investigation/level/" not in page
    assert door.get(world.dario, complaint, "points/1/questions/").status_code == 403


def test_twenty_questions_cost_what_one_costs(door):
    world = door.world
    complaint = builders.a_complaint(world, Stage.INVESTIGATING)
    issue, liis = Issue.objects.get(complaint=complaint), world.as_(world.liis)

    def ask(text):
        question = actions.plan_question(complaint, issue, text=text, source="", by=liis, at=world.at)
        question.issue.complaint = complaint
        actions.answer_question(question, text="So.", source="A call", by=liis, at=world.at)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert door.get(world.liis, complaint, "investigation/").status_code == 200
        return len(asked)

    ask("First?")
    cost()
    one = cost()
    for number in range(19):
        ask(f"Question {number}?")
    assert cost() == one
