"""Time as people meet it: a date that is explained, moved with a reply, stopped by a question, and late with everybody
away. Two browsers, a real installation, real mails."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from amends.calendars.counting import due
from amends.calendars.limits import Limit, Unit
from amends.calendars.making import calendar_document
from amends.calendars.plans import Plan
from amends.calendars.working_time import local_day, read_calendar
from tests.journeys import coming_in, steps
from tests.journeys.conftest import bring_in
from tests.journeys.pages import choose, field, follow, press, sees, sees_heading

pytestmark = [pytest.mark.browser, pytest.mark.once]

REASON = "The laboratory needs until then to measure the water."


def working_days_from(start: datetime, count: int) -> date:
    """That many working days after a moment, in the calendar that the first start makes for Estonia."""
    calendar = read_calendar(calendar_document(zone="Europe/Tallinn", this_year=start.year, country="EE"))
    return local_day(due(Plan(start, Limit(count, Unit.WORKING_DAYS)), calendar), calendar)


def day_in_words(day: date) -> str:
    """As the pages write it in English: 8 December 2026."""
    return f"{day.day} {day:%B %Y}"


def test_a_date_is_explained_moved_with_a_reply_and_stopped_by_a_question(
    larkhaven, staff, visitor, trail, axe
) -> None:
    began = datetime.now(UTC)
    mari = visitor("Mari Saar")
    codes = steps.complain(mari)
    liis = staff("liis")
    steps.open_complaint(liis, codes.reference)
    steps.assess(liis, handler=liis.name)
    steps.investigate(liis)

    # Why this date? Every day is there, and the last one is the date.
    first = working_days_from(began, 15)
    clocks = liis.page.locator("#deadlines")
    clocks.locator(".deadline").filter(has_text="Decision").get_by_role("link").click()
    sees_heading(liis, "Why this date?")
    expect(liis.page.get_by_role("main")).to_contain_text(day_in_words(first))
    assert axe(liis.page) == []

    # More time, with the reply that says so, looked at before it is sent.
    follow(liis, "Take more time")
    field(liis, "Why does it take longer?").fill(REASON)
    choose(liis, "Until when?", "As long as the rules give")
    press(liis, "See the reply")
    expect(liis.page.locator(".letter")).to_contain_text(REASON)
    assert axe(liis.page) == []
    press(liis, "Send the reply and move the date")
    sees(liis, "The date has moved, and the complainant is told why. The reply stands on the tracking page.")
    second = working_days_from(began, 25)
    larkhaven.letterbox.letter(mari.email, f"There is a message about {codes.reference}")
    steps.track(mari, codes)
    expect(mari.page.get_by_role("main")).to_contain_text(day_in_words(second))
    expect(mari.page.get_by_role("main")).to_contain_text(REASON)

    # A question stops the clock; the answer lets it run on.
    steps.write(liis, mari.name, "Which tap was it?", needs_reply=True)
    expect(clocks).to_contain_text(re.compile("[Ss]tands? still"))
    mari.page.reload()
    steps.answer_question(mari, "The one in the kitchen.")
    follow(mari, "Why this date?")
    sees_heading(mari, "Why this date?")
    assert axe(mari.page) == []

    # Standing still for another while, by hand, and on again.
    liis.goes_to(f"/staff/complaints/{codes.reference}/pause/")
    field(liis, "In words").fill("The photograph that was promised on the telephone")
    assert axe(liis.page) == []
    press(liis, "Let the clocks stand still")
    sees(liis, "The clocks stand still. They run on by themselves at the latest on the day that stands beside them.")
    liis.goes_to(f"/staff/complaints/{codes.reference}/resumption/")
    press(liis, "Let the clocks run on")
    sees(liis, "The clocks run on. Their dates have moved by the time for which they stood still.")
    liis.goes_to("/staff/due/")
    assert axe(liis.page) == []
    trail(
        liis,
        codes,
        "received acknowledged assessed investigation_opened extended message_held message_sent replied paused resumed",
    )


def test_what_is_late_goes_up_the_ladder_past_who_is_away(larkhaven, staff, new_page, axe) -> None:
    clara = staff("clara")
    # Tests run at any hour: nobody is to be left asleep.
    clara.goes_to("/settings/escalation/")
    steps.disturbs_at_any_hour(clara)
    assert axe(clara.page) == []

    uma = bring_in(larkhaven, clara, new_page, "Uma Kask", ["Unit manager"])
    tom = bring_in(larkhaven, clara, new_page, "Tom Reed", ["Handler"])
    today = datetime.now(UTC).date()
    coming_in.is_away(uma, today, today + timedelta(days=3), instead=tom.name)

    # A letter that lay for sixty days: everything about it has passed long ago.
    liis = staff("liis")
    codes = steps.record_letter(liis, "Juta Saar", today - timedelta(days=60))
    # That it is late may be told first, in a mail of its own.
    letter = larkhaven.letterbox.letter_about(tom.email, codes.reference, "was taken to you")
    assert letter.subject.startswith("Deadlines")
    # Uma is away: nobody disturbs her.
    assert [each for each in larkhaven.letterbox.subjects_to(uma.email) if each.startswith("Deadlines")] == []

    steps.open_complaint(liis, codes.reference)
    expect(liis.page.get_by_role("region", name=liis.say("Timeline"))).to_contain_text(tom.name)
    tom.goes_to("/staff/due/")
    assert axe(tom.page) == []
    assert larkhaven.installation.reported("check")["ok"]
    assert "Traceback" not in larkhaven.installation.logged()
