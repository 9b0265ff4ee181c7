"""A form that cannot be taken gives back what was typed, and our button sends it again."""

import re

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.pages")]

LONG = "The water was switched off on Monday morning and nobody told us. " * 3
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def checked_client() -> Client:
    """Forms need their security token."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def token_on(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]


def test_an_expired_form_can_be_sent_again(organisation, checked_client: Client) -> None:
    response = checked_client.post("/en/complain/", {"what": LONG, "when": "unsure"}, headers=OURS)
    page = response.content.decode()
    assert response.status_code == 403
    assert "This page was open for too long" in page
    assert LONG.strip() in page
    again = {"csrfmiddlewaretoken": token_on(page), "what": LONG[:190], "when": "unsure"}
    assert "<h1>Sent</h1>" in checked_client.post("/en/complain/", again).content.decode()


def test_several_answers_to_one_question_are_all_kept(organisation, checked_client: Client) -> None:
    page = checked_client.post("/en/complain/", {"needs": ["large", "call"]}, headers=OURS).content.decode()
    assert 'name="needs" value="large"' in page
    assert 'name="needs" value="call"' in page


@pytest.mark.parametrize(
    "name",
    ["password", "password1", "oldpassword", "code", "access_code", "token", "step-code", "credential", "draft_code"],
)
def test_secrets_are_never_given_back(name: str, organisation, checked_client: Client) -> None:
    response = checked_client.post("/en/complain/", {"what": LONG, name: "s3cret-S3CRET"}, headers=OURS)
    page = response.content.decode()
    assert "s3cret" not in page
    assert LONG.strip() in page
    assert "Try again</button>" not in page
    assert "Open the page again" in page


@pytest.mark.parametrize("name", ["category_code", "decode", "codes", "tokens_used"])
def test_what_only_sounds_like_a_secret_is_kept(name: str, organisation, checked_client: Client) -> None:
    page = checked_client.post("/en/complain/", {name: "gas"}, headers=OURS).content.decode()
    assert f'name="{name}" value="gas"' in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {},
    ],
)
def test_a_strange_page_gets_no_button_with_a_valid_token(
    headers: dict[str, str], organisation, checked_client: Client
) -> None:
    response = checked_client.post("/en/complain/", {"what": "close it " * 30}, headers=headers)
    page = response.content.decode()
    assert response.status_code == 403
    assert "This form did not come from our site" in page
    assert "close it" not in page
    assert "csrfmiddlewaretoken" not in page


def test_an_old_browser_is_known_by_its_origin(organisation, checked_client: Client) -> None:
    response = checked_client.post("/en/complain/", {"what": LONG}, headers={"Origin": "http://testserver"})
    assert LONG.strip() in response.content.decode()


def test_somebody_whose_session_ended_signs_in_beside_the_text(organisation, checked_client: Client) -> None:
    token = token_on(checked_client.get("/en/complain/").content.decode())
    sent = {"csrfmiddlewaretoken": token, "note": LONG}
    response = checked_client.post("/staff/told/", sent, headers=OURS)
    page = response.content.decode()
    assert response.status_code == 401
    assert LONG.strip() in page
    assert 'href="/accounts/login/" target="_blank"' in page
    assert "Try again</button>" in page


def test_the_way_back_leads_to_the_page_with_the_form(organisation, checked_client: Client) -> None:
    headers = {**OURS, "Referer": "http://testserver/en/complain/?draft=1"}
    page = checked_client.post("/write/", {"what": LONG, "code": "x"}, headers=headers).content.decode()
    assert 'href="/en/complain/?draft=1"' in page


def test_a_strange_host_gets_a_page_and_nothing_back(organisation, client: Client) -> None:
    response = client.post("/en/complain/", {"what": LONG}, headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert LONG.strip() not in response.content.decode()


def test_broken_uploads_do_not_break_the_page(organisation, checked_client: Client) -> None:
    response = checked_client.post(
        "/en/complain/", b"--x\r\nnot a form at all", content_type="multipart/form-data; boundary=x", headers=OURS
    )
    assert response.status_code in {400, 403}
    assert "<h1>" in response.content.decode()


def test_too_many_answers_at_once_are_refused_politely(organisation, client: Client) -> None:
    response = client.post("/en/complain/", {f"field{number}": "x" for number in range(500)}, headers=OURS)
    assert response.status_code == 413
    assert "That was too much at once" in response.content.decode()
