"""Days of the organisation's own: added, removed, refused."""

import json
import re
from datetime import date

import pytest

from amends.calendars.actions import publish_calendar
from amends.calendars.loading import newest_version, working_calendar
from amends.calendars.making import calendar_document
from amends.calendars.working_time import Why
from amends.people.standing import SYSTEM
from tests.cast import AT
from tests.workspace.calendars.pages import CLOSED, a_day, changed, errors_on, form_on, of
from tests.workspace.test_queue import text_of

pytestmark = pytest.mark.django_db


def listed(response) -> list[str]:
    rows = re.findall(r"<li><span>(.*?)</span>\s*<button", response.content.decode(), re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in rows]


def test_days_are_added_one_by_one_or_in_a_row_and_removed(world, admin, tallinn):
    first = changed(admin, tallinn, do="add", **a_day(**{"day-last": "03.01.2027", "day-name_et": "Talvepuhkus"}))
    assert listed(first) == ["28 December 2026 to 3 January 2027 Closed Winter closure · Day off"]
    extra = {"day-first": "2026-11-28", "day-kind": "opening", "day-hours": "10-14", "day-name_en": "Open day"}
    second = admin.post(of(tallinn, "change"), {**form_on(first), **extra, "do": "add"})
    assert listed(second) == [
        "Saturday 28 November 2026 Extra working day Open day · 10:00–14:00",
        "28 December 2026 to 3 January 2027 Closed Winter closure · Day off",
    ]
    assert form_on(second)["day-first"] == ""
    third = admin.post(of(tallinn, "change"), {**form_on(second), "remove": "2026-12-28/2027-01-03"})
    assert listed(third) == ["Saturday 28 November 2026 Extra working day Open day · 10:00–14:00"]
    looked = admin.post(of(tallinn, "change"), {**form_on(second), "do": "preview"})
    admin.post(of(tallinn, "change"), {**form_on(looked), "do": "publish"})
    working = working_calendar(newest_version(tallinn))
    assert working.special(date(2027, 1, 1)).name == {"en": "Winter closure", "et": "Talvepuhkus"}
    assert working.special(date(2026, 11, 28)).why is Why.OPENING
    # What was entered is what can be changed again.
    assert len(listed(admin.get(of(tallinn, "change")))) == 2


def test_a_removed_closure_leaves_the_holiday_that_it_covered(world, admin, tallinn):
    own = {"2026-12-25": CLOSED}
    document = calendar_document(zone="Europe/Tallinn", this_year=2026, country="EE", own_days=own, languages=("en",))
    publish_calendar(tallinn, document, by=SYSTEM, at=AT)
    looked = admin.post(
        of(tallinn, "change"), {**form_on(admin.get(of(tallinn, "change"))), "remove": "2026-12-25/2026-12-25"}
    )
    page = text_of(admin.post(of(tallinn, "change"), {**form_on(looked), "do": "preview"}))
    assert "Friday 25 December 2026 Changed Move · Day off Christmas Day" in page


def test_a_short_week_leaves_the_weekend_off(world, admin, tallinn):
    days = {"day-first": "2026-07-10", "day-last": "2026-07-14", "day-kind": "half_day", "day-hours": "9-12"}
    typed = form_on(changed(admin, tallinn, do="add", **days))
    assert list(json.loads(typed["own"])) == ["2026-07-10", "2026-07-13", "2026-07-14"]


def test_a_day_that_was_typed_and_not_added_is_taken_along(world, admin, tallinn):
    page = text_of(changed(admin, tallinn, **a_day()))
    assert "Monday 28 December 2026 Added 09:00–17:00 Winter closure · Day off" in page
    wrong = changed(admin, tallinn, week_5="9-13", **a_day(**{"day-first": ""}))
    assert wrong.status_code == 422
    assert "Choose a day" in errors_on(wrong)
    assert form_on(wrong)["day-name_en"] == "Winter closure"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day-first": ""}, "Choose a day"),
        ({"day-first": "tomorrow"}, "Enter a day, like 31.12.2026"),
        ({"day-first": "1066-10-14"}, "Enter a day between 1900 and 2200."),
        ({"day-last": "2026-12-01"}, "The last day lies before the first."),
        ({"day-last": "2028-12-31"}, "These are more than 366 days."),
        ({"day-hours": "9-12"}, "A day that is closed has no working times."),
        ({"day-kind": "opening"}, "Enter the working times of this day"),
        ({"day-kind": "half_day", "day-hours": "12-9"}, "Work that begins at 12:00 cannot end at 09:00."),
        ({"day-kind": "holiday"}, "Choose one of the answers shown"),
        ({"day-first": "2026-12-24"}, "24 December 2026 is in the list already. Remove it there first"),
        (
            {"day-first": "2026-07-11", "day-last": "2026-07-12", "day-kind": "half_day", "day-hours": "9-12"},
            "None of these days is a working day.",
        ),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_kept(world, admin, tallinn, changes, words):
    own = json.dumps({"2026-12-24": CLOSED})
    response = changed(admin, tallinn, do="add", own=own, week_5="9-13", **a_day(**changes))
    assert response.status_code == 422
    assert words in errors_on(response)
    typed = form_on(response)
    assert typed["day-name_en"] == "Winter closure"
    assert typed["week_5"] == "9-13"
    assert json.loads(typed["own"]).keys() == {"2026-12-24"}


@pytest.mark.parametrize(
    "own",
    [
        "nonsense",
        "[]",
        "7",
        '{"2026-12-24": {"why": "closure", "intervals": 3}}',
        '{"2026-12-24": {"why": "party", "intervals": []}}',
        '{"2026-12-24": {"why": "closure", "intervals": [], "name": {"en": 1.5}}}',
        "[" * 5000,
    ],
)
def test_a_list_that_was_tampered_with_is_refused(world, admin, tallinn, own):
    for do in ("preview", "publish"):
        response = changed(admin, tallinn, own=own, do=do, moves="new")
        assert response.status_code == 422
        assert "The days of your own cannot be read" in errors_on(response)
    assert tallinn.versions.count() == 1


def test_what_does_not_belong_to_a_day_is_not_kept(world, admin, tallinn):
    own = json.dumps({"2026-12-24": {**CLOSED, "more": 1.5, "name": {"en": " a\x00b ", "<b>": "x"}}})
    looked = changed(admin, tallinn, own=own)
    admin.post(of(tallinn, "change"), {**form_on(looked), "do": "publish"})
    assert newest_version(tallinn).document["days"]["2026-12-24"] == {
        "intervals": [],
        "why": "closure",
        "name": {"en": "ab"},
        "own": True,
    }
