"""Which language and time zone a page is made in."""

import pytest
from django.test import Client

from amends.framework.models import Organisation
from amends.ui.middleware.language import language_in_path
from tests.cast import World
from tests.ui.conftest import found_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.pages")]


def offer(*languages: str) -> None:
    found_organisation(languages=list(languages))


def test_the_path_decides(client: Client) -> None:
    offer("en", "et", "tr")
    client.cookies["language"] = "en"
    response = client.get("/tr/", headers={"Accept-Language": "et"})
    assert response.content.startswith(b"tr ")
    assert response["Content-Language"] == "tr"


def test_the_time_zone_is_the_organisations(client: Client) -> None:
    offer("en")
    assert b"Europe/Tallinn" in client.get("/en/").content


def test_a_language_that_is_not_offered_leads_to_the_best_one_and_keeps_the_rest(client: Client) -> None:
    offer("et", "en")
    for path in ("/tr/track/?from=mail", "/de/track/?from=mail"):
        response = client.get(path, headers={"Accept-Language": "fr,en;q=0.8,et;q=0.5"})
        assert (response.status_code, response["Location"]) == (302, "/en/track/?from=mail")
        assert {"Accept-Language", "Cookie"} <= {part.strip() for part in response["Vary"].split(",")}


def test_without_a_language_in_the_path(client: Client) -> None:
    offer("et", "tr")
    assert client.get("/")["Location"] == "/et/"
    assert client.get("/", headers={"Accept-Language": "tr-TR,tr;q=0.9"})["Location"] == "/tr/"
    assert client.get("/track/?a=1")["Location"] == "/et/track/?a=1"
    client.cookies["language"] = "tr"
    assert client.get("/track/", headers={"Accept-Language": "et"})["Location"] == "/tr/track/"


def test_nonsense_is_not_redirected(client: Client) -> None:
    offer("en")
    assert client.get("/nothing/").status_code == 404
    assert client.get("/xx/").status_code == 404
    assert client.get("/en/nothing/").status_code == 404
    assert client.get("/", headers={"Accept-Language": "*;q=x, \x00, zz"})["Location"] == "/en/"


def test_a_post_is_never_redirected_away(client: Client) -> None:
    offer("en")
    assert client.post("/tr/complain/", {}).status_code == 404


def test_staff_pages_speak_the_language_of_the_person(world: World, client: Client) -> None:
    world.liis.language = "tr"
    world.liis.save()
    client.force_login(world.liis)
    response = client.get("/staff/told/", headers={"Accept-Language": "et"})
    assert response.content.startswith(b"tr Liis Tamm")
    assert response["Content-Language"] == "tr"


def test_sign_in_follows_the_language_list_and_remembers_it(client: Client) -> None:
    offer("en", "et")
    response = client.get("/accounts/login/?language=et")
    assert response["Content-Language"] == "et"
    assert response.cookies["language"].value == "et"
    assert client.get("/accounts/login/")["Content-Language"] == "et"
    assert client.get("/accounts/login/?language=tr")["Content-Language"] == "et"


def test_looking_at_public_pages_sets_no_cookie(client: Client) -> None:
    offer("en", "et")
    assert not client.get("/et/").cookies


def test_before_the_first_start_every_language_is_offered(client: Client) -> None:
    assert Organisation.objects.count() == 0
    assert client.get("/tr/").status_code == 200


def test_health_is_answered_without_asking_the_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        client.get("/health/live")


@pytest.mark.parametrize(
    ("path", "language"),
    [("/et/complain/", "et"), ("/en", "en"), ("/staff/", ""), ("/", ""), ("/iso/", ""), ("/de/", "de")],
)
def test_the_language_in_a_path(path: str, language: str) -> None:
    assert language_in_path(path) == language
