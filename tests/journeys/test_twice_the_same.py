"""The same complaint twice: merged after both were seen side by side, and taken apart again exactly as it was."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from amends.complaints.facts import digest_of
from amends.complaints.models import Complaint
from amends.journal.models import Entry
from amends.kit import clock
from tests import builders
from tests.journeys import steps
from tests.journeys.pages import field, follow, press, sees

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_merged_and_taken_apart_again(at_browser) -> None:
    world = builders.a_world(at=clock.now() - timedelta(days=1))
    mari = at_browser("Mari Saar")
    first, second = steps.complain(mari), steps.complain(mari)
    steps.track(mari, second)
    complaint = Complaint.objects.get(reference=second.reference)
    liis = at_browser(world.liis)
    steps.open_complaint(liis, second.reference)
    steps.assess(liis, handler=liis.name)
    before = digest_of(complaint)

    # Both are read side by side before anything happens.
    liis.page.locator("summary").filter(has_text="More actions").click()
    follow(liis, "Merge into another complaint")
    sees(liis, f"{first.reference} has the same text.")
    follow(liis, "Show both side by side")
    if not liis.page.get_by_role("heading", name="Both side by side").is_visible():
        press(liis, "Show both side by side")
    expect(liis.page.get_by_role("table")).to_contain_text(first.reference)
    press(liis, "Merge")
    sees(liis, "The complaint is merged. It can be taken out again exactly as it was.")
    follow(liis, first.reference)
    sees(liis, "Merged into this complaint:")
    steps.reads_on_tracking_page(mari, "We handle your complaint together with another one")

    follow(liis, second.reference)
    follow(liis, "Take it out again")
    field(liis, "Why does it go on by itself?").fill("It was another street after all.")
    press(liis, "Take it out")
    sees(liis, "The complaint goes on by itself again, exactly as it was.")
    steps.is_at(liis, "Assessed")
    assert digest_of(complaint) == before
    facts = Entry.objects.get(event="complaints.unmerged").facts
    assert facts["facts_before"] == facts["facts"]
    steps.reads_on_tracking_page(mari, "We have your complaint and know how urgent it is")
