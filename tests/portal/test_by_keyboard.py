"""The whole public form without a mouse and without JavaScript, from the front page to the tracking page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from amends.complaints.models import Complaint
from tests import builders
from tests.journeys.keyboard import Keyboard
from tests.portal.conftest import Moment

TEXT = "The water was switched off on Monday and nobody told us."


@pytest.mark.browser
def test_from_the_front_page_to_the_tracking_page(site: str, moment: Moment, new_page: Callable[..., Page]) -> None:
    builders.a_world()
    page = new_page(390, javascript=False)
    keys = Keyboard(page, with_script=False)
    page.goto(f"{site}/en/")
    keys.skips()
    keys.to("Make a complaint")
    keys.opens("Enter")
    keys.to("Start now")
    keys.opens("Enter")

    keys.to("Which product or service is it about?")
    keys.press("Space")
    _goes_on(keys)
    keys.to("Who has the problem?")
    keys.press("Space")
    _goes_on(keys)
    # Nothing is written yet: it is said at the top, and a link leads to the question.
    _goes_on(keys)
    assert page.title().startswith("Error: Step 3 of 6")
    keys.to("Tell us what happened, in a few words")
    keys.press("Enter")
    expect(page.get_by_label("What happened?")).to_be_focused()
    keys.write(TEXT)
    keys.to("in danger or without an essential service")
    keys.press("Space", "ArrowDown")
    _goes_on(keys)
    _goes_on(keys)
    keys.to("How do you want to complain?")
    while "Stay anonymous" not in keys.here():
        keys.press("ArrowDown")
    _goes_on(keys)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check and send")
    keys.to("Send complaint")
    keys.opens("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. We have your complaint.")
    reference, code = page.locator("[data-code]").all_inner_texts()[:2]

    page.goto(f"{site}/en/track/")
    keys.to("Reference")
    keys.write(reference.lower())
    keys.to("Access code")
    keys.write(code)
    keys.opens("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your complaint")
    complaint = Complaint.objects.get()
    assert (complaint.reference, complaint.is_anonymous, complaint.thread.messages.get().text) == (
        reference,
        True,
        TEXT,
    )


def _goes_on(keys: Keyboard) -> None:
    keys.to("Continue")
    keys.opens("Enter")
