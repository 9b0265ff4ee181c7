"""A Refusal that escapes a view becomes a page with its sentence and what was typed."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.pages")]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("stale", 409),
        ("not_permitted", 403),
        ("not_found", 404),
        ("unknown_reference", 404),
        ("draft_not_found", 404),
        ("not_at_this_stage", 422),
        ("anything", 422),
    ],
)
def test_each_has_its_status(code: str, status: int, organisation, client: Client) -> None:
    response = client.get(f"/refuse/{code}/")
    assert response.status_code == status
    assert "Look at it again, then decide." in response.content.decode()


def test_what_was_typed_is_kept(organisation, client: Client) -> None:
    reason = "Because the notice was printed for the wrong street. " * 4
    response = client.post("/refuse/stale/", {"reason": reason}, headers={"Sec-Fetch-Site": "same-origin"})
    assert reason.strip() in response.content.decode()


def test_a_fragment_is_replaced_by_the_whole_page(organisation, client: Client) -> None:
    response = client.post("/refuse/stale/", {}, headers={"HX-Request": "true", "Sec-Fetch-Site": "same-origin"})
    assert response["HX-Retarget"] == response["HX-Reselect"] == "#main"
