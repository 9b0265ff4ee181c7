"""Continuing a saved complaint."""

import pytest

from amends.complaints.models import Draft
from tests.portal.conftest import Moment
from tests.portal.visitor import ABOUT, WHO, Visitor


def saved(visitor: Visitor) -> tuple[Draft, str]:
    draft = visitor.starts()
    visitor.answers(draft, "about", **ABOUT)
    return draft, visitor.answers(draft, "who", **WHO, later="yes").context["code"]


def test_the_code_opens_the_draft_where_it_stopped_on_another_device(visitor: Visitor) -> None:
    draft, code = saved(visitor)
    phone = Visitor("198.51.100.30")
    response = phone.post("/resume/", {"draft_code": code.lower().replace("-", " ")})
    assert response.url == f"/en/complain/{draft.number}/who/"
    page = phone.get(f"/complain/{draft.number}/about/").content.decode()
    assert "Main street 1" in page
    assert visitor.get(f"/complain/{draft.number}/about/").status_code == 404


def test_on_the_same_device_no_code_is_needed(visitor: Visitor) -> None:
    draft, _code = saved(visitor)
    assert f"/en/complain/{draft.number}/who/" in visitor.get("/resume/").content.decode()
    assert "Go on where you stopped" not in Visitor().get("/resume/").content.decode()


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKMN", "x", "0" * 150, "ABCD\x00EFGH"])
def test_a_wrong_code_opens_nothing_and_is_answered_alike(visitor: Visitor, code: str) -> None:
    response = visitor.post("/resume/", {"draft_code": code})
    assert response.status_code == 422
    assert "draft" not in response.cookies


def test_an_empty_field_is_no_try(visitor: Visitor) -> None:
    for _ in range(8):
        response = visitor.post("/resume/", {"draft_code": " "})
        assert response.status_code == 422
        assert "Enter the code of your draft" in response.content.decode()


def test_codes_of_drafts_that_were_sent_or_ran_out_open_nothing(visitor: Visitor, moment: Moment) -> None:
    draft, code = saved(visitor)
    moment.later(days=15)
    assert Visitor().post("/resume/", {"draft_code": code}).status_code == 422
    draft, code = saved(visitor)
    Draft.objects.filter(pk=draft.pk).delete()
    assert Visitor().post("/resume/", {"draft_code": code}).status_code == 422


def test_trying_out_codes_is_slowed_down(visitor: Visitor) -> None:
    _draft, code = saved(visitor)
    guesser = Visitor("192.0.2.66")
    answers = [guesser.post("/resume/", {"draft_code": "ABCD-EFGH-JKMN"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert guesser.post("/resume/", {"draft_code": code}).status_code == 429
    assert Visitor("192.0.2.67").post("/resume/", {"draft_code": code}).status_code == 302
