"""Somebody anonymous talks back and forth and does not agree; they and their handler have the screens of telephones:
every page fits, and everything is within reach."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import steps
from tests.journeys.pages import Person, field, follow, press, sees_heading

pytestmark = [pytest.mark.browser, pytest.mark.once]

PHONE = {"width": 390, "height": 844}
MORE, QUESTION, ANSWER = "It was the night from Sunday.", "Which floor was it?", "The third, on the left."
TRAIL = (
    "received acknowledged replied assessed investigation_opened message_held message_sent replied finding_recorded "
    "response_proposed decided communicated rejected review_opened finding_recorded response_proposed decided "
    "communicated accepted closed"
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


def comes_back(who: Person, codes: steps.Codes) -> None:
    """Leave and clear, and come back with reference and code: nothing else opens it."""
    press(who, "Leave and clear")
    who.goes_to("/en/track/view/")
    expect(who.page.get_by_role("main")).not_to_contain_text(codes.reference)
    steps.track(who, codes)
    fits(who)


def writes(who: Person, text: str) -> None:
    """Write without having been asked."""
    follow(who, "Write a message")
    fits(who)
    field(who, "Your message").fill(text)
    press(who, "Send message")
    expect(who.page.get_by_text(text)).to_be_visible()


def decide(liis: Person, decider: Person, codes: steps.Codes, result: str, cause: str) -> None:
    """Found, answered, approved by somebody else and told."""
    steps.record_finding(liis, result, "The notice went to another street.", cause=cause)
    fits(liis)
    steps.propose(liis, "We looked at the list of notices.", "The notice went to another street.")
    fits(liis)
    steps.approve(decider, codes.reference)
    fits(decider)
    steps.open_complaint(liis, codes.reference)
    steps.communicate(liis)
    fits(liis)


def test_nobody_known_talks_and_does_not_agree(larkhaven, staff, visitor, trail) -> None:
    stage = larkhaven.installation.stage_of
    somebody = visitor("Nobody", **PHONE)
    codes = steps.complain(somebody, is_anonymous=True)
    fits(somebody)
    steps.track(somebody, codes)
    writes(somebody, MORE)
    fits(somebody)
    liis = staff("liis", **PHONE)
    fits(liis)
    goes_by_bottom_bar(liis, "All")
    fits(liis)
    opens_from_queue(liis, codes.reference)
    steps.is_at(liis, "Received")
    steps.reads_message(liis, MORE)
    fits(liis)
    steps.assess(liis, handler=liis.name)
    fits(liis)
    steps.investigate(liis)
    steps.write(liis, "the complainant", QUESTION, needs_reply=True)
    fits(liis)

    comes_back(somebody, codes)
    sees_heading(somebody, "We need an answer from you")
    steps.answer_question(somebody, ANSWER)
    steps.open_complaint(liis, codes.reference)
    steps.reads_message(liis, ANSWER)
    mark = staff("mark", **PHONE)
    goes_by_bottom_bar(mark, "Approvals")
    fits(mark)
    decide(liis, mark, codes, "Not upheld", "")

    comes_back(somebody, codes)
    sees_heading(somebody, "Our decision is ready")
    steps.read_decision(somebody, "We do not agree")
    fits(somebody)
    steps.disagree(somebody, "There was no notice in our street at all.")
    fits(somebody)
    assert stage(codes.reference) == "rejected"

    # Somebody who has not decided on it looks again.
    clara = staff("clara", **PHONE)
    steps.open_complaint(clara, codes.reference)
    steps.start_review(clara, liis.name, "Was there a notice in this street?")
    fits(clara)
    steps.reads_on_tracking_page(somebody, "We are looking at your complaint again")
    fits(somebody)
    steps.open_complaint(liis, codes.reference)
    decide(liis, clara, codes, "Upheld: we were wrong", "process")
    steps.reads_on_tracking_page(somebody, "Our decision is ready")
    steps.read_decision(somebody, "We agree with your complaint")
    steps.accept(somebody)
    fits(somebody)
    steps.open_complaint(liis, codes.reference)
    steps.close(liis)
    fits(liis)
    assert stage(codes.reference) == "closed"
    trail(liis, codes, TRAIL)
