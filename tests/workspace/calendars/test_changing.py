"""A calendar is changed with a look before, and what happens to deadlines that run."""

import json
import re
from datetime import date, timedelta

import pytest

from amends.calendars.actions import publish_calendar
from amends.calendars.loading import newest_version
from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar
from amends.complaints.models import Deadline
from amends.journal.models import Entry
from tests import builders
from tests.cast import AT
from tests.workspace.calendars.pages import CLOSED, LIST, a_calendar, a_day, changed, errors_on, form_on, of
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- changing


def test_the_page_shows_what_holds(world, admin, tallinn):
    typed = form_on(admin.get(of(tallinn, "change")))
    assert typed["week_1"] == "09:00–17:00"
    assert (typed["zone"], typed["country"], typed["half_days"]) == ("Europe/Tallinn", "EE", "on")
    assert (typed["seen"], typed["last_year"], typed["own"]) == ("1", "2036", "{}")


def test_nothing_changes_before_it_is_published(world, admin, tallinn):
    response = changed(admin, tallinn, week_5="9-13", country="GB", region="")
    page = text_of(response)
    assert response.status_code == 200
    assert "Friday 09:00–17:00 09:00–13:00" in page
    assert "Public holidays Estonia United Kingdom" in page
    assert re.search(r"Tuesday 23 June 2026 Removed Victory Day 09:00–17:00", page)
    assert re.search(r"Monday 25 May 2026 Added 09:00–17:00 Spring Bank Holiday", page)
    assert "2011–2025:" in page
    assert tallinn.versions.count() == 1
    published = admin.post(of(tallinn, "change"), {**form_on(response), "note": "Moved to London", "do": "publish"})
    assert published["Location"] == of(tallinn, "year")
    version = newest_version(tallinn)
    assert (version.number, version.note, version.made_by) == (2, "Moved to London", world.adam)
    assert version.document["week"]["5"] == [["09:00", "13:00"]]
    entry = Entry.objects.filter(event="calendars.published").latest("id")
    assert (entry.facts["number"], entry.facts["moves_running"]) == (2, False)


def test_back_to_the_changes_keeps_everything(world, admin, tallinn):
    looked = changed(admin, tallinn, week_5="9-13", country="GB", region="", **a_day())
    assert "Winter closure" in text_of(looked)
    back = admin.post(of(tallinn, "change"), {**form_on(looked), "do": "edit"})
    typed = form_on(back)
    assert (typed["week_5"], typed["country"], typed["half_days"]) == ("9-13", "GB", "on")
    assert json.loads(typed["own"]).keys() == {"2026-12-28"}
    unticked = changed(admin, tallinn, week_5="9-13")
    sent = {**form_on(unticked), "half_days": "False", "do": "edit"}
    assert "half_days" not in form_on(admin.post(of(tallinn, "change"), sent))


def test_when_nothing_differs_there_is_nothing_to_publish(world, admin, tallinn):
    response = changed(admin, tallinn)
    assert "Nothing differs" in text_of(response)
    assert "Publish this version" not in text_of(response)
    pushed = admin.post(of(tallinn, "change"), {**form_on(response), "moves": "new", "do": "publish"})
    assert pushed.status_code == 422
    assert "Nothing has changed" in text_of(pushed)
    assert tallinn.versions.count() == 1


def test_holidays_of_past_years_stay_when_it_is_changed_years_later(world, admin, tallinn, at_moment):
    at_moment(AT.replace(year=2029))
    page = text_of(changed(admin, tallinn, week_5="9-13"))
    assert "Removed" not in page
    assert "Holidays are known until" not in page


