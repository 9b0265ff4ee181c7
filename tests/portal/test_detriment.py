"""Saying that one suffers for having complained."""

from amends.complaints.models import DetrimentReport
from tests.portal.visitor import a_complaint_with_code, follower


def test_it_is_sent_from_the_tracking_page_and_shown_nowhere_again(world):
    complaint, _code = a_complaint_with_code(world)
    visitor = follower(complaint)
    assert "/en/track/detriment/" in visitor.get("/track/view/").content.decode()
    assert "Nobody may make it hard for you" in visitor.get("/track/detriment/").content.decode()
    empty = visitor.post("/track/detriment/", {"text": " "})
    assert empty.status_code == 422
    assert not DetrimentReport.objects.exists()
    sent = visitor.post("/track/detriment/", {"text": "CANARY: they cut us off\x00."})
    assert sent.url == "/en/track/view/"
    report = DetrimentReport.objects.get()
    assert (report.text, report.person, report.complaint) == ("CANARY: they cut us off.", None, complaint)
    page = visitor.get("/track/view/").content.decode()
    assert "We have your report." in page
    assert "CANARY" not in page


def test_without_the_codes_nobody_sends_one(visitor):
    assert visitor.get("/track/detriment/").url == "/en/track/"
    assert visitor.post("/track/detriment/", {"text": "X"}).status_code == 401
