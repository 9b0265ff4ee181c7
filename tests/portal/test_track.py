"""Entering reference and access code, and leaving."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session

from amends.complaints import actions
from amends.complaints.models import Complaint
from amends.kit.ids import access_code_from
from amends.people.models import Person
from tests.cast import World
from tests.portal.conftest import NOW, Moment
from tests.portal.visitor import Visitor, a_complaint_with_code, follower


def test_both_codes_open_the_complaint(world: World, visitor: Visitor) -> None:
    complaint, code = a_complaint_with_code(world)
    response = visitor.tracks(complaint.reference, code)
    assert response.url == "/en/track/view/"
    assert complaint.reference in visitor.get("/track/view/").content.decode()
    assert visitor.get("/track/").url == "/en/track/view/"


@pytest.mark.parametrize("spelling", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} \t"])
def test_small_letters_spaces_and_missing_dashes_do_not_matter(world: World, visitor: Visitor, spelling: Any) -> None:
    complaint, code = a_complaint_with_code(world)
    assert visitor.tracks(spelling(complaint.reference), spelling(code)).status_code == 302


def test_empty_fields_are_named_and_are_no_try(visitor: Visitor) -> None:
    for _ in range(8):
        response = visitor.tracks("", "")
        assert response.status_code == 422
        page = response.content.decode()
        assert "Enter your reference" in page
        assert "Enter your access code" in page


def test_wrong_reference_and_wrong_code_are_answered_alike(world: World) -> None:
    complaint, code = a_complaint_with_code(world)
    other, other_code = a_complaint_with_code(world, token="another token")
    wrong_code = access_code_from("nobody's token", b"key")
    tries = [
        (complaint.reference, wrong_code),
        (complaint.reference, other_code),
        ("LAU-26-7K3M9TQH", code),
        ("LAU-26-7K3M9TQJ", wrong_code),
        (other.reference[:-1] + "2", other_code),
    ]
    answers = [Visitor(f"192.0.2.{number}").tracks(*each) for number, each in enumerate(tries)]
    assert {response.status_code for response in answers} == {422}
    assert len({len(response.content) for response in answers}) == 1
    assert len({tuple(sorted(response.headers)) for response in answers}) == 1
    assert len({tuple(response.cookies) for response in answers}) == 1
    assert all("These two codes do not fit together." in response.content.decode() for response in answers)


@pytest.mark.parametrize("typed", ["x" * 5000, "\x00", "ſ" * 18, "🂡" * 18, "LAU-26-7K3M9TQH'--", "%00"])
def test_strange_codes_are_only_wrong(world: World, visitor: Visitor, typed: str) -> None:
    complaint, code = a_complaint_with_code(world)
    assert visitor.tracks(typed, code).status_code == 422
    assert visitor.tracks(complaint.reference, typed).status_code == 422


def test_a_body_that_is_not_utf_8_is_only_wrong(visitor: Visitor) -> None:
    body, kind = b"reference=%ff%fe&code=%80", "application/x-www-form-urlencoded"
    assert visitor.client.generic("POST", "/en/track/", body, content_type=kind).status_code == 422


def test_a_session_begins_only_with_the_right_codes_and_under_a_new_key(world: World, visitor: Visitor) -> None:
    complaint, code = a_complaint_with_code(world)
    visitor.get("/track/")
    visitor.tracks(complaint.reference, "wrong")
    assert "session" not in visitor.client.cookies
    assert not Session.objects.exists()
    visitor.client.cookies["session"] = "known0to0an0attacker0before00000"
    response = visitor.tracks(complaint.reference, code)
    cookie = response.cookies["session"]
    assert cookie.value != "known0to0an0attacker0before00000"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert 3500 < cookie["max-age"] <= 3600


def test_the_session_holds_neither_code_nor_a_moment_finer_than_the_minute(world: World, visitor: Visitor) -> None:
    complaint, code = a_complaint_with_code(world)
    visitor.tracks(complaint.reference, code)
    session = Session.objects.get()
    kept = str(session.get_decoded())
    assert code.replace("-", "") not in kept.replace("-", "")
    assert complaint.access_code_hash not in kept
    assert complaint.reference not in kept
    assert session.expire_date.second == session.expire_date.microsecond == 0


def test_no_code_stands_in_an_address_or_a_log(world: World, visitor: Visitor, caplog: Any) -> None:
    caplog.set_level("DEBUG")
    complaint, code = a_complaint_with_code(world)
    addresses = [visitor.tracks(complaint.reference, code).url]
    visitor.tracks(complaint.reference, code[:-1] + "2")
    page = visitor.get("/track/view/").content.decode()
    for text in (*addresses, page, *(record.getMessage() for record in caplog.records)):
        assert code.replace("-", "") not in text.replace("-", "")


def test_it_closes_after_an_hour_without_use(world: World, visitor: Visitor, moment: Moment) -> None:
    complaint, code = a_complaint_with_code(world)
    visitor.tracks(complaint.reference, code)
    for _ in range(3):
        moment.later(minutes=50)
        assert visitor.get("/track/view/").status_code == 200
    moment.later(minutes=61)
    assert visitor.get("/track/view/").url == "/en/track/"


def test_reading_writes_the_session_only_now_and_then(world: World, visitor: Visitor, moment: Moment) -> None:
    complaint, code = a_complaint_with_code(world)
    visitor.tracks(complaint.reference, code)
    moment.later(minutes=2)
    assert "session" not in visitor.get("/track/view/").cookies
    moment.later(minutes=5)
    assert "session" in visitor.get("/track/view/").cookies


def test_a_new_access_code_closes_what_the_old_one_opened(world: World, visitor: Visitor) -> None:
    complaint, code = a_complaint_with_code(world)
    visitor.tracks(complaint.reference, code)
    fresh = actions.renew_access_code(complaint, check="in_person", by=world.as_(world.clara), at=NOW)
    assert visitor.get("/track/view/").url == "/en/track/"
    assert Visitor().tracks(complaint.reference, code).status_code == 422
    assert Visitor().tracks(complaint.reference, fresh).status_code == 302


def test_leaving_ends_the_session(world: World) -> None:
    complaint, _code = a_complaint_with_code(world)
    visitor = follower(complaint)
    response = visitor.post("/track/leave/")
    assert response.url == "/en/track/leave/"
    assert response.cookies["session"].value == ""
    assert not Session.objects.exists()
    assert "You have left your complaint" in visitor.get("/track/leave/").content.decode()
    assert visitor.get("/track/view/").url == "/en/track/"


def test_staff_who_follow_a_complaint_in_the_same_browser_stay_signed_in(world: World, visitor: Visitor) -> None:
    complaint, code = a_complaint_with_code(world)
    visitor.client.force_login(
        Person.objects.get(pk=world.liis.pk), "allauth.account.auth_backends.AuthenticationBackend"
    )
    visitor.tracks(complaint.reference, code)
    assert visitor.get("/track/view/").status_code == 200
    visitor.post("/track/leave/")
    assert visitor.get("/track/view/").url == "/en/track/"
    assert "_auth_user_id" in visitor.client.session


def test_a_complaint_without_access_code_is_not_opened_by_an_empty_one(world: World, visitor: Visitor) -> None:
    complaint, _code = a_complaint_with_code(world)
    Complaint.objects.update(access_code_hash="")
    for code in ("", "-", " "):
        assert visitor.tracks(complaint.reference, code).status_code == 422
