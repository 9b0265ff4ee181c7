"""Calendars: what a local time means, how a document is read, and what is wrong with one."""

from copy import deepcopy
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.calendars.working_time import (
    SpecialDay,
    Why,
    check_calendar,
    first_moment,
    read_calendar,
)
from tests.calendars.cases import TALLINN, at, calendar, utc

pytestmark = pytest.mark.engineless

DOCUMENT = {
    "zone": "Europe/Tallinn",
    "code": "head-office",
    "version": 4,
    "week": {
        "1": [["13:00", "17:00"], ["09:00", "12:30"]],
        "2": [["18:00", "24:00"]],
        "3": [["18:00", "00:00"]],
        "7": [],
    },
    "days": {
        "2026-12-23": {"intervals": [["09:00", "14:00"]], "why": "half_day", "name": {"en": "Short day"}},
        "2026-12-24": {"intervals": [], "why": "holiday", "name": {}, "own": True},
    },
    "known_until": "2036-12-31",
    "holidays": {"country": "EE"},
}


@pytest.mark.parametrize(
    ("zone", "shown", "moment"),
    [
        ("Europe/Tallinn", "2026-03-29 02:59:59", "2026-03-29 00:59:59"),
        ("Europe/Tallinn", "2026-03-29 03:00:00", "2026-03-29 01:00:00"),
        ("Europe/Tallinn", "2026-03-29 03:30:00", "2026-03-29 01:00:00"),
        ("Europe/Tallinn", "2026-03-29 04:00:00", "2026-03-29 01:00:00"),
        ("Europe/Tallinn", "2026-10-25 03:30:00", "2026-10-25 00:30:00"),
        ("Europe/Tallinn", "2026-10-25 04:00:00", "2026-10-25 02:00:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15:00", "2026-10-03 15:30:00"),
        ("America/Nuuk", "2027-03-27 23:59:59", "2027-03-28 01:00:00"),
        ("Africa/Cairo", "2026-04-24 00:00:00", "2026-04-23 22:00:00"),
        ("Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30 10:00:00"),
        ("Europe/Istanbul", "2026-07-01 09:00:00", "2026-07-01 06:00:00"),
    ],
)
def test_a_local_time_is_the_first_moment_at_which_the_clock_shows_it_or_more(zone, shown, moment) -> None:
    assert first_moment(datetime.fromisoformat(shown), ZoneInfo(zone)) == utc(moment)


def test_a_document_is_read() -> None:
    read = read_calendar(DOCUMENT)
    assert (read.zone, read.code, read.version, read.known_until) == (TALLINN, "head-office", 4, date(2036, 12, 31))
    assert read.intervals_on(date(2026, 3, 2)) == ((time(9), time(12, 30)), (time(13), time(17)))
    assert read.intervals_on(date(2026, 3, 3)) == read.intervals_on(date(2026, 3, 4)) == ((time(18), time(0)),)
    assert read.special(date(2026, 12, 23)) == SpecialDay(((time(9), time(14)),), Why.HALF_DAY, {"en": "Short day"})
    assert not read.is_working_day(date(2026, 12, 24))
    assert not read.is_working_day(date(2026, 3, 8))
    assert read.special(date(2026, 3, 2)) is None


def test_a_calendar_may_follow_the_zone_of_the_organisation() -> None:
    follows = {**DOCUMENT, "zone": "organisation"}
    assert read_calendar(follows, ZoneInfo("Europe/London")).zone == ZoneInfo("Europe/London")
    assert read_calendar(DOCUMENT, ZoneInfo("Europe/London")).zone == TALLINN
    with pytest.raises(ValueError, match="zone"):
        read_calendar(follows)


def test_work_opens_with_the_first_interval_and_closes_with_the_last() -> None:
    lunch = calendar(hours="13:00-24:00 09:00-12:30")
    assert lunch.opening(date(2026, 3, 2)) == at("2026-03-02 09:00")
    assert lunch.close(date(2026, 3, 2)) == at("2026-03-03 00:00")


def test_a_good_document_has_no_problem() -> None:
    assert check_calendar(DOCUMENT) == []
    assert check_calendar({"week": {"1": [["00:00", "24:00"]]}}) == []


def put(document, path: str, value):
    """The document with one part changed."""
    changed = deepcopy(document)
    *parents, last = path.split("/")
    part = changed
    for parent in parents:
        part = part[parent]
    part[last] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "where", "word"),
    [
        ("zone", "Europe/Atlantis", "zone", "time zone"),
        ("zone", ["Europe/Tallinn"], "zone", "time zone"),
        ("zone", "Europe", "zone", "time zone"),
        ("version", 0, "version", "versions"),
        ("version", True, "version", "versions"),
        ("known_until", "soon", "known_until", "2026-12-24"),
        ("known_until", "20361231", "known_until", "2026-12-24"),
        ("week", None, "week", "weekdays"),
        ("week", {}, "week", "no working time"),
        ("week", {"1": [], "2": []}, "week", "no working time"),
        ("week/8", [["09:00", "17:00"]], "week.8", "Monday"),
        ("week/1", "09:00-17:00", "week.1", "pairs"),
        ("week/1", [["09:00"]], "week.1", "pairs"),
        ("week/1", [["9:00", "17:00"]], "week.1", "pairs"),
        ("week/1", [["09:00", "25:00"]], "week.1", "pairs"),
        ("week/1", [["24:00", "17:00"]], "week.1", "pairs"),
        ("week/1", [["17:00", "09:00"]], "week.1", "24:00"),
        ("week/1", [["09:00", "09:00"]], "week.1", "cannot end"),
        ("week/1", [["09:00", "13:00"], ["12:00", "17:00"]], "week.1", "overlap"),
        ("week/1", [["09:00", "00:00"], ["12:00", "17:00"]], "week.1", "overlap"),
        ("days", [], "days", "date"),
        ("days/2026-02-30", {"why": "holiday"}, "days.2026-02-30", "2026-12-24"),
        ("days/2026-12-26", "holiday", "days.2026-12-26", "why"),
        ("days/2026-12-26", {"intervals": []}, "days.2026-12-26.why", "half_day"),
        ("days/2026-12-26", {"why": {}}, "days.2026-12-26.why", "half_day"),
        ("days/2026-12-26", {"why": "opening"}, "days.2026-12-26", "open"),
        ("days/2026-12-26", {"why": "closure", "name": "Stock-taking"}, "days.2026-12-26.name", "language"),
        ("days/2026-12-26", {"why": "closure", "intervals": [["x", "y"]]}, "days.2026-12-26.intervals", "pairs"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(path, value, where, word) -> None:
    problems = check_calendar(put(DOCUMENT, path, value))
    assert [problem.where for problem in problems] == [where]
    assert word in str(problems[0].sentence)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["09:00", "24:00", "1", "holiday"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
PATHS = ["zone", "version", "known_until", "week", "week/1", "days", "days/2026-12-23", "days/2026-12-23/why"]


@given(path=st.sampled_from([*PATHS, "days/2026-12-23/name", "days/2026-12-23/intervals", "week/2"]), value=JSON)
def test_a_calendar_without_problems_can_be_read_whatever_was_put_in(path, value) -> None:
    document = put(DOCUMENT, path, value)
    if not check_calendar(document):
        read = read_calendar(document, TALLINN)
        day = next(read.working_days(date(2026, 3, 6)))
        assert read.opening(day) <= read.close(day)


@given(JSON)
def test_anything_at_all_is_answered_with_problems(document) -> None:
    assert check_calendar(document)
