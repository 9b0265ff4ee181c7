"""A year of a calendar at a glance."""

from datetime import date, timedelta

import pytest

from amends.calendars.making import USUAL_WEEK, calendar_document
from amends.calendars.working_time import read_calendar
from amends.calendars.years import DayKind, year_of

pytestmark = pytest.mark.engineless

OWN = {
    "2026-07-13": {"intervals": [], "why": "closure", "name": {"en": "Move"}},
    "2026-07-18": {"intervals": [["10:00", "14:00"]], "why": "opening", "name": {}},
}


@pytest.fixture
def calendar():
    return read_calendar(calendar_document(zone="Europe/Tallinn", this_year=2026, country="EE", own_days=OWN))


def test_every_day_of_the_year_stands_in_its_month_once(calendar):
    for year, length in ((2024, 366), (2026, 365), (1900, 365), (2200, 365)):
        shown = year_of(calendar, year)
        assert [day.day for day in shown.days] == [date(year, 1, 1) + timedelta(days=n) for n in range(length)]
        assert all(day.day.month == month.first.month for month in shown.months for day in month.days)


def test_days_are_of_one_kind_each(calendar):
    year = year_of(calendar, 2026)
    counted = year.counted()
    assert counted[DayKind.HOLIDAY] == 12
    assert counted[DayKind.HALF_DAY] == 4
    assert counted[DayKind.CLOSURE] == 1
    assert counted[DayKind.OPENING] == 1
    assert sum(counted.values()) == 365
    kinds = {day.day: day.kind for day in year.days}
    assert kinds[date(2026, 7, 18)] is DayKind.OPENING  # a Saturday
    assert kinds[date(2026, 7, 19)] is DayKind.WEEKEND
    assert kinds[date(2026, 7, 20)] is DayKind.WORKING


def test_working_days_and_hours_are_counted(calendar):
    year = year_of(calendar, 2026)
    # 261 days from Monday to Friday, nine holidays on them, a closure, and one Saturday worked.
    assert year.working_days == 261 - 9 - 1 + 1
    assert year.working_days == sum(month.working_days for month in year.months)
    # Four days are three hours shorter, the Saturday has four hours.
    assert year.worked == timedelta(hours=8 * (year.working_days - 1) - 4 * 3 + 4)
    june = year.months[5]
    assert june.working_days == 22 - 2


def test_lunch_and_midnight_count_as_they_are():
    week = {"1": [["09:00", "12:30"], ["13:00", "17:00"]], "2": [["22:00", "24:00"]]}
    year = year_of(read_calendar({"zone": "UTC", "week": week}), 2026)
    assert year.days[4].worked == timedelta(hours=7.5)  # Monday 5 January
    assert year.days[5].worked == timedelta(hours=2)


def test_special_days_stand_in_order(calendar):
    special = year_of(calendar, 2026).special
    assert len(special) == 12 + 4 + 2
    assert [day.day for day in special] == sorted(day.day for day in special)
    assert not year_of(read_calendar({"zone": "UTC", "week": USUAL_WEEK}), 2026).special
