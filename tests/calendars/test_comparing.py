"""What differs between two versions of a calendar."""

from datetime import date, time

import pytest

from amends.calendars.comparing import Change, compare
from amends.calendars.making import USUAL_WEEK, calendar_document

pytestmark = pytest.mark.engineless


def document(**more):
    return calendar_document(**{"zone": "Europe/London", "this_year": 2026, "country": "GB", "region": "ENG", **more})


def test_the_same_differs_in_nothing():
    assert not compare(document(), {**document(), "version": 7, "code": "other"})


def test_weekdays_differ_by_their_hours():
    week = {**USUAL_WEEK, "5": [["09:00", "13:00"]], "6": [["10:00", "12:00"]]}
    found = compare(document(), document(week=week))
    assert [(each.weekday, each.before, each.after) for each in found.week] == [
        (5, ((time(9), time(17)),), ((time(9), time(13)),)),
        (6, (), ((time(10), time(12)),)),
    ]
    assert found.days == ()


def test_days_are_added_removed_and_changed():
    closed = {"2026-05-26": {"intervals": [], "why": "closure", "name": {"en": "Move"}}}
    short = {"2026-05-26": {"intervals": [["09:00", "12:00"]], "why": "half_day", "name": {"en": "Move"}}}
    plain, with_closure, with_short = (document(own_days=own) for own in ({}, closed, short))
    for before, after, change in (
        (plain, with_closure, Change.ADDED),
        (with_closure, plain, Change.REMOVED),
        (with_closure, with_short, Change.CHANGED),
    ):
        found = compare(before, after)
        assert [(each.day, each.change) for each in found.days] == [(date(2026, 5, 26), change)]
        assert found.of(change) == list(found.days)
    assert compare(plain, with_closure).days[0].hours_before == ((time(9), time(17)),)
    assert compare(plain, with_closure).days[0].hours_after == ()


def test_another_region_is_a_difference_by_itself_and_day_by_day():
    found = compare(document(), document(region="SCT"))
    assert found.holidays[0]["region"] == "ENG"
    assert found.holidays[1]["region"] == "SCT"
    assert {each.day for each in found.of(Change.REMOVED)} >= {date(2026, 4, 6), date(2026, 8, 31)}
    assert {each.day for each in found.of(Change.ADDED)} >= {date(2026, 11, 30)}


def test_zone_and_years_are_compared():
    found = compare(document(), document(zone="Europe/Paris", years=range(2011, 2041)))
    assert found.zone == ("Europe/London", "Europe/Paris")
    assert found.known_until == (date(2036, 12, 31), date(2040, 12, 31))
    assert {each.day.year for each in found.days} == {2037, 2038, 2039, 2040}


def test_the_zone_of_the_organisation_needs_no_organisation():
    assert compare({"zone": "organisation", "week": {}}, {"zone": "UTC", "week": {}}).zone == ("organisation", "UTC")
