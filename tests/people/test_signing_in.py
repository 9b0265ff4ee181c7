"""Signing in and out as the trail tells it."""

import pytest
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest
from django.test import Client, RequestFactory

from amends.journal.models import Entry
from amends.journal.pseudonyms import subjects_named
from amends.people.actions import accept_invitation, leave
from amends.people.invitations import link_token
from amends.people.models import Invitation, Person
from amends.people.sign_in_adapter import NoSignUp
from amends.people.standing import SYSTEM
from tests import cast
from tests.cast import World

pytestmark = pytest.mark.django_db
PASSWORD = "the water came back on a Tuesday"


@pytest.fixture
def world() -> World:
    world = cast.world()
    accept_invitation(link_token(Invitation.objects.get(person=world.liis)), PASSWORD, at=world.at)
    return world


def told() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(event__startswith="people.sign").order_by("id").values_list("event", "acting_as"))


def asked(email: str, password: str) -> Person | None:
    request = RequestFactory().post("/accounts/login/")
    request.session = Client().session
    return authenticate(request, email=email, password=password)


def test_signing_in_and_out_is_told_with_the_roles_held(world: World):
    client = Client()
    client.force_login(world.liis)
    request = HttpRequest()
    request.session, request.user = client.session, world.liis
    logout(request)
    assert told() == [("people.signed_in", "handler"), ("people.signed_out", "handler")]
    entry = Entry.objects.get(event="people.signed_in")
    assert subjects_named([entry.subject])[entry.subject] == world.liis.subject


def test_the_right_password_opens_whatever_the_case_of_the_address(world: World):
    assert asked("liis@larkhaven.example", PASSWORD) == world.liis
    assert asked("LIIS@Larkhaven.EXAMPLE", PASSWORD) == world.liis
    assert told() == []


def test_a_wrong_password_is_told_for_a_person_we_know(world: World):
    assert asked("Liis@larkhaven.example", "wrong") is None
    assert told() == [("people.sign_in_failed", "system")]
    entry = Entry.objects.get(event="people.sign_in_failed")
    assert subjects_named([entry.subject])[entry.subject] == world.liis.subject


@pytest.mark.parametrize("email", ["nobody@example.com", "", "x" * 3000, "liis@larkhaven.example\x01"])
def test_nothing_is_kept_of_a_stranger(world: World, email: str):
    assert asked(email, "wrong") is None
    assert told() == []


def test_who_has_left_does_not_come_in(world: World):
    leave(world.liis, successor=None, by=SYSTEM, at=world.at)
    assert asked("liis@larkhaven.example", PASSWORD) is None


def test_who_has_not_accepted_yet_does_not_come_in(world: World):
    assert asked("zoe@larkhaven.example", "") is None
    assert asked("zoe@larkhaven.example", "!") is None


def test_the_session_ends_when_a_new_password_is_chosen(world: World):
    person = Person.objects.get(pk=world.liis.pk)
    before = person.get_session_auth_hash()
    person.set_password("another good password")
    assert person.get_session_auth_hash() != before


def test_a_new_password_by_who_knows_the_old_one_is_told(world: World):
    client, new = Client(), "another good password"
    client.force_login(Person.objects.get(pk=world.liis.pk))
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/accounts/password/change/", data).status_code == 302
    entry = Entry.objects.get(event="people.password_chosen")
    assert (entry.facts["way"], entry.acting_as) == ("old_password", "handler")
    assert subjects_named([entry.subject])[entry.subject] == world.liis.subject


def test_nobody_signs_up_by_themselves():
    assert not NoSignUp().is_open_for_signup(HttpRequest())
