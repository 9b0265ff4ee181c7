"""The rule packs and the levels of escalation in a real browser: axe, wide and narrow, light and dark, by keyboard."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from amends.framework.actions.activate_pack import activate_pack
from amends.framework.models import Activation, Ladder, RulePackVersion
from amends.kit import clock
from amends.people.standing import SYSTEM
from tests import builders
from tests.browser import LOOKS

pytestmark = [pytest.mark.browser, pytest.mark.looks]

PICTURES = os.environ.get("AMENDS_PICTURES", "")


@pytest.fixture
def world(own_database):
    return builders.a_world()


@pytest.fixture
def look(axe):
    """axe on a page on a desk and on a phone (see LOOKS); with AMENDS_PICTURES also pictures to look at."""

    def is_accessible(page, name: str) -> None:
        for width, theme in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways"
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            assert axe(page) == [], f"{name}, {width}, {theme}"
            if PICTURES:
                page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}-{theme}.png"), full_page=True)
        page.set_viewport_size({"width": 1440, "height": 900})

    return is_accessible


def test_reading_and_comparing_packs(site, new_page, sign_in, world, look):
    activate_pack(
        RulePackVersion.objects.get(pack="uk-fca-disp"),
        starts_at=clock.now(),
        reason="The regulator asks for it",
        site="Harbour",
        by=SYSTEM,
        at=clock.now(),
    )
    page = new_page()
    sign_in(page, site, world.clara)
    page.goto(f"{site}/settings/")
    page.get_by_role("link", name="Rule packs").click()
    look(page, "list")
    page.get_by_role("link", name="United Kingdom").click()
    page.get_by_role("link", name="UK, FCA DISP 1").click()
    expect(page.locator("h1")).to_have_text("UK, FCA DISP 1")
    look(page, "pack")
    page.get_by_role("link", name="Compare", exact=True).first.click()
    page.get_by_label("Second").select_option(label="UK, payment services and e-money (DISP 1.6.2A), version 1")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("main")).to_contain_text("15 working days")
    look(page, "compare")
    page.goto(f"{site}/settings/rules/activations/")
    look(page, "activations")


def test_letting_a_pack_apply_by_keyboard_without_javascript(site, new_page, sign_in, world, look):
    page = new_page(javascript=False, width=390)
    sign_in(page, site, world.clara)
    page.goto(f"{site}/settings/rules/estonia/1/")
    page.get_by_role("link", name="Let it apply").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="See what would change").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_contain_text("Say why these rules apply")
    page.get_by_label("Why these rules apply").fill("The law")
    page.get_by_label("From the beginning of this day").fill(date.today().replace(month=1, day=1).isoformat())
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator("h1")).to_have_text("What would change")
    expect(page.locator("main")).to_contain_text("It begins in the past")
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_label("Why these rules apply")).to_have_value("The law")
    page.get_by_role("button", name="See what would change").click()
    page.get_by_role("button", name="Let it apply").click()
    expect(page.locator("main")).to_contain_text("applies to what is received from then on")
    assert Activation.objects.get(ends_at__isnull=True).pack_version.pack == "estonia"


def test_forms_of_activation(site, new_page, sign_in, world, look):
    page = new_page()
    sign_in(page, site, world.clara)
    page.goto(f"{site}/settings/rules/activations/new/?pack=estonia.1")
    look(page, "activation")
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page, "activation-wrong")
    page.get_by_label("Why these rules apply").fill("The law asks for it")
    page.get_by_label("Only at this site").fill("Harbour")
    page.get_by_role("button", name="See what would change").click()
    look(page, "activation-preview")
    page.get_by_role("button", name="Let it apply").click()
    page.get_by_role("link", name="End Estonia").click()
    look(page, "ending")


def test_rules_of_ones_own(site, new_page, sign_in, world, look):
    page = new_page()
    sign_in(page, site, world.clara)
    page.goto(f"{site}/settings/rules/general/1/own/")
    look(page, "own")
    page.locator("details.rule-clock", has_text="Decision").locator("summary").first.click()
    decision = page.locator("details.rule-clock").nth(1)
    decision.get_by_label("Time", exact=True).fill("500")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").first.click()
    expect(page.locator(":focus")).to_have_attribute("name", "clock1_outer_count")
    expect(decision.get_by_label("Time", exact=True)).to_have_value("500")
    look(page, "own-wrong")
    decision.get_by_label("Time", exact=True).fill("12")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.locator("main")).to_contain_text("It applies to nothing until you let it apply")
    look(page, "own-pack")
    page.goto(f"{site}/settings/rules/general-own/1/own/document/")
    look(page, "document")
    area = page.get_by_label("The whole pack, as JSON")
    area.fill(area.input_value().replace('"stage": 1', '"stage": 7'))
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.locator("#problems")).to_contain_text("clocks[0].stage")
    look(page, "document-wrong")


def test_levels_without_javascript(site, new_page, sign_in, world):
    page = new_page(javascript=False)
    sign_in(page, site, world.clara)
    page.goto(f"{site}/settings/escalation/")
    page.get_by_role("link", name="Change the levels").click()
    page.get_by_role("button", name="Remove level 2").click()
    page.get_by_role("button", name="Add a level").click()
    third = page.get_by_role("group", name="Level 3")
    third.get_by_label("After the deadline", exact=True).fill("5")
    third.get_by_label("Who is told").select_option(label="The direct manager of the handler")
    page.get_by_role("button", name="Save levels").click()
    expect(page.locator(".error-summary")).to_contain_text("Put the levels in the order")
    third.get_by_label("After the deadline", exact=True).fill("15")
    third.get_by_label("After the deadline", exact=True).press("Enter")
    expect(page.locator(".ladder-steps")).to_contain_text("The direct manager of the handler is told.")
    assert Ladder.objects.count() == 1, "Enter looks; it saves and removes nothing"
    page.get_by_role("button", name="Save levels").click()
    expect(page.locator("main")).to_contain_text("The levels are saved")
    assert [level["after"]["count"] for level in Ladder.objects.latest("version").levels] == [1, 10, 15]


def test_looks_of_the_levels(site, new_page, sign_in, world, look):
    page = new_page()
    sign_in(page, site, world.clara)
    page.goto(f"{site}/settings/escalation/")
    look(page, "escalation")
    page.get_by_role("link", name="Change the levels").click()
    look(page, "escalation-change")
    first = page.get_by_role("group", name="Level 1")
    first.get_by_label("After the deadline", exact=True).fill("7")
    page.get_by_role("button", name="Save levels").click()
    expect(page.locator(".error-summary")).to_be_focused()
    look(page, "escalation-wrong")
