"""The pages around signing in, and the few pages of the face itself."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from amends.kit import clock
from amends.people.actions import ask_new_password
from amends.people.invitations import link_token
from amends.people.models import Invitation, Person
from amends.permissions.roles import Role
from tests.cast import World

pytestmark = pytest.mark.django_db

PASSWORD = "a long and boring password"
NEW = "seven blue herons waiting"


@pytest.fixture
def liis(world: World) -> Person:
    world.liis.set_password(PASSWORD)
    world.liis.save()
    return world.liis


def test_signing_in_leads_to_where_one_wanted_to_go(liis: Person, client: Client) -> None:
    page = client.get("/accounts/login/?next=/settings/preferences/").content.decode()
    assert "<h1>Sign in</h1>" in page
    assert 'value="/settings/preferences/"' in page
    response = client.post(
        "/accounts/login/", {"login": liis.email, "password": PASSWORD, "next": "/settings/preferences/"}
    )
    assert response["Location"] == "/settings/preferences/"
    assert client.get("/settings/preferences/").status_code == 200


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(liis: Person, client: Client) -> None:
    page = client.post("/accounts/login/", {"login": liis.email, "password": "wrong"}).content.decode()
    assert "<title>Error: Sign in" in page
    assert "There is a problem" in page
    assert f'value="{liis.email}"' in page
    assert "wrong" not in page


def test_without_demo_there_are_no_role_buttons(organisation, client: Client) -> None:
    assert 'name="role"' not in client.get("/accounts/login/").content.decode()


def test_the_demo_has_a_button_per_role(organisation, client: Client, settings) -> None:
    settings.AMENDS_DEMO = True
    page = client.get("/accounts/login/").content.decode()
    buttons = re.findall(
        r'<form method="post" action="/demo/sign-in/">.*?<input type="hidden" name="role" value="(\w+)">', page
    )
    assert buttons == [role.value for role in Role]
    assert "Runs the process, assigns complaints and reports on it." in page


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "forgotten_asked", "account_signup", "account_inactive", "appearance"],
)  # fmt: skip
def test_pages_for_everybody_are_ours(name: str, organisation, client: Client) -> None:
    page = client.get(reverse(name)).content.decode()
    assert '<body class="plain">' in page
    assert page.count("<h1") == 1
    assert "<title>" in page
    assert "style=" not in page


@pytest.mark.parametrize(
    "name",
    ["account_change_password", "account_logout", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn",
     "mfa_list_webauthn", "mfa_generate_recovery_codes"],
)  # fmt: skip
def test_pages_of_the_account_are_ours(name: str, liis: Person, client: Client) -> None:
    client.post("/accounts/login/", {"login": liis.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    response = client.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 200, name
    assert '<body class="plain">' in page
    assert page.count("<h1") == 1
    assert "Back to my work" in page


def test_changing_something_grave_asks_for_the_password_again(liis: Person, client: Client) -> None:
    client.force_login(liis)
    response = client.get(reverse("mfa_activate_totp"), follow=True)
    assert "Confirm that it is you" in response.content.decode()


def test_a_forgotten_password_is_one_link_away(organisation, client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert '<a href="/accounts/forgotten/">I have forgotten my password</a>' in page


def a_link_for(person: Person) -> str:
    """The address that somebody gets who forgot the password."""
    ask_new_password(person.email, at=clock.now())
    return f"/invitation/{link_token(Invitation.objects.filter(person=person).latest('pk'))}/"


def test_a_new_password_ends_what_is_open_elsewhere(liis: Person, client: Client) -> None:
    elsewhere = Client()
    for device in (elsewhere, client):
        device.post("/accounts/login/", {"login": liis.email, "password": PASSWORD})
        assert device.get("/settings/preferences/").status_code == 200
    Client().post(a_link_for(liis), {"password": NEW})
    for device in (elsewhere, client):
        assert device.get("/settings/preferences/")["Location"].startswith("/accounts/login/")
    assert client.post("/accounts/login/", {"login": liis.email, "password": PASSWORD}).status_code == 200
    assert client.post("/accounts/login/", {"login": liis.email, "password": NEW}).status_code == 302


def test_changing_it_ends_what_is_open_elsewhere_too(liis: Person, client: Client) -> None:
    elsewhere = Client()
    for device in (elsewhere, client):
        device.post("/accounts/login/", {"login": liis.email, "password": PASSWORD})
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert elsewhere.get("/settings/preferences/")["Location"].startswith("/accounts/login/")


def test_a_link_does_not_get_round_the_second_factor(liis: Person, client: Client) -> None:
    Authenticator.objects.create(user=liis, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.post(a_link_for(liis), {"password": NEW})
    response = client.post("/accounts/login/", {"login": liis.email, "password": NEW})
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/settings/preferences/").status_code == 302


def test_light_or_dark_is_a_cookie_and_comes_with_the_page(organisation, client: Client) -> None:
    assert "data-theme" not in client.get("/appearance/").content.decode()
    response = client.post("/appearance/", {"theme": "dark", "next": "/accounts/login/"})
    assert response["Location"] == "/accounts/login/"
    assert '<html lang="en" dir="ltr" data-theme="dark">' in client.get("/accounts/login/").content.decode()
    assert 'data-theme="dark"' in client.get("/en/nothing/").content.decode()
    client.post("/appearance/", {"theme": "", "next": "//elsewhere.example/"})
    assert "data-theme" not in client.get("/accounts/login/").content.decode()


def test_nobody_is_led_to_another_site(organisation, client: Client) -> None:
    for next_page in ("//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)"):
        assert client.post("/appearance/", {"theme": "dark", "next": next_page})["Location"] == "/"


def test_a_strange_theme_is_no_theme(organisation, client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/accounts/login/").content.decode()


def test_preferences_are_kept_and_used(world: World, client: Client) -> None:
    client.force_login(world.liis)
    chosen = {"language": "et", "theme": "dark", "compact_rows": "on"}
    assert client.post("/settings/preferences/", chosen)["Location"] == "/settings/preferences/"
    page = client.get("/settings/preferences/").content.decode()
    assert '<html lang="et" dir="ltr" data-theme="dark">' in page
    assert '<body class="staff compact">' in page  # and no single keys
    world.liis.refresh_from_db()
    assert not world.liis.single_keys


def test_the_choice_of_this_device_does_not_hide_a_new_preference(world: World, client: Client) -> None:
    client.force_login(world.liis)
    client.cookies["theme"] = "light"
    client.post("/settings/preferences/", {"language": "en", "theme": "dark"})
    assert 'data-theme="dark"' in client.get("/settings/preferences/").content.decode()


def test_a_wrong_preference_is_refused(world: World, client: Client) -> None:
    client.force_login(world.liis)
    page = client.post("/settings/preferences/", {"language": "xx"}).content.decode()
    assert "There is a problem" in page


def test_the_components_page_is_for_staff(organisation, client: Client) -> None:
    assert client.get("/settings/components/").status_code == 302
