"""What is published about complaints is what is configured (R-4.4-01, R-4.9-01, R-7.1-01 to 08)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from amends.framework.actions.change_public_text import change_public_text
from amends.framework.models import Organisation, OutsideBody, PublicText, RemedyKind
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.portal import home, results
from amends.portal.results import Results
from amends.rendering.qr import QUIET, qr
from tests.cast import World
from tests.complaints.clocks import apply_pack
from tests.portal.conftest import Moment
from tests.portal.test_progress import words
from tests.portal.visitor import Visitor

Code = PublicText.Code


def said(visitor: Visitor, page: str) -> str:
    return words(visitor.get(page).content.decode())


def test_another_pack_another_page(world: World, visitor: Visitor, moment: Moment) -> None:
    """Page, policy and leaflet say the times of the rules in force, and other times when other rules are in force."""
    general = [said(visitor, page) for page in ("/how-it-works/", "/policy/", "/leaflet/")]
    assert all("Our decision: 15 working days" in page for page in general)
    before = visitor.get("/leaflet/leaflet.pdf").content
    apply_pack(world, "uk-fca-disp")
    law = [said(visitor, page) for page in ("/how-it-works/", "/policy/", "/leaflet/")]
    assert all("Our decision: 8 weeks" in page for page in law)
    assert not any("15 working days" in page for page in law[1:2])
    assert all("Financial Ombudsman Service" in page for page in law)
    assert visitor.get("/leaflet/leaflet.pdf").content != before


def test_remedies_bodies_channels_and_the_form_stand_there(world: World, visitor: Visitor) -> None:
    RemedyKind.objects.exclude(code="apologise").update(is_active=False)
    RemedyKind.objects.filter(code="apologise").update(label=TranslatedText({"en": "We say sorry in writing"}))
    OutsideBody.objects.create(code="water", name=TranslatedText({"en": "Water Council"}), post_address="1 Pier Road")
    Organisation.objects.update(visit_address="3 Harbour Street")
    page = said(visitor, "/how-it-works/")
    for words_of_it in ("We say sorry in writing", "Water Council", "1 Pier Road", "3 Harbour Street", "0800 555 0142"):
        assert words_of_it in page
    assert "What went wrong?" in page or "What happened?" in page
    assert "How you learn where it stands" in page
    OutsideBody.objects.update(is_active=False)
    assert "Water Council" not in said(visitor, "/how-it-works/")


def test_leaflet_large_print_and_poster_are_paper_in_every_language(world: World, visitor: Visitor) -> None:
    sizes = {}
    for language in ("en", "et", "tr"):
        for name in ("leaflet", "large-print", "poster"):
            answer = visitor.client.get(f"/{language}/leaflet/{name}.pdf")
            assert answer.status_code == 200
            assert answer["Content-Type"] == "application/pdf"
            assert answer.content.startswith(b"%PDF-1.7")
            assert b"pdfuaid" in answer.content or b"StructTreeRoot" in answer.content
            assert not answer.cookies
            sizes[language, name] = len(answer.content)
    assert len(set(sizes.values())) > 3
    assert visitor.get("/leaflet/leaflet.pdf").content == visitor.get("/leaflet/leaflet.pdf").content


def test_the_code_on_the_poster_is_drawn_with_its_border() -> None:
    code = qr("https://complaints.example.org/en/")
    assert all(not any(row) for row in (*code.rows[:QUIET], *code.rows[-QUIET:]))
    assert sum(length for _left, _top, length in code.runs) == sum(sum(row) for row in code.rows)
    assert code.path.count("M") == len(code.runs)


def test_own_words_take_the_place_of_ours_and_are_kept_in_versions(world: World, visitor: Visitor) -> None:
    clara = world.as_(world.clara)
    assert "Every complaint is welcome" in said(visitor, "/policy/")
    text = TranslatedText({"en": "We listen.\n\n<b>Always.</b>", "et": "Me kuulame."})
    change_public_text(Code.POLICY, text, seen=0, by=clara, at=world.at)
    page = visitor.get("/policy/").content.decode()
    assert "We listen." in page
    assert "&lt;b&gt;Always.&lt;/b&gt;" in page
    assert "Every complaint is welcome" not in page
    assert "Our decision: 15 working days" in words(page), "the times stay those of the rules"
    assert "Me kuulame." in visitor.client.get("/et/policy/").content.decode()
    assert 'lang="en"' in visitor.client.get("/tr/policy/").content.decode(), "no Turkish text: English, marked as it"
    with pytest.raises(Refusal) as stale:
        change_public_text(Code.POLICY, TranslatedText({"en": "x"}), seen=0, by=clara, at=world.at)
    assert stale.value.code == "stale"
    with pytest.raises(Refusal) as same:
        change_public_text(Code.POLICY, text, seen=1, by=clara, at=world.at)
    assert same.value.code == "unchanged"
    with pytest.raises(Refusal):
        change_public_text(Code.POLICY, TranslatedText({}), seen=1, by=world.as_(world.liis), at=world.at)
    change_public_text(Code.POLICY, TranslatedText({}), seen=1, by=clara, at=world.at)
    assert "Every complaint is welcome" in said(visitor, "/policy/")
    assert [entry.facts["version"] for entry in Entry.objects.filter(event="framework.public_text_changed")] == [1, 2]
    for code, page in ((Code.PRIVACY, "/privacy/"), (Code.ACCESSIBILITY, "/accessibility/")):
        change_public_text(code, TranslatedText({"en": f"Ask Dora about {code}."}), seen=0, by=clara, at=world.at)
        assert f"Ask Dora about {code}." in said(visitor, page)


def test_the_administration_writes_them_and_shows_what_to_hand_out(world: World) -> None:
    client = Client()
    client.force_login(world.clara)
    page = client.get("/settings/public-texts/").content.decode()
    assert "&lt;a href=&quot;http" in page, "the link stands there to be copied"
    assert all(f'href="/{language}/leaflet/poster.pdf"' in page for language in ("en", "et", "tr"))
    here = "/settings/public-texts/policy/"
    assert client.post(here, {"seen": 0, "text_en": "One\r\n\r\nTwo"}).status_code == 302
    stale = client.post(here, {"seen": 0, "text_en": "Mine"})
    assert stale.status_code == 409
    assert "Two" in stale.content.decode()
    assert "Mine" in stale.content.decode()
    assert client.post(here, {"seen": 1, "text_en": "One\r\n\r\nTwo"}).status_code == 422
    assert client.get("/settings/public-texts/other/").status_code == 404
    client.force_login(world.liis)
    assert client.get(here).status_code in {403, 404}


def test_results_have_no_place_before_something_is_published(world: World, visitor: Visitor, monkeypatch: Any) -> None:
    assert "How we did" not in said(visitor, "/")
    assert visitor.get("/results/").status_code == 404
    figures = Results(date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 9), (("In time", "94 %"),))
    monkeypatch.setattr(home, "published_results", lambda at: figures)
    monkeypatch.setattr(results, "published_results", lambda at: figures)
    for page in ("/", "/results/"):
        assert "How we did From Thursday 1 January 2026 until Saturday 31 January 2026 In time 94 %" in said(
            visitor, page
        )


def test_paused_the_pages_say_so_and_how_else(world: World, visitor: Visitor) -> None:
    Organisation.objects.update(portal_is_open=False)
    page = said(visitor, "/")
    assert "We take no complaints on this page at the moment." in page
    assert "0800 555 0142" in page
    assert "complaints@larkhaven.example" in page
    assert visitor.get("/track/").status_code == 200
