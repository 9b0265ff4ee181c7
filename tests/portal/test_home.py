"""The first public page."""

import pytest
from django.test import Client

from amends.framework.models import Organisation, Product
from amends.kit.translated import TranslatedText
from tests.cast import World
from tests.complaints.clocks import apply_pack
from tests.portal.test_progress import words
from tests.portal.visitor import Visitor


def test_it_offers_to_complain_to_continue_and_to_track(visitor: Visitor) -> None:
    page = visitor.get("/").content.decode()
    for address in ("/en/complain/", "/en/resume/", "/en/track/", "/en/lost-codes/"):
        assert f'"{address}"' in page
    assert "For example LAU-26-7K3M9TQH" in page


def test_the_times_are_those_of_the_pack_in_force(visitor: Visitor, world: World) -> None:
    page = words(visitor.get("/").content.decode())
    assert "Our confirmation: 2 working days" in page
    assert "Our decision: 15 working days" in page

    apply_pack(world, "uk-fca-disp")
    page = words(visitor.get("/").content.decode())
    assert "Our decision: 8 weeks" in page
    assert "15 working days" not in page


def test_where_other_rules_apply_to_something_the_times_are_said_to_be_the_usual_ones(
    visitor: Visitor, world: World
) -> None:
    usual = "These are the usual times. For some matters other rules apply"
    assert all(usual not in words(visitor.get(path).content.decode()) for path in ("/", "/complain/", "/how-it-works/"))
    apply_pack(world, "uk-fca-disp", product=Product.objects.get(code="our-services"))
    pages = [words(visitor.get(path).content.decode()) for path in ("/", "/complain/", "/how-it-works/")]
    assert all(usual in page and "Our decision: 15 working days" in page for page in pages)


def test_only_ways_that_the_organisation_has_are_shown(visitor: Visitor) -> None:
    page = visitor.get("/").content.decode()
    assert "0800 555 0142" in page
    assert "By post" not in page
    Organisation.objects.update(
        phone="",
        post_address="1 Pump Lane",
        visit_address="3 Harbour Street",
        phone_hours=TranslatedText({"en": "8–18"}),
    )
    page = visitor.get("/").content.decode()
    assert "By phone" not in page
    assert "1 Pump Lane" in page
    assert "3 Harbour Street" in page


def test_the_outside_body_is_named(visitor: Visitor) -> None:
    Organisation.objects.update(external_body=TranslatedText({"en": "the Water Ombudsman."}))
    page = visitor.get("/").content.decode()
    assert "At any time you can also turn to the Water Ombudsman.\n" in page


def test_while_the_portal_is_closed_it_says_how_else_to_complain(visitor: Visitor) -> None:
    Organisation.objects.update(portal_is_open=False)
    page = visitor.get("/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    assert "We take no complaints on this page at the moment." in main
    assert "complaints@larkhaven.example" in main
    assert '"/en/complain/"' not in main
    assert 'action="/en/track/"' in main


def test_it_leaves_no_cookie_but_the_one_of_the_form(visitor: Visitor) -> None:
    assert set(visitor.get("/").cookies) == {"csrftoken"}


@pytest.mark.usefixtures("db", "moment")
def test_before_the_first_start_it_says_so_instead_of_failing() -> None:
    response = Client().get("/en/")
    assert response.status_code == 503
    assert b"This service is not ready yet" in response.content


@pytest.mark.parametrize(("language", "word"), [("et", "Eesti"), ("tr", "Türkçe")])
def test_it_exists_in_every_language_offered(visitor: Visitor, language: str, word: str) -> None:
    response = visitor.client.get(f"/{language}/")
    assert response.status_code == 200
    assert f'lang="{language}" hreflang="{language}" aria-current="true">{word}' in response.content.decode()


def test_the_number_of_queries_is_small(visitor: Visitor, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(3):
        visitor.get("/")
