"""The pages for a forgotten password: the same answer for everybody, and not too many of them."""

import time

import pytest
from django.core.cache import cache
from django.test import Client

from amends.journal.models import Entry
from amends.people.actions import accept_invitation, leave
from amends.people.invitations import link_token
from amends.people.models import Invitation
from amends.people.standing import SYSTEM
from amends.workspace.sign_in import ASKED_PER_ADDRESS, STEP
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/accounts/forgotten/"
PASSWORD = "seven blue herons waiting"


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def asked() -> int:
    return Entry.objects.filter(event="people.new_password_asked").count()


def ask(client: Client, email: str, address: str = "203.0.113.7"):
    return client.post(ADDRESS, {"email": email}, REMOTE_ADDR=address)


def test_known_unknown_and_gone_get_one_answer_and_no_sooner(world, client):
    leave(world.frida, successor=None, by=SYSTEM, at=world.at)
    answers = set()
    for email in ("liis@larkhaven.example", "nobody@larkhaven.example", "frida@larkhaven.example"):
        began = time.monotonic()
        response = ask(client, email)
        assert time.monotonic() - began >= STEP.total_seconds()
        page = client.get(response["Location"])
        answers.add((response.status_code, response["Location"], text_of(page), tuple(sorted(response.cookies))))
    assert len(answers) == 1
    assert "Look into your mailbox" in text_of(page)
    assert "ask your administrator" in text_of(page)
    assert asked() == 1


@pytest.mark.parametrize("email", ["", "liis", "liis@larkhaven.example\x00@", "x" * 255 + "@example.com"])
def test_what_is_no_address_is_kept_and_mended(world, client, email):
    response = ask(client, email)
    assert response.status_code == 422
    assert 'class="error-summary"' in response.content.decode()
    assert f'value="{email.partition(chr(0))[0][:20]}' in response.content.decode()
    assert asked() == 0


def test_ten_times_an_hour_from_one_address(world, client, monkeypatch):
    monkeypatch.setattr("amends.workspace.sign_in.STEP", STEP / 250)
    emails = [f"nobody{number}@larkhaven.example" for number in range(ASKED_PER_ADDRESS.most)]
    assert {ask(client, email).status_code for email in emails} == {302}
    response = ask(client, "liis@larkhaven.example")
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert asked() == 0
    assert ask(client, "liis@larkhaven.example", "198.51.100.9").status_code == 302
    assert asked() == 1
    assert client.get(ADDRESS).status_code == 200


def test_looking_at_the_page_sends_nothing(world, client):
    assert client.get(f"{ADDRESS}?email=liis@larkhaven.example").status_code == 200
    assert asked() == 0


def test_the_link_leads_to_a_new_password(world, client):
    accept_invitation(link_token(Invitation.objects.get(person=world.liis)), PASSWORD, at=world.at)
    ask(client, world.liis.email)
    address = f"/invitation/{link_token(Invitation.objects.filter(person=world.liis).latest('pk'))}/"
    page = text_of(client.get(address))
    assert "Choose a new password" in page
    assert "Your second factor stays" in page
    assert "Welcome" not in page
    assert client.post(address, {"password": "two green herons leaving"})["Location"] == "/accounts/login/"
    world.liis.refresh_from_db()
    assert world.liis.check_password("two green herons leaving")


def test_it_speaks_the_language_of_who_asks(world, client):
    assert '<html lang="et"' in client.get(ADDRESS, headers={"Accept-Language": "et"}).content.decode()


def test_who_asks_is_not_signed_in_by_it(world, client):
    ask(client, world.liis.email)
    assert "_auth_user_id" not in client.session
