"""Short pages about how complaints are handled here."""

import pytest

from amends.framework.models import Organisation
from amends.kit.translated import TranslatedText
from tests.portal.test_progress import words
from tests.portal.visitor import Visitor

PAGES = ["how-it-works", "accessibility", "privacy", "track/leave"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "et", "tr"])
def test_they_open_without_leaving_any_cookie(visitor: Visitor, page: str, language: str) -> None:
    response = visitor.client.get(f"/{language}/{page}/")
    assert response.status_code == 200
    assert response.content.count(b"<h1>") == 1
    assert not response.cookies


@pytest.mark.parametrize("page", PAGES[:-1])
def test_they_take_no_posts(visitor: Visitor, page: str) -> None:
    assert visitor.post(f"/{page}/").status_code == 405


def test_times_and_the_outside_body_come_from_what_is_set(visitor: Visitor) -> None:
    Organisation.objects.update(external_body=TranslatedText({"en": "the Water Ombudsman."}))
    page = visitor.get("/how-it-works/").content.decode()
    told = words(page)
    assert "Our confirmation: 2 working days" in told
    assert "Our decision: 15 working days" in told
    assert "Time for your answer: 15 working days" in told
    assert "The second look: 10 working days" in told
    assert "At any time you can also turn to the Water Ombudsman." in told
    Organisation.objects.update(profile="small")
    assert "somebody who did not decide before" not in visitor.get("/how-it-works/").content.decode()


def test_it_says_how_much_longer_it_can_take_and_what_happens_when_we_are_late(visitor: Visitor) -> None:
    told = words(visitor.get("/how-it-works/").content.decode())
    assert "More time, each time 10 working days How often at most 2" in told
    assert "While we wait for your answer our time stands still, for at most 20 working days" in told
    assert "In all, at most 40 working days" in told
    assert "The tracking page says so and names a new day." in told
    assert "Time until the new day: 5 working days" in told
    assert "These are the usual times." not in told


def test_new_codes_are_given_in_the_ways_there_are(visitor: Visitor) -> None:
    assert "Phone us." in visitor.get("/lost-codes/").content.decode()
    Organisation.objects.update(visit_address="3 Harbour Street")
    assert "Phone us, or come to us." in visitor.get("/lost-codes/").content.decode()
    Organisation.objects.update(phone="", visit_address="")
    assert "Get in touch with us." in visitor.get("/lost-codes/").content.decode()


def test_every_page_links_to_them(visitor: Visitor) -> None:
    page = visitor.get("/resume/").content.decode()
    head, foot = page[: page.index("<main")], page[page.index("</main>") :]
    assert all(f'href="/en/{path}/"' in head for path in ("complain", "track", "how-it-works"))
    assert all(f'href="/en/{path}/"' in foot for path in ("accessibility", "privacy", "lost-codes"))
