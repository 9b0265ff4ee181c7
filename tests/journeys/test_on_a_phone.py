"""The handler's way on the screen of a telephone: every page fits, and everything is within reach."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.pages import Person

pytestmark = [pytest.mark.browser, pytest.mark.once]

PHONE = {"width": 390, "height": 844}
TRAIL = (
    "received acknowledged assessed investigation_opened finding_recorded response_proposed decided communicated "
    "accepted closed"
)


def fits(who: Person) -> None:
    """Nothing has to be scrolled sideways."""
    wide, here = "document.documentElement.scrollWidth > document.documentElement.clientWidth", who.page.url
    assert not who.page.evaluate(wide), f"{here} scrolls sideways"


def goes_by_bottom_bar(who: Person, place: str) -> None:
    """Press a place in the bar at the bottom."""
    bar = who.page.get_by_role("navigation", name=who.say("Quick"))
    bar.get_by_role("link", name=who.say(place), exact=True).click()
    expect(bar.locator("[aria-current=page]")).to_have_text(who.say(place))


def opens_from_queue(who: Person, reference: str) -> None:
    """Press the complaint in a list."""
    who.page.get_by_role("row").filter(has_text=reference).get_by_role("link").first.click()
    expect(who.page).to_have_url(re.compile(f"/staff/complaints/{reference}/$"))


def test_from_the_queue_to_closing(larkhaven, staff, visitor, trail) -> None:
    stage = larkhaven.installation.stage_of
    somebody = visitor("Nobody", **PHONE)
    codes = steps.complain(somebody, is_anonymous=True)
    steps.track(somebody, codes)
    liis = staff("liis", **PHONE)
    fits(liis)
    goes_by_bottom_bar(liis, "All")
    fits(liis)
    opens_from_queue(liis, codes.reference)
    steps.is_at(liis, "Received")
    fits(liis)
    steps.assess(liis, handler=liis.name)
    fits(liis)
    steps.investigate(liis)
    steps.record_finding(liis, "Upheld: we were wrong", "The notice went to another street.", cause="process")
    fits(liis)
    steps.propose(liis, "You were right.", "The notice went to another street.")
    fits(liis)
    assert stage(codes.reference) == "proposed"

    mark = staff("mark", **PHONE)
    goes_by_bottom_bar(mark, "Approvals")
    fits(mark)
    steps.approve(mark, codes.reference)
    fits(mark)

    steps.open_complaint(liis, codes.reference)
    steps.communicate(liis)
    fits(liis)
    steps.reads_on_tracking_page(somebody, "Our decision is ready")
    steps.read_decision(somebody, "We agree with your complaint")
    fits(somebody)
    steps.accept(somebody)
    fits(somebody)
    steps.open_complaint(liis, codes.reference)
    steps.close(liis)
    fits(liis)
    assert stage(codes.reference) == "closed"
    trail(liis, codes, TRAIL)
