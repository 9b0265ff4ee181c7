"""The list of calendars, what each is used for, and the year of one."""

import re

import pytest

from amends.calendars.models import Calendar
from amends.framework.actions.activate_pack import activate_pack
from amends.framework.actions.choose_calendar import choose_calendar
from amends.framework.models import RulePackVersion
from amends.people.standing import SYSTEM
from tests.cast import AT
from tests.workspace.calendars.pages import LIST, NEW, USE, a_calendar, of
from tests.workspace.test_queue import counted, text_of

pytestmark = pytest.mark.django_db


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
