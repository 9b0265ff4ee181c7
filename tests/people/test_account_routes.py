"""What is reachable of the sign-in library, and what is not."""

from http import HTTPStatus

import pytest
from allauth.account import urls as library
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import Resolver404, URLPattern, resolve, reverse

from amends.people.models import Person
from amends.people.sign_in_adapter import NoSignUp
from tests import cast
from tests.cast import World

pytestmark = pytest.mark.django_db

PASSWORD = "the water came back on a Tuesday"
NEW = "seven blue herons waiting"
USED = {"account_login", "account_logout", "account_inactive", "account_reauthenticate", "account_change_password"}
LIBRARY = [pattern for pattern in library.urlpatterns if isinstance(pattern, URLPattern)]


@pytest.fixture
def world() -> World:
    return cast.world()


@pytest.fixture
def liis(world: World) -> Person:
    world.liis.set_password(PASSWORD)
    world.liis.save()
    return world.liis


@pytest.mark.parametrize("pattern", LIBRARY, ids=lambda pattern: pattern.name)
def test_no_page_of_the_library_answers_but_those_we_use(pattern: URLPattern):
    address = str(pattern.pattern).replace("^", "").replace("$", "")
    for part in (r"(?P<key>[-:\w]+)", r"(?P<uidb36>[0-9A-Za-z]+)", r"(?P<key>.+)"):
        address = address.replace(part, "abc")
    try:
        found = resolve(f"/accounts/{address}").func.__module__
    except Resolver404:
        found = ""
    assert found.startswith("allauth.") == (pattern.name in USED), address


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("account_reset_password", "/accounts/forgotten/"),
        ("account_set_password", "/accounts/forgotten/"),
        ("account_signup", "/accounts/signup/"),
        ("account_email", "/accounts/2fa/"),
    ],
)
def test_names_that_the_library_looks_up_lead_to_pages_of_ours(name: str, address: str):
    assert reverse(name) == address


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up(world: World, method: str):
    client, before = Client(), Person.objects.count()
    response = getattr(client, method)("/accounts/signup/", {"email": "nora@example.com", "password1": PASSWORD})
    assert response.status_code == HTTPStatus.NOT_FOUND
    assert "Ask your administrator for an invitation" in response.content.decode()
    assert Person.objects.count() == before


def test_accounts_alone_leads_to_the_way_in(liis: Person, client: Client):
    assert client.get("/accounts/")["Location"] == "/accounts/login/"
    client.force_login(liis)
    assert client.get("/accounts/")["Location"] == "/accounts/2fa/"


def test_who_has_no_password_yet_is_led_to_the_page_that_sends_a_link(world: World, client: Client):
    client.force_login(world.zoe)
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/forgotten/"


def test_the_library_sends_no_mail_even_where_it_is_told_to(liis: Person, client: Client, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    EmailAddress.objects.create(user=liis, email=liis.email, primary=True, verified=True)
    client.force_login(liis)
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", data).status_code == HTTPStatus.FOUND
    liis.refresh_from_db()
    assert liis.check_password(NEW)
    assert mail.outbox == []


def test_the_way_by_which_the_library_sends_is_closed():
    assert isinstance(get_adapter(), NoSignUp)
    get_adapter().send_mail("account/email/unknown_account", "nora@example.com", {})
    assert mail.outbox == []


def test_too_many_tries_get_a_page_of_ours(world: World, client: Client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    answers = [client.post("/accounts/login/", {"login": "nobody@example.com"}) for _ in range(2)]
    assert answers[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert '<body class="plain">' in answers[-1].content.decode()
