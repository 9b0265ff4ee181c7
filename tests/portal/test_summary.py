"""Whether we understood the complaint: asked until it is answered or decided; a correction waits like a message."""

from amends.complaints import actions
from amends.complaints.models import Issue, SummaryCheck
from amends.complaints.stages import Stage
from amends.correspondence.models import Delivery
from amends.journal.models import Entry
from amends.reactions import worker
from tests.cast import World
from tests.portal.conftest import NOW
from tests.portal.test_reply import written
from tests.portal.visitor import a_complaint_with_code, follower

SUMMARY, VIEW = "/track/summary/", "/track/view/"
ASKED = "Say whether that is right"


def test_a_correction_reaches_the_handler_and_the_question_goes_away(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    complaint.refresh_from_db()
    actions.add_issue(complaint, summary="Nobody <b>called</b> back", category=None, by=world.as_(world.liis), at=NOW)
    visitor = follower(complaint)
    assert ASKED in visitor.get(VIEW).content.decode()
    page = visitor.get(SUMMARY).content.decode()
    for point in Issue.objects.filter(complaint=complaint):
        assert point.summary.replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;") in page
    for nothing in ({}, {"answer": "wrong", "correction": " "}, {"answer": "perhaps"}):
        assert visitor.post(SUMMARY, nothing).status_code == 422
    worker.drain()
    before = Delivery.objects.filter(notice="reply_arrived").count()
    assert visitor.post(SUMMARY, {"answer": "wrong", "correction": "It was in May."}).url == f"/en{VIEW}"
    complaint.refresh_from_db()
    check = SummaryCheck.objects.get()
    assert (check.is_right, check.points, check.number) == (False, 2, 1)
    assert written(complaint) == ["It was in May."]
    assert complaint.has_new_reply
    worker.drain()
    assert Delivery.objects.filter(notice="reply_arrived").count() == before + 1
    assert ASKED not in visitor.get(VIEW).content.decode()


def test_that_it_is_right_is_noted_and_disturbs_nobody(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.INVESTIGATING)
    visitor = follower(complaint)
    visitor.post(SUMMARY, {"answer": "right", "correction": "left over"})
    complaint.refresh_from_db()
    assert (SummaryCheck.objects.get().correction, complaint.has_new_reply, written(complaint)) == (None, False, [])
    worker.drain()
    assert not Delivery.objects.filter(notice="reply_arrived").exists()
    Entry.objects.get(event="complaints.summary_confirmed")


def test_after_the_decision_nobody_is_asked(world: World) -> None:
    complaint, _code = a_complaint_with_code(world, Stage.COMMUNICATED)
    visitor = follower(complaint)
    assert ASKED not in visitor.get(VIEW).content.decode()
    assert visitor.post(SUMMARY, {"answer": "right"}).url == f"/en{VIEW}"
    assert "We have gone on meanwhile." in visitor.get(VIEW).content.decode()
    assert not SummaryCheck.objects.exists()
