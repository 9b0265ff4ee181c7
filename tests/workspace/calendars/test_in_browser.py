"""The calendar screens in a real browser: changed without JavaScript on a phone, and every page for everybody."""

from datetime import timedelta

import pytest

from amends.calendars.actions import publish_calendar
from amends.calendars.loading import newest_version
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar
from amends.framework.actions.choose_calendar import choose_calendar
from amends.kit import clock
from amends.people.standing import SYSTEM
from tests import builders
from tests.workspace.calendars.pages import CLOSED, LIST, NEW, USE, a_calendar, of
from tests.workspace.test_in_browser import examine

pytestmark = pytest.mark.browser


@pytest.mark.looks
def test_every_calendar_page_is_accessible(site, new_page, axe, sign_in):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    own = {"2026-07-13": CLOSED, "2026-11-28": {"intervals": [["10:00", "14:00"]], "why": "opening", "name": {}}}
    calendar = a_calendar("Tallinn", country="EE", years=range(2020, clock.now().year + 1))
    document = calendar_document(zone="Europe/Tallinn", this_year=2026, country="EE", own_days=own)
    publish_calendar(calendar, document, by=world.as_(world.adam), at=world.at, note="Open day")
    choose_calendar(calendar, unit=world.harbour, by=SYSTEM, at=world.at)
    page = new_page()
    sign_in(page, site, world.clara)
    wrong = []
    for address in (LIST, NEW, USE, *(of(calendar, name) for name in ("year", "change", "versions", "more-years"))):
        page.goto(site + address)
        wrong += examine(page, axe, address)
    assert wrong == []


def test_a_calendar_is_changed_on_a_phone_without_javascript(site, new_page, sign_in):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    page = new_page(width=390, javascript=False)
    sign_in(page, site, world.clara)
    page.goto(f"{site}{LIST}")
    page.get_by_role("link", name="Office hours", exact=True).click()
    page.get_by_role("link", name="Change Office hours").click()
    mistaken_change(page)
    page.get_by_label("Friday").fill("9-12, 13-15")
    page.get_by_role("button", name="See what it does").click()
    page.get_by_role("radio", name="Also for those that run").check()
    page.get_by_label("What changed, and why").fill("Munich")
    page.get_by_role("button", name="Publish this version").click()
    page.wait_for_url(f"**{LIST}office/year/")
    version = newest_version(Calendar.objects.get(code="office"))
    assert (version.number, version.note) == (2, "Munich")
    assert version.document["week"]["5"] == [["09:00", "12:00"], ["13:00", "15:00"]]
    assert version.document["holidays"]["region"] == "BY"
    assert version.document["days"]["2026-12-29"]["name"] == {"en": "Winter closure"}


def mistaken_change(page) -> None:
    """Everything that can be changed, with one mistake."""
    page.get_by_label("Friday").fill("9-12, 11-13")
    page.get_by_label("Country of the public holidays").select_option(label="Germany")
    page.get_by_role("button", name="Show regions").click()
    page.get_by_label("Region").select_option(label="Bayern")
    page.get_by_label("First day").fill("2026-12-28")
    page.get_by_label("Last day").fill("2026-12-30")
    page.get_by_label("Name (English)").fill("Winter closure")
    page.get_by_role("button", name="Add to the list").click()
    page.get_by_role("button", name="See what it does").click()
    page.wait_for_selector(".error-summary")


@pytest.mark.looks
def test_mistakes_and_the_look_before_publishing_are_accessible(site, new_page, axe, sign_in):
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    builders.a_complaint(world, at=clock.now())
    page = new_page()
    sign_in(page, site, world.clara)
    page.goto(site + of(Calendar.objects.get(code="office"), "change"))
    mistaken_change(page)
    wrong = examine(page, axe, "mistakes")
    page.get_by_label("Friday").fill("9-12, 13-15")
    page.get_by_role("button", name="See what it does").click()
    page.wait_for_selector("h1:has-text('What it does')")
    wrong += examine(page, axe, "what it does")
    assert wrong == []