def test_two_people_at_once_are_told_and_lose_nothing(world, admin, tallinn):
    looked = form_on(changed(admin, tallinn, week_5="9-13"))
    theirs = calendar_document(zone="Europe/Riga", this_year=2026, country="LV")
    publish_calendar(tallinn, theirs, by=world.as_(world.clara), at=AT)
    said = {"note": "Closed on Friday afternoons", "moves": "running"}
    response = admin.post(of(tallinn, "change"), {**looked, **said, "do": "publish"})
    page = text_of(response)
    assert response.status_code == 409
    assert "Somebody else has published version 2 meanwhile." in page
    assert f'href="{of(tallinn, "versions")}?before=1&amp;after=2"' in response.content.decode()
    typed = form_on(response)
    assert (typed["week_5"], typed["zone"], typed["seen"]) == ("9-13", "Europe/Tallinn", "2")
    assert tallinn.versions.count() == 2
    looked_again = admin.post(of(tallinn, "change"), {**typed, "do": "preview"})
    assert "Time zone Europe/Riga Europe/Tallinn" in text_of(looked_again)
    again = form_on(looked_again)
    assert {name: again[name] for name in said} == said, "what was said of it is still there"
    assert admin.post(of(tallinn, "change"), {**form_on(looked_again), "do": "publish"}).status_code == 302
    assert newest_version(tallinn).number == 3


# ---------------------------------------------------------------- deadlines that run


def with_a_closed_tuesday(admin, office, **more):
    return changed(admin, office, **{"day-first": "2026-03-03", "day-kind": "closure", **more})


def test_the_look_names_the_deadlines_that_would_move(world, as_, at_moment):
    at_moment(AT)
    clara, office = as_(world.clara), Calendar.objects.get(code="office")
    complaint = builders.a_complaint(world)
    running = Deadline.objects.open().filter(complaint=complaint)
    page = text_of(with_a_closed_tuesday(clara, office))
    assert f"Open deadlines looked at {running.count()}" in page
    assert f"Would move {running.count()}" in page
    assert page.count(complaint.reference) == running.count()
    assert "Would be due earlier 0" in page
    assert "No running deadline would move" in text_of(
        changed(clara, office, **{"day-first": "2027-03-03", "day-kind": "closure"})
    )


def test_who_reads_no_complaints_is_told_how_many(world, admin):
    complaint = builders.a_complaint(world)
    page = text_of(with_a_closed_tuesday(admin, Calendar.objects.get(code="office")))
    assert complaint.reference not in page
    assert re.search(r"Would move [1-9]", page)
    assert "Which complaints these are is shown to those who may read them." in page


@pytest.mark.parametrize(("choice", "moves"), [("new", False), ("running", True)])
def test_whoever_publishes_chooses_whether_what_runs_is_counted_again(world, admin, choice, moves):
    office = Calendar.objects.get(code="office")
    looked = with_a_closed_tuesday(admin, office)
    response = admin.post(of(office, "change"), {**form_on(looked), "moves": choice, "do": "publish"}, follow=True)
    assert Entry.objects.filter(event="calendars.published").latest("id").facts["moves_running"] is moves
    assert ("are being counted again" in text_of(response)) is moves


def test_a_choice_that_was_not_offered_is_refused_on_the_look(world, admin, tallinn):
    looked = changed(admin, tallinn, week_5="9-13")
    response = admin.post(of(tallinn, "change"), {**form_on(looked), "moves": "all", "do": "publish"})
    assert response.status_code == 422
    assert "Choose one of the answers shown" in errors_on(response)
    assert "Friday 09:00–17:00 09:00–13:00" in text_of(response)


def test_no_working_time_within_ten_years_is_told(world, admin):
    builders.a_complaint(world)
    office = Calendar.objects.get(code="office")
    start = date(2026, 3, 2)
    own = {(start + timedelta(days=number)).isoformat(): CLOSED for number in range(3700)}
    response = changed(admin, office, own=json.dumps(own))
    assert response.status_code == 422
    assert "no working time comes within ten years" in errors_on(response)


# ---------------------------------------------------------------- more years


def test_years_are_added_after_a_look(world, admin):
    calendar = a_calendar("Short sighted", country="GB", years=range(2020, 2028))
    looked = admin.get(of(calendar, "more-years"))
    page = text_of(looked)
    assert "Holidays are known until 31 December 2027 31 December 2036" in page
    assert "Removed" not in page
    assert admin.post(of(calendar, "change"), {**form_on(looked), "do": "publish"}).status_code == 302
    document = newest_version(calendar).document
    assert document["known_until"] == "2036-12-31"
    assert min(document["days"])[:4] == "2020"
    assert newest_version(calendar).note == "Public holidays of later years"
    assert "Ends soon" not in text_of(admin.get(LIST))
