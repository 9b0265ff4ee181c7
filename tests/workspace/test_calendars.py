"""The calendar screens: what each calendar is used for, its year, changing it with a look before, its versions."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from amends.calendars.actions import add_calendar, publish_calendar
from amends.calendars.loading import newest_version, working_calendar
from amends.calendars.making import USUAL_WEEK, calendar_document
from amends.calendars.models import Calendar, CalendarVersion
from amends.calendars.working_time import Why
from amends.complaints.models import Deadline
from amends.framework.actions.activate_pack import activate_pack
from amends.framework.actions.choose_calendar import choose_calendar
from amends.framework.models import CalendarUse, RulePackVersion
from amends.journal.models import Entry
from amends.kit.translated import TranslatedText
from amends.people.standing import SYSTEM
from amends.workspace.settings.calendars.hours import HoursField
from tests import builders
from tests.cast import AT
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db

LIST = "/settings/calendars/"
NEW = f"{LIST}new/"
USE = f"{LIST}use/"
CLOSED = {"intervals": [], "why": "closure", "name": {"en": "Move"}}


@pytest.fixture
def admin(world, as_, at_moment):
    at_moment(AT)
    return as_(world.adam)


@pytest.fixture
def tallinn(world) -> Calendar:
    return a_calendar("Tallinn", country="EE", zone="Europe/Tallinn")


def a_calendar(name: str, **more) -> Calendar:
    usual = {"zone": "Europe/London", "this_year": 2026, "languages": ("en", "et", "tr")}
    return add_calendar(TranslatedText({"en": name}), calendar_document(**usual | more), by=SYSTEM, at=AT).calendar


def of(calendar: Calendar, page: str) -> str:
    return f"{LIST}{calendar.code}/{page}/"


def form_on(response) -> dict[str, str]:
    """What a browser would send back: the fields of the page's own form, without its buttons."""
    page = response.content.decode()
    main = page[page.index('id="main"') :]
    sent = {}
    for control in re.findall(r"<input\b[^>]*>", main):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', control))
        if found.get("type") in {"checkbox", "radio"} and " checked" not in control:
            continue
        if "name" in found and found["name"] not in {"csrfmiddlewaretoken", "use"}:
            sent[found["name"]] = unescaped(found.get("value", "on" if found.get("type") == "checkbox" else ""))
    for attributes, options in re.findall(r"<select\b([^>]*)>(.*?)</select>", main, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[re.search(r'name="([^"]*)"', attributes)[1]] = unescaped(chosen[1]) if chosen else ""
    return sent


def unescaped(text: str) -> str:
    return text.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")


def errors_on(response) -> str:
    return re.sub(r"<[^>]+>", " ", re.search(r'class="error-summary".*?</ul>', response.content.decode(), re.DOTALL)[0])


# ---------------------------------------------------------------- the list


def test_the_list_says_what_each_is_used_for(world, admin, tallinn):
    choose_calendar(tallinn, unit=world.water, by=SYSTEM, at=AT)
    choose_calendar(tallinn, site="North quay", by=SYSTEM, at=AT)
    a_calendar("Unused")
    page = text_of(admin.get(LIST))
    assert re.search(r"Office hours Europe/London All others 1 ", page)
    assert re.search(r"Tallinn Europe/Tallinn Unit: Water Site: North quay 1 ", page)
    assert re.search(r"Unused Europe/London Nothing yet 1 ", page)
    assert page.index("Unused Europe") > page.index("Tallinn Europe")


def test_a_calendar_by_law_says_which_packs_ask_for_it(world, admin):
    estonia = RulePackVersion.objects.filter(pack="estonia").latest("version")
    activate_pack(estonia, starts_at=AT, reason="We work there", role="beside", by=SYSTEM, at=AT)
    page = text_of(admin.get(LIST))
    assert f"Rule pack: {estonia.name['en']}" in page


def test_the_list_flags_what_ends_soon(world, admin, at_moment):
    a_calendar("Short sighted", country="GB", years=range(2020, 2028))
    a_calendar("Far sighted", country="GB", years=range(2020, 2030))
    page = text_of(admin.get(LIST))
    assert page.count("Ends soon") == 1
    assert re.search(r"Short sighted .{0,80}31 December 2027 Ends soon Add years Short sighted", page)
    at_moment(AT.replace(year=2035))
    assert text_of(admin.get(LIST)).count("Ends soon") == 3


def test_the_list_asks_as_often_for_many_as_for_one(world, admin):
    one = counted(admin, LIST)
    for number in range(6):
        calendar = a_calendar(f"Calendar {number}")
        choose_calendar(calendar, site=f"Site {number}", by=SYSTEM, at=AT)
    assert counted(admin, LIST) == one


def test_everybody_on_staff_may_look_and_few_may_change(world, as_, tallinn):
    for person in (world.liis, world.frida, world.bruno, world.dario):
        client = as_(person)
        for address in (LIST, of(tallinn, "year"), of(tallinn, "versions"), f"{of(tallinn, 'versions')}1/", USE):
            page = client.get(address)
            assert page.status_code == 200, address
            assert "Add a calendar" not in text_of(page)
            assert "Choose calendar" not in text_of(page)
        for address in (NEW, of(tallinn, "change"), of(tallinn, "more-years"), f"{USE}ended/"):
            assert client.get(address).status_code == 403
            assert client.post(address).status_code == 403
    # Whoever may not open the administration is not led there.
    assert 'href="/settings/"' not in as_(world.liis).get(of(tallinn, "year")).content.decode()
    assert as_(world.zoe).get(LIST).status_code == 403


def test_what_is_not_there_is_not_found(world, admin, tallinn):
    for address in (
        f"{LIST}nowhere/year/",
        f"{LIST}nowhere/change/",
        f"{of(tallinn, 'versions')}2/",
        f"{of(tallinn, 'versions')}99999999999/",
    ):
        assert admin.get(address).status_code == 404
    Calendar.objects.create(code="empty", name={"en": "Empty"}, made_at=AT)
    assert admin.get(f"{LIST}empty/year/").status_code == 404
    assert admin.get(f"{LIST}empty/versions/").status_code == 404


def test_a_calendar_called_new_has_its_own_pages(world, admin):
    for name in ("New", "Use"):
        calendar = a_calendar(name)
        assert f"<bdi>{name}</bdi>" in admin.get(of(calendar, "year")).content.decode()


def test_the_administration_leads_there(world, admin):
    assert f'href="{LIST}">Working calendars</a>' in admin.get("/settings/").content.decode()


# ---------------------------------------------------------------- the year


def test_the_year_is_twelve_tables_in_which_each_day_says_what_it_is(world, admin, tallinn):
    response = admin.get(of(tallinn, "year"))
    page = response.content.decode()
    tables = re.findall(r'<div class="year-month"><table>(.*?)</table>', page, re.DOTALL)
    assert len(tables) == 12
    for table in tables:
        assert table.count('<th scope="col">') == 7
        assert "<caption>" in table
    assert len(re.findall(r'<td class="day-', page)) == 365
    assert page.count('<td class="day-holiday"') == 12
    assert page.count('<td class="day-half_day"') == 4
    june = text_of(response)[: text_of(response).index("July")]
    assert "23 , Victory Day, Public holiday" in june
    assert re.search(r"22 , Pre-holiday day [^,]+, Short day, 09:00–14:00 5h", june)


def test_the_year_has_its_counts_and_every_special_day_below(world, admin, tallinn):
    page = text_of(admin.get(of(tallinn, "year")))
    assert "Working days 252" in page
    assert "Working hours 2,004" in page
    assert "Public holidays 12" in page
    assert "June 20 working days" in page
    assert "Tuesday 23 June 2026 Victory Day Public holiday Day off" in page
    assert re.search(r"Wednesday 23 December 2026 Pre-holiday .{0,60} Short day 09:00–14:00", page)
    assert "Days closed" not in page


def test_every_marked_day_leads_to_its_line(world, admin, tallinn):
    page = admin.get(of(tallinn, "year")).content.decode()
    leads = re.findall(r'href="#(day-[\d-]+)"', page)
    assert len(leads) == 16
    assert all(f'id="{lead}"' in page for lead in leads)


def test_names_are_in_the_language_of_the_reader(world, as_, at_moment, tallinn):
    at_moment(AT)
    world.adam.language = "et"
    world.adam.save(update_fields=["language"])
    page = text_of(as_(world.adam).get(of(tallinn, "year")))
    assert "jaanipäev" in page
    assert "juuni" in page


def test_years_can_be_turned_and_nonsense_is_this_year(world, admin, tallinn):
    assert "Days in 2027 that differ" in text_of(admin.get(f"{of(tallinn, 'year')}?year=2027"))
    for nonsense in ("", "0", "9999", "20x6", "1066", "٢٠٢٦", "-2026"):
        assert "Days in 2026 that differ" in text_of(admin.get(f"{of(tallinn, 'year')}?year={nonsense}"))
    assert "not entered" not in text_of(admin.get(of(tallinn, "year")))
    for unknown in (2037, 1999):
        assert "Public holidays of this year are not entered" in text_of(
            admin.get(f"{of(tallinn, 'year')}?year={unknown}")
        )
    first = admin.get(f"{of(tallinn, 'year')}?year=1900").content.decode()
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in admin.get(f"{of(tallinn, 'year')}?year=2200").content.decode()


def test_a_year_costs_the_same_whatever_is_in_it(world, admin, tallinn):
    empty = a_calendar("Empty")
    assert counted(admin, of(empty, "year")) == counted(admin, of(tallinn, "year"))


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


# ---------------------------------------------------------------- changing


def changed(admin, calendar, **changes):
    """The page sent with changes; as `do` says, by default to see what it does."""
    return admin.post(
        of(calendar, "change"), {**form_on(admin.get(of(calendar, "change"))), "do": "preview", **changes}
    )


def a_day(**changes):
    return {"day-first": "2026-12-28", "day-kind": "closure", "day-name_en": "Winter closure", **changes}


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


# ---------------------------------------------------------------- days of one's own


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
