"""The first start: once, with the link of the command line, everything or nothing."""

import re
import threading

import pytest
from django.db import connections
from django.test import Client

from amends.framework.first_start import first_start_token
from amends.framework.models import Category, Organisation
from amends.journal.models import Entry
from amends.kit.invariants import all_invariants
from amends.people.models import Person, RoleGrant
from tests import builders
from tests.workspace.test_queue import text_of


@pytest.fixture
def address() -> str:
    return f"/setup/{first_start_token()}/"


def answers(**changes):
    """Five answers and an administrator."""
    usual = {
        "name": "Larkhaven Utilities",
        "country": "EE",
        "languages": ["et", "en"],
        "email": "kaebused@larkhaven.example",
        "phone": "+372 600 0000",
        "profile": "full",
        "you-name": "Maarja Kask",
        "you-email": "maarja@larkhaven.example",
        "you-password": "seven blue herons waiting",
    }
    return {**usual, **changes}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_five_answers_make_a_working_page_and_sign_in(client, address):
    asked = client.get(address)
    assert asked.status_code == 200
    response = client.post(address, answers())
    assert response["Location"] == "/settings/started/"
    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.country, organisation.currency) == ("Larkhaven Utilities", "EE", "EUR")
    assert organisation.languages == ["et", "en"]
    assert Category.objects.exists()
    started = client.get("/settings/started/")
    assert started.status_code == 200
    assert "http://localhost:8000/et/" in text_of(started)
    for address_of_next in re.findall(r'<li class="card card-pad">.*?href="([^"]+)"', started.content.decode()):
        assert client.get(address_of_next).status_code in {200, 302}
    violations = {rule.name: list(rule.check()) for rule in all_invariants()}
    assert not {name: found for name, found in violations.items() if found}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("profile", "roles"),
    [
        ("full", {"administrator", "management_representative"}),
        ("small", {"administrator", "management_representative", "handler", "decision_maker"}),
    ],
)
def test_the_first_person_holds_what_the_size_asks_for(client, address, profile, roles):
    client.post(address, answers(profile=profile))
    person = Person.objects.get()
    assert person.check_password("seven blue herons waiting")
    grants = RoleGrant.objects.filter(person=person)
    assert {grant.role for grant in grants} == roles
    assert all(grant.unit.is_root for grant in grants)
    assert list(Entry.objects.filter(event="people.began").values_list("acting_as", flat=True)) == ["system"]
    assert client.get("/staff/").status_code == 200


@pytest.mark.django_db
def test_afterwards_the_link_only_says_that_it_is_done(client, address):
    client.post(address, answers())
    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    for response in (
        client.get(address, **english),
        Client().get(address, **english),
        client.post(address, answers(name="Other"), **english),
    ):
        assert response.status_code == 410
        assert "This is done already" in text_of(response)
    assert Organisation.objects.get().name == "Larkhaven Utilities"
    assert Person.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["wrong", "0" * 40, "%00", "é" * 40])
def test_another_link_is_no_page(client, token):
    assert client.get(f"/setup/{token}/").status_code == 404
    assert client.post(f"/setup/{token}/", answers()).status_code == 404
    assert not Organisation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Enter the name of the organisation"),
        ({"name": "x" * 121}, "Shorten the name to 120 letters"),
        ({"country": ""}, "Choose a country"),
        ({"country": "XX"}, "Choose a country"),
        ({"languages": []}, "Choose at least one language"),
        ({"languages": ["xx"]}, "Choose a language shown"),
        ({"email": "not an address"}, "Enter an e-mail address, like name@example.com"),
        ({"profile": ""}, "Choose how many share the work"),
        ({"you-name": ""}, "Enter your name"),
        ({"you-name": " \x00 "}, "Enter your name"),
        ({"you-email": "maarja"}, "Enter your e-mail address, like name@example.com"),
        ({"you-password": "short"}, "This password is too short"),
        ({"you-password": "password1234"}, "This password is too common"),
        ({"you-password": "maarja@larkhaven.example"}, "too similar"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client, address, changes, words):
    response = client.post(address, answers(**changes))
    assert response.status_code == 422
    assert words in text_of(response)
    assert "<title>Error: Set up" in response.content.decode()
    assert 'value="+372 600 0000"' in response.content.decode()
    assert "seven blue herons" not in response.content.decode()
    assert not Organisation.objects.exists()
    assert not Person.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_mistakes_in_both_halves_are_said_at_once(client, address):
    said = text_of(client.post(address, answers(**{"name": "", "you-password": ""})))
    assert "Enter the name of the organisation" in said
    assert "Choose a password of at least 12 characters" in said


@pytest.mark.django_db
def test_nobody_sees_the_page_after_it_without_signing_in(client):
    builders.a_world()
    assert client.get("/settings/started/")["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "Set up your organisation"), ("et", 'lang="et"')])
def test_it_speaks_the_language_of_the_browser(client, address, language, words):
    response = client.get(address, headers={"Accept-Language": language})
    assert words in response.content.decode()


def test_two_at_the_same_moment_make_one_organisation(own_database, address, django_db_blocker):
    """Both forms were sent when nothing was there: one makes it, the other is told so."""
    together = threading.Barrier(2)
    statuses = []

    def send(email: str) -> None:
        client = Client(raise_request_exception=False)
        together.wait()
        statuses.append(client.post(address, answers(**{"you-email": email})).status_code)
        connections.close_all()

    with django_db_blocker.unblock():
        threads = [threading.Thread(target=send, args=(f"{name}@example.com",)) for name in ("one", "two")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(statuses) in ([302, 410], [302, 422])
        assert Organisation.objects.count() == 1
        assert Person.objects.count() == 1
