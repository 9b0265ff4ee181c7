"""Coming in by an invitation."""

from datetime import timedelta

import pytest
from django.test import Client

from amends.people.actions import invite, invite_again, leave
from amends.people.invitations import link_token
from amends.people.models import Invitation
from amends.people.standing import SYSTEM
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db

PASSWORD = "seven blue herons waiting"


@pytest.fixture
def person(world, at_moment):
    at_moment(world.at + timedelta(minutes=5))
    return invite("ants@larkhaven.example", "Ants Kuusk", by=SYSTEM, at=world.at, language="et")


def address_of(person) -> str:
    return f"/invitation/{link_token(Invitation.objects.filter(person=person).latest('id'))}/"


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_a_password_is_chosen_and_opens_the_door(world, person, client):
    address = address_of(person)
    assert "Ants Kuusk" in text_of(client.get(address))
    response = client.post(address, {"password": PASSWORD})
    assert response["Location"] == "/accounts/login/"
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert client.login(email=person.email, password=PASSWORD) is True


def test_it_signs_nobody_in_by_itself(world, person, client):
    """Whoever had a second factor before still needs it."""
    client.post(address_of(person), {"password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_it_works_once(world, person, client):
    address = address_of(person)
    client.post(address, {"password": PASSWORD})
    for response in (client.get(address), client.post(address, {"password": "another good long one"})):
        assert response.status_code == 410
        assert "This link does not work any more" in text_of(response)
        assert "/accounts/forgotten/" in response.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_it_runs_out_after_a_day(world, person, client, at_moment):
    at_moment(world.at + timedelta(hours=24))
    assert client.get(address_of(person)).status_code == 410


def test_a_newer_link_replaces_it(world, person, client):
    old = address_of(person)
    invite_again(person, by=SYSTEM, at=world.at)
    assert client.get(old).status_code == 410
    assert client.get(address_of(person)).status_code == 200


def test_who_has_left_does_not_come_in(world, person, client):
    address = address_of(person)
    leave(person, successor=None, by=SYSTEM, at=world.at)
    assert client.get(address).status_code == 410


@pytest.mark.parametrize("token", ["wrong", "%00", "é", "x" * 500])
def test_a_wrong_link_is_explained_like_a_used_one(world, client, token):
    assert client.get(f"/invitation/{token}/").status_code == 410


@pytest.mark.parametrize(
    ("password", "words"),
    [("", "vähemalt 12"), ("short", "Error"), ("password1234", "Error"), ("ants@larkhaven.example", "Error")],
)
def test_a_weak_password_is_refused_and_never_shown_again(world, person, client, password, words):
    response = client.post(address_of(person), {"password": password})
    assert response.status_code == 422
    assert 'class="error-summary"' in response.content.decode()
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_it_speaks_the_language_of_the_person_unless_they_choose_another(world, person, client):
    address = address_of(person)
    assert '<html lang="et"' in client.get(address, headers={"Accept-Language": "tr"}).content.decode()
    assert '<html lang="tr"' in client.get(f"{address}?language=tr").content.decode()
    assert '<html lang="tr"' in client.get(address).content.decode()


def test_the_secret_in_the_address_leaves_no_referrer_and_no_copy(world, person, client):
    response = client.get(address_of(person))
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"
