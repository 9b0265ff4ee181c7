"""Whoever acts for somebody sees the complaint while they have a permission, and nothing of it otherwise."""

from datetime import date

import pytest

from amends.complaints import actions
from amends.complaints.models import Complaint, Withdrawal
from amends.complaints.stages import Stage
from amends.correspondence.models import Message
from tests.complaints.test_acting import permit, represented
from tests.portal.visitor import TOKEN, a_photo, follower

PLACES = ("view", "date", "decision", "withdraw")
SECRETS = ("Hilda", "Water switched off", "QUESTION", "switched off on Monday", "You were right", "We agree")


@pytest.fixture
def told(world):
    """A complaint with a decision and a question, whose permission ends on 10 March."""
    complaint = represented(world, Stage.COMMUNICATED, token=TOKEN)
    permit(world, complaint)
    liis = world.as_(world.liis)
    actions.write_message(complaint, text="A QUESTION", needs_reply=True, by=liis, at=world.at)
    return complaint


def test_while_it_holds_everything_is_shown_and_after_its_last_day_nothing(told, moment):
    visitor = follower(told)
    assert "A QUESTION" in visitor.get("/track/view/").content.decode()
    moment.later(days=9)
    visitor = follower(told)
    for place in PLACES:
        page = visitor.get(f"/track/{place}/").content.decode()
        assert "We need the permission of the person you act for" in page
        assert "has run out" in page
        assert [secret for secret in SECRETS if secret in page] == []
    assert "A QUESTION" not in visitor.get("/track/reply/").content.decode()
    refused = visitor.post("/track/withdraw/", {"reason": "No."})
    assert refused.status_code == 403
    assert not Withdrawal.objects.exists()


def test_a_file_that_could_be_saved_before_cannot_any_more(told, moment):
    visitor = follower(told)
    visitor.post("/track/reply/", {"text": "See this.", "attachments": [a_photo()]})
    token = Message.objects.filter(direction="in").latest("id").files.get().file.token
    assert visitor.get(f"/track/files/{token}/")["Content-Disposition"].startswith("attachment")
    moment.later(days=9)
    answer = follower(told).get(f"/track/files/{token}/")
    assert "We need the permission" in answer.content.decode()


def test_the_permission_is_sent_as_a_message_and_opens_the_page_once_it_was_seen(world):
    complaint = represented(world, token=TOKEN)
    visitor = follower(complaint)
    page = visitor.get("/track/view/").content.decode()
    assert "Until we have seen that they agree" in page
    assert "/en/track/reply/" in page
    sent = visitor.post("/track/reply/", {"text": "Here it is.", "attachments": [a_photo("permission.jpg")]})
    assert sent.url == "/en/track/view/"
    assert "We have your message." in visitor.get("/track/view/").content.decode()
    file = Message.objects.filter(direction="in").latest("id").files.get().file
    fresh = Complaint.objects.get(pk=complaint.pk)
    permit(world, fresh, document=file, where_kept="", valid_until=date(2026, 12, 31))
    shown = visitor.get("/track/view/").content.decode()
    assert "Hilda Saar" in shown
    assert "We have seen it" in shown
