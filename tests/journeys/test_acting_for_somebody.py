"""A daughter complains for her mother: she is told nothing without a permission, everything with it, and nothing again
after its last day."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from amends.complaints.models import Complaint
from amends.kit import clock
from tests import builders
from tests.journeys import steps
from tests.journeys.pages import Person, choose, field, follow, press, sees, sees_heading

pytestmark = [pytest.mark.browser, pytest.mark.once]

REQUEST = "We need the permission of the person you act for"


def complains_for_her_mother(mari: Person) -> steps.Codes:
    """The public form, with somebody else at its second step."""
    mari.goes_to("/en/")
    follow(mari, "Make a complaint")
    press(mari, "Start now")
    choose(mari, "Which product or service is it about?", mari.say.starter(*steps.OUR_SERVICES))
    press(mari, "Continue", last=True)
    choose(mari, "Who has the problem?", "Somebody else, and I act for them")
    field(mari, "Their name").fill("Hilda Saar")
    field(mari, "How are you related to them?").fill("daughter")
    choose(mari, "Do they agree that you complain for them?", "Not yet. I will send it later")
    press(mari, "Continue", last=True)
    field(mari, "What happened?").fill(steps.TEXT)
    choose(mari, "Is anyone in danger or without an essential service right now?", "No, not any more")
    press(mari, "Continue", last=True)
    choose(mari, "What would you like us to do?", mari.say.starter("remedies", "apologise"))
    press(mari, "Continue", last=True)
    choose(mari, "How do you want to complain?", "With my name")
    field(mari, "Your name").fill(mari.name)
    choose(mari, "How may we tell you that there is something new?", "By e-mail, when there is something to read")
    field(mari, "E-mail address").fill(mari.email)
    press(mari, "Continue", last=True)
    press(mari, "Send complaint")
    sees_heading(mari, "Thank you. We have your complaint.")
    return steps.codes_on(mari)


def records_permission(liis: Person, until: str) -> None:
    """Seen on paper, until a day."""
    liis.page.locator("summary").filter(has_text="More actions").click()
    follow(liis, "Record the permission of the representative")
    field(liis, "What does it cover?").fill("Everything about this complaint")
    field(liis, "Or say where the paper is kept").fill("Folder 7")
    field(liis, "Last day on which it holds").fill(until)
    press(liis, "Save the permission")
    sees(liis, "The permission is recorded. The representative sees the complaint on the tracking page again.")


def sees_nothing(mari: Person, codes: steps.Codes) -> None:
    """The codes open a page that asks for the permission, and tells nothing."""
    mari.page.context.clear_cookies()
    mari.goes_to("/en/track/")
    field(mari, "Reference").fill(codes.reference)
    field(mari, "Access code").fill(codes.access)
    press(mari, "See progress")
    expect(mari.page.get_by_role("main")).to_contain_text(REQUEST)
    shown = mari.page.content()
    assert [each for each in (steps.TEXT, "Hilda") if each in shown] == []


def test_a_permission_begins_runs_out_and_is_renewed(at_browser, monkeypatch) -> None:
    now = clock.now()
    world = builders.a_world(at=now - timedelta(days=1))
    mari = at_browser("Mari Saar")
    codes = complains_for_her_mother(mari)
    sees_nothing(mari, codes)
    complaint = Complaint.objects.get(reference=codes.reference)
    Complaint.objects.filter(pk=complaint.pk).update(lead_unit=world.water)

    liis = at_browser(world.liis)
    steps.open_complaint(liis, codes.reference)
    records_permission(liis, (now + timedelta(days=3)).date().isoformat())
    mari.page.context.clear_cookies()
    steps.track(mari, codes)
    sees(mari, steps.TEXT)

    # Its last day is over.
    later = now + timedelta(days=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    sees_nothing(mari, codes)
    expect(mari.page.get_by_role("main")).to_contain_text("has run out")
    steps.open_complaint(liis, codes.reference)
    expect(liis.page.locator("#people")).to_contain_text("run out")

    records_permission(liis, (now + timedelta(days=90)).date().isoformat())
    mari.page.context.clear_cookies()
    steps.track(mari, codes)
    sees(mari, steps.TEXT)
