"""Who may open a view."""

import pytest
from django.test import Client

from amends.people.permissions import May
from amends.ui.access import PUBLIC
from tests.cast import World
from tests.ui import pages

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.pages")]


def test_views_say_what_they_need() -> None:
    assert pages.told.access == PUBLIC  # type: ignore[attr-defined]
    assert pages.told_to_staff.access == May.WORK_HERE  # type: ignore[attr-defined]
    assert pages.told_to_staff.__name__ == "told_to_staff"


def test_a_visitor_is_led_to_sign_in_and_back(organisation, client: Client) -> None:
    response = client.get("/staff/told/?tab=files")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/staff/told/%3Ftab%3Dfiles"


def test_without_the_role_it_is_a_page_that_says_so(world: World, client: Client) -> None:
    client.force_login(world.tom)
    response = client.get("/staff/never/")
    assert response.status_code == 403
    assert "Your role does not include this page" in response.content.decode()


def test_a_post_by_nobody_is_not_redirected(organisation, client: Client) -> None:
    assert client.post("/staff/told/", {"a": "b"}).status_code == 401
