"""Versions of a calendar, and which calendar holds where."""

import re

import pytest

from amends.calendars.actions import publish_calendar
from amends.calendars.loading import newest_version
from amends.calendars.making import USUAL_WEEK, calendar_document
from amends.calendars.models import Calendar, CalendarVersion
from amends.framework.actions.choose_calendar import choose_calendar
from amends.framework.models import CalendarUse
from amends.people.standing import SYSTEM
from tests.cast import AT
from tests.workspace.calendars.pages import USE, a_calendar, errors_on, of
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- versions


def test_versions_are_listed_and_any_two_compared(world, admin, tallinn):
    for number, week in enumerate(
        ({**USUAL_WEEK, "5": [["09:00", "13:00"]]}, {**USUAL_WEEK, "6": [["10:00", "12:00"]]})
    ):
        document = calendar_document(zone="Europe/Tallinn", this_year=2026, country="EE", week=week)
        publish_calendar(tallinn, document, by=world.as_(world.clara), at=AT, note=f"Change {number}")
    page = text_of(admin.get(of(tallinn, "versions")))
    assert re.search(r"Version 3 Holds now 2 March 2026, 09:00 Clara Whitfield Change 1", page)
    assert re.search(r"Version 1 2 March 2026, 09:00 Amends itself —", page)
    assert "From version 2 to version 3" in page
    assert "Friday 09:00–13:00 09:00–17:00" in page
    both = text_of(admin.get(f"{of(tallinn, 'versions')}?before=3&after=1"))
    assert "From version 3 to version 1" in both
    assert "Saturday 10:00–12:00 Day off" in both
    assert "Nothing differs" in text_of(admin.get(f"{of(tallinn, 'versions')}?before=2&after=2"))
    for nonsense in ("?before=0&after=99", "?before=x&after=", "?before=-1&after=999999999999"):
        assert "From version 2 to version 3" in text_of(admin.get(of(tallinn, "versions") + nonsense))


def test_days_that_are_only_called_otherwise_are_renamed(world, admin, tallinn):
    english = calendar_document(zone="Europe/Tallinn", this_year=2026, country="EE", languages=("en",))
    publish_calendar(tallinn, english, by=SYSTEM, at=AT)
    page = text_of(admin.get(of(tallinn, "versions")))
    assert "Renamed Midsummer Day / jaanipäev Midsummer Day" in page


def test_older_versions_can_be_read(world, admin, tallinn):
    publish_calendar(tallinn, calendar_document(zone="Europe/Riga", this_year=2026), by=SYSTEM, at=AT)
    old = text_of(admin.get(f"{of(tallinn, 'versions')}1/"))
    assert "This is an older version." in old
    assert "Europe/Tallinn" in old
    assert "Victory Day" in old
    assert "Change Tallinn" not in old
    assert "Victory Day" not in text_of(admin.get(of(tallinn, "year")))
    assert "This is an older version." not in text_of(admin.get(f"{of(tallinn, 'versions')}2/"))


def test_many_versions_have_pages(world, admin, tallinn):
    first = newest_version(tallinn)
    CalendarVersion.objects.bulk_create(
        CalendarVersion(
            calendar=tallinn,
            number=number,
            document={**first.document, "version": number},
            digest=f"{number:064}",
            made_at=AT,
        )
        for number in range(2, 61)
    )
    page = admin.get(of(tallinn, "versions"))
    assert text_of(page).count("Version 60") >= 1
    following = re.search(r'href="(\?at=[^"]+)" rel="next"', page.content.decode())[1]
    after = admin.get(of(tallinn, "versions") + following.replace("&amp;", "&")).content.decode()
    assert f'href="{of(tallinn, "versions")}1/"' in after
    assert f'href="{of(tallinn, "versions")}60/"' not in after
    assert counted(admin, of(tallinn, "versions")) == counted(admin, of(a_calendar_with_two(), "versions"))


def a_calendar_with_two() -> Calendar:
    calendar = a_calendar("Two")
    publish_calendar(calendar, calendar_document(zone="UTC", this_year=2026), by=SYSTEM, at=AT)
    return calendar


# ---------------------------------------------------------------- which holds where


def use_answers(**changes):
    return {"calendar": "tallinn", "where": "all", "unit": "", "site": "", **changes}


def test_a_calendar_is_chosen_for_all_others_a_unit_and_a_site(world, admin, tallinn):
    assert admin.post(USE, use_answers(where="unit", unit=world.water.pk))["Location"] == USE
    assert admin.post(USE, use_answers(where="site", site="North quay")).status_code == 302
    page = text_of(admin.get(USE))
    assert re.search(r"All others Office hours Here", page)
    assert re.search(r"Energy Office hours For all others", page)
    assert re.search(r"Water Tallinn Here Take back Water", page)
    assert re.search(r"Harbour Tallinn For Water", page)
    assert re.search(r"North quay Tallinn Take back North quay", page)
    assert admin.post(USE, use_answers()).status_code == 302
    assert re.search(r"All others Tallinn Here", text_of(admin.get(USE)))


def test_a_choice_is_taken_back(world, admin, tallinn):
    choose_calendar(tallinn, unit=world.water, by=SYSTEM, at=AT)
    key = CalendarUse.objects.get(unit=world.water).pk
    assert admin.post(f"{USE}ended/", {"use": key})["Location"] == USE
    assert not CalendarUse.objects.filter(unit=world.water).exists()
    assert admin.post(f"{USE}ended/", {"use": key}).status_code == 404
    for nonsense in ("", "x", "9" * 30):
        assert admin.post(f"{USE}ended/", {"use": nonsense}).status_code == 404
    for_all = CalendarUse.objects.get(unit__isnull=True, site="")
    refused = admin.post(f"{USE}ended/", {"use": for_all.pk})
    assert refused.status_code == 422
    assert "One calendar has to hold where no other is chosen." in text_of(refused)
    assert CalendarUse.objects.filter(pk=for_all.pk).exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"calendar": ""}, "Choose a calendar"),
        ({"calendar": "nowhere"}, "Choose a calendar"),
        ({"where": ""}, "Choose where the calendar holds"),
        ({"where": "unit"}, "Choose the unit."),
        ({"where": "site"}, "Enter the name of the site."),
        ({"where": "site", "site": "x" * 121}, "Shorten this to 120 characters."),
    ],
)
def test_what_is_missing_is_said_at_its_field(world, admin, tallinn, changes, words):
    response = admin.post(USE, use_answers(**changes))
    assert response.status_code == 422
    assert words in errors_on(response)
    assert CalendarUse.objects.count() == 1


def test_the_root_and_closed_units_are_not_offered(world, admin, tallinn):
    page = admin.get(USE).content.decode()
    options = re.search(r'name="unit".*?</select>', page, re.DOTALL)[0]
    assert f'value="{world.larkhaven.pk}"' not in options
    assert f'value="{world.harbour.pk}"' in options
    assert admin.post(USE, use_answers(where="unit", unit=world.larkhaven.pk)).status_code == 422


def test_choosing_needs_the_permission_whatever_is_sent(world, as_, tallinn):
    assert as_(world.dario).post(USE, use_answers()).status_code == 403
    assert CalendarUse.objects.get().calendar.code == "office"


def test_where_they_hold_asks_as_often_for_many_units_as_for_few(world, admin, tallinn):
    few = counted(admin, USE)
    choose_calendar(tallinn, unit=world.water, by=SYSTEM, at=AT)
    choose_calendar(tallinn, unit=world.harbour, by=SYSTEM, at=AT)
    choose_calendar(tallinn, site="North quay", by=SYSTEM, at=AT)
    assert counted(admin, USE) == few
