"""One-click sign-in: in the demonstration only, by POST only."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from amends.people.models import Person
from amends.permissions.roles import Role
from amends.project.demo import founding, roster
from amends.project.demo.sign_in import demo_sign_in
from amends.ui.access import PUBLIC
from tests import builders

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def larkhaven(db, settings):
    """The demonstration organisation without its history."""
    settings.AMENDS_DEMO = True
    return founding.found_organisation(AT)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_signs_in_as_its_main_person(larkhaven, client, role):
    answer = client.post("/demo/sign-in/", {"role": role.value})
    assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    person = Person.objects.get(pk=client.session["_auth_user_id"])
    assert person.email == roster.email_of(roster.main_members()[role])
    assert person.language == "en"


def test_it_is_done_by_post_only(larkhaven, client):
    assert client.get(reverse("demo_sign_in")).status_code == 405
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", ["", "owner", "handler\x00", "HANDLER"])
def test_an_unknown_role_is_not_found(larkhaven, client, role):
    assert client.post("/demo/sign-in/", {"role": role}).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_outside_the_demonstration_the_address_does_not_exist(larkhaven, client, settings, method):
    settings.AMENDS_DEMO = False
    assert getattr(client, method)("/demo/sign-in/", {"role": "handler"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_real_organisation_has_nobody_to_sign_in_as_even_when_the_setting_is_wrong(db, client, settings):
    settings.AMENDS_DEMO = True
    builders.a_world()
    assert client.post("/demo/sign-in/", {"role": "handler"}).status_code == 404


def test_the_view_says_that_it_is_public():
    assert demo_sign_in.access == PUBLIC
