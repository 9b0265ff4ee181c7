"""Before you start, and the beginning of a draft."""

from amends.complaints.models import Draft
from amends.framework.models import Organisation
from tests.portal.conftest import NOW
from tests.portal.test_progress import words
from tests.portal.visitor import Visitor


def test_it_explains_and_begins_nothing(visitor: Visitor) -> None:
    response = visitor.get("/complain/")
    assert response.status_code == 200
    assert "Our decision: 15 working days" in words(response.content.decode())
    assert not Draft.objects.exists()
    assert "draft" not in response.cookies


def test_starting_begins_a_draft_that_only_this_device_opens(visitor: Visitor) -> None:
    response = visitor.post("/complain/")
    draft = Draft.objects.get()
    assert response.url == f"/en/complain/{draft.number}/about/"
    cookie = response.cookies["draft"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Lax", "/", 14 * 24 * 3600)
    assert cookie.value.partition(".")[2] not in draft.secret_hash
    assert visitor.get(f"/complain/{draft.number}/about/").status_code == 200
    assert Visitor().get(f"/complain/{draft.number}/about/").status_code == 404


def test_no_draft_is_more_exact_than_the_minute(visitor: Visitor) -> None:
    draft = visitor.starts()
    assert draft.made_at == draft.changed_at == NOW.replace(second=0, microsecond=0)


def test_somebody_who_has_begun_can_go_on(visitor: Visitor) -> None:
    draft = visitor.starts()
    page = visitor.get("/complain/").content.decode()
    assert "You have begun a complaint on this device" in page
    assert f"/en/complain/{draft.number}/check/" in page


def test_while_the_portal_is_closed_nothing_begins(visitor: Visitor) -> None:
    Organisation.objects.update(portal_is_open=False)
    assert "0800 555 0142" in visitor.get("/complain/").content.decode()
    assert visitor.post("/complain/").status_code == 503
    assert not Draft.objects.exists()


def test_one_address_cannot_fill_the_database_with_drafts(visitor: Visitor, monkeypatch) -> None:
    from dataclasses import replace

    from amends.portal import throttling

    monkeypatch.setattr(throttling, "DRAFTS_PER_ADDRESS", replace(throttling.DRAFTS_PER_ADDRESS, most=2))
    assert [visitor.post("/complain/").status_code for _ in range(3)] == [302, 302, 429]
    assert Visitor("203.0.113.8").post("/complain/").status_code == 302
