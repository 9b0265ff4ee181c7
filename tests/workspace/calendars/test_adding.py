"""A calendar is added; hours are read as people type them."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from amends.calendars.loading import newest_version, working_calendar
from amends.calendars.models import Calendar
from amends.calendars.working_time import Why
from amends.workspace.settings.calendars.hours import HoursField
from tests.workspace.calendars.pages import LIST, NEW, errors_on, form_on
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- adding


def new_answers(admin, **changes):
    return {**form_on(admin.get(NEW)), "name_en": "Night shift", "do": "add", **changes}


def test_a_calendar_is_added_with_what_the_organisation_has(world, admin):
    typed = form_on(admin.get(NEW))
    assert (typed["zone"], typed["country"], typed["week_1"], typed["week_7"]) == (
        "Europe/London",
        "GB",
        "09:00–17:00",
        "",
    )
    response = admin.post(NEW, new_answers(admin, region="SCT", name_et="Öövahetus", week_6="9-12", week_1=""))
    assert response["Location"] == f"{LIST}night-shift/year/"
    calendar = Calendar.objects.get(code="night-shift")
    assert calendar.name.as_dict() == {"en": "Night shift", "et": "Öövahetus"}
    working = working_calendar(newest_version(calendar))
    assert working.is_working_day(date(2026, 3, 7))
    assert not working.is_working_day(date(2026, 3, 2))
    assert working.special(date(2026, 11, 30)).why is Why.HOLIDAY
    assert newest_version(calendar).made_by == world.adam


def test_regions_are_shown_without_a_script_and_nothing_typed_is_lost(world, admin):
    response = admin.post(NEW, new_answers(admin, country="DE", do="regions", week_3="9-12, nonsense"))
    assert response.status_code == 200
    typed = form_on(response)
    assert (typed["country"], typed["region"], typed["regions_of"]) == ("DE", "", "DE")
    assert (typed["week_3"], typed["name_en"]) == ("9-12, nonsense", "Night shift")
    assert '<option value="BY">Bayern</option>' in response.content.decode()
    assert "There is a problem" not in text_of(response)
    assert "No regions with public holidays" in text_of(admin.post(NEW, new_answers(admin, country="EE", do="regions")))
    assert Calendar.objects.count() == 1


def test_a_region_of_another_country_is_asked_for_again(world, admin):
    response = admin.post(NEW, new_answers(admin, country="DE", region="SCT"))
    assert response.status_code == 422
    assert "Choose the region again" in errors_on(response)
    again = form_on(response)
    assert again["regions_of"] == "DE"
    assert admin.post(NEW, {**again, "region": "BY", "do": "add"}).status_code == 302
    assert newest_version(Calendar.objects.get(code="night-shift")).document["holidays"]["region"] == "BY"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name_en": ""}, "Enter a name for the calendar."),
        ({"name_en": "Office"}, "There is a calendar with this name already."),
        ({"week_2": "17-9"}, "Tuesday: Work that begins at 17:00 cannot end at 09:00. Divide work through a night"),
        ({"week_2": "9-13, 12-17"}, "Tuesday: Working times overlap: one begins at 12:00, before another ends at"),
        ({"week_2": "nine to five"}, "“nine to five” cannot be read as working times. Write when work begins"),
        ({f"week_{n}": "" for n in range(1, 8)}, "There is no working time. Enter it for at least one weekday."),
        ({"zone": "Europe/Atlantis"}, "Choose one of the answers shown"),
        ({"country": "XX"}, "Choose one of the answers shown"),
        ({"own": '{"2026-13-45": {}}'}, "The days of your own cannot be read."),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(world, admin, changes, words):
    response = admin.post(NEW, new_answers(admin, **changes))
    assert response.status_code == 422
    assert words in errors_on(response)
    name = next(iter(changes))
    if name != "own":
        controls = re.findall(rf'<(?:input|select)\b[^>]*name="{name}"[^>]*>', response.content.decode())
        assert 'aria-invalid="true"' in controls[-1], controls
    assert Calendar.objects.count() == 1


# ---------------------------------------------------------------- reading hours


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("09:00–12:30, 13:00–17:00", [["09:00", "12:30"], ["13:00", "17:00"]]),
        ("13-17 9-12.30", [["09:00", "12:30"], ["13:00", "17:00"]]),
        ("9.00 - 17.00", [["09:00", "17:00"]]),
        ("0900-1730", [["09:00", "17:30"]]),
        ("9h30-17h", [["09:30", "17:00"]]),
        ("9:30 am to 5 pm", [["09:30", "17:00"]]),
        ("8 kuni 16 ja 17 kuni 18", [["08:00", "16:00"], ["17:00", "18:00"]]),
        ("9-12 ve 13-17", [["09:00", "12:00"], ["13:00", "17:00"]]),
        ("22-24", [["22:00", "24:00"]]),
        ("22:00-0:00", [["22:00", "24:00"]]),
        ("0-24", [["00:00", "24:00"]]),
        ("", []),
        ("  – ", []),
        ("Closed", []),
        ("KAPALI", []),
    ],
)
def test_hours_are_read_as_people_type_them(typed, pairs):
    assert HoursField().clean(typed) == pairs


@pytest.mark.parametrize(
    "typed", ["9", "9-", "nine", "25-26", "9:61-10", "24-25", "9-10-11", "9-17 and more", "13am-5pm", "9-17-", "-9-17"]
)
def test_what_is_no_working_time_is_refused_with_an_example(typed):
    with pytest.raises(ValidationError, match="such as 09:00–12:30, 13:00–17:00"):
        HoursField().clean(typed)
