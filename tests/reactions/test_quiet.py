"""Quiet hours and days off: nobody is disturbed, and nobody waits longer than they have to. A danger does not wait."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.calendars.working_time import read_calendar
from amends.framework.ladder import Quiet
from amends.reactions.quiet import LONGEST, may_send_at

pytestmark = pytest.mark.engineless

ZONES = ("Europe/Tallinn", "Europe/London", "America/New_York", "Australia/Lord_Howe")
WEEK = {str(day): [["09:00", "12:30"], ["13:00", "17:00"]] for day in range(1, 6)}
MIDSUMMER = {"2026-06-24": {"intervals": [], "why": "holiday", "name": {"en": "Midsummer Day"}}}


def calendar(zone: str = "Europe/Tallinn", days: dict | None = None, week: dict | None = None):
    return read_calendar({"zone": zone, "week": week or WEEK, "days": days or {}})


def quiet(begins: str = "20:00", ends: str = "07:00", *, days_off: bool = True) -> Quiet:
    return Quiet(time.fromisoformat(begins), time.fromisoformat(ends), days_off)


def local(text: str, zone: str = "Europe/Tallinn", fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)


def sent(text: str, how: Quiet | None, *, days: dict | None = None, is_urgent: bool = False) -> str:
    """The local moment at which something that happens at a local moment may be told."""
    moment = may_send_at(local(text).astimezone(UTC), how, calendar(days=days), is_urgent=is_urgent)
    return moment.astimezone(ZoneInfo("Europe/Tallinn")).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("happens", "is_told"),
    [
        ("2026-03-02T10:00", "2026-03-02 10:00:00"),
        ("2026-03-02T19:59:59", "2026-03-02 19:59:59"),
        ("2026-03-02T20:00", "2026-03-03 07:00:00"),
        ("2026-03-02T23:59:59", "2026-03-03 07:00:00"),
        ("2026-03-03T00:00", "2026-03-03 07:00:00"),
        ("2026-03-03T06:59:59", "2026-03-03 07:00:00"),
        ("2026-03-03T07:00", "2026-03-03 07:00:00"),
    ],
)
def test_a_night_over_midnight_waits_for_the_morning(happens, is_told):
    assert sent(happens, quiet()) == is_told


@pytest.mark.parametrize(
    ("happens", "is_told"),
    [
        ("2026-03-02T12:29:59", "2026-03-02 12:29:59"),
        ("2026-03-02T12:30", "2026-03-02 14:00:00"),
        ("2026-03-02T13:59", "2026-03-02 14:00:00"),
        ("2026-03-02T14:00", "2026-03-02 14:00:00"),
    ],
)
def test_quiet_hours_may_lie_within_a_day(happens, is_told):
    assert sent(happens, quiet("12:30", "14:00")) == is_told


@pytest.mark.parametrize(
    ("happens", "is_told"),
    [
        ("2026-03-06T21:00", "2026-03-09 07:00:00"),
        ("2026-03-07T12:00", "2026-03-09 07:00:00"),
        ("2026-03-08T23:30", "2026-03-09 07:00:00"),
    ],
)
def test_a_weekend_waits_for_monday(happens, is_told):
    assert sent(happens, quiet()) == is_told


def test_a_weekend_disturbs_nobody_only_where_days_off_are_kept_quiet():
    assert sent("2026-03-07T12:00", quiet(days_off=False)) == "2026-03-07 12:00:00"
    assert sent("2026-03-07T22:00", quiet(days_off=False)) == "2026-03-08 07:00:00"


def test_a_holiday_waits_like_a_weekend():
    assert sent("2026-06-24T10:00", quiet(), days=MIDSUMMER) == "2026-06-25 07:00:00"
    assert sent("2026-06-23T20:30", quiet(), days=MIDSUMMER) == "2026-06-25 07:00:00"


@pytest.mark.parametrize("happens", ["2026-03-03T03:00", "2026-03-07T12:00", "2026-06-24T10:00"])
def test_a_danger_does_not_wait(happens):
    assert sent(happens, quiet(), days=MIDSUMMER, is_urgent=True).replace(" ", "T").startswith(happens)


def test_without_quiet_hours_nothing_waits():
    assert sent("2026-03-07T03:00", None) == "2026-03-07 03:00:00"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("night", ["2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"])
def test_the_night_of_summer_time_ends_at_the_same_time_by_the_clock_on_the_wall(zone, night):
    """Where an hour is missing or comes twice, the morning is still at seven."""
    how, working, zone_info = quiet(days_off=False), calendar(zone), ZoneInfo(zone)
    at = local(f"{night}T00:00", zone).astimezone(UTC) - timedelta(hours=3)
    for _quarter in range(10 * 4):
        told = may_send_at(at, how, working, is_urgent=False)
        wall = told.astimezone(zone_info)
        now = at.astimezone(zone_info)
        if now.time() >= time(20) or now.time() < time(7):
            assert (wall.hour, wall.minute) == (7, 0)
            assert timedelta() < told - at <= timedelta(hours=12)
        else:
            assert told == at
        at += timedelta(minutes=15)


def test_an_end_that_the_night_of_summer_time_skips_is_the_moment_the_clock_goes_forward():
    """03:30 does not exist on 29 March in Tallinn: after 02:59:59 it is 04:00."""
    told = may_send_at(
        local("2026-03-29T01:00").astimezone(UTC), quiet("22:00", "03:30", days_off=False), calendar(), is_urgent=False
    )
    assert told == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_an_end_that_comes_twice_is_the_first():
    at = local("2026-10-25T01:00").astimezone(UTC)
    told = may_send_at(at, quiet("22:00", "03:30", days_off=False), calendar(), is_urgent=False)
    assert told == local("2026-10-25T03:30", fold=0).astimezone(UTC)
    second = local("2026-10-25T03:10", fold=1).astimezone(UTC)
    told = may_send_at(second, quiet("22:00", "03:30", days_off=False), calendar(), is_urgent=False)
    assert told >= second


def test_however_many_days_off_follow_each_other_nobody_waits_for_ever():
    days = {
        f"2026-{month:02}-{day:02}": {"intervals": [], "why": "closure", "name": {"en": "Closed"}}
        for month in (3, 4)
        for day in range(1, 31)
    }
    at = local("2026-03-02T10:00").astimezone(UTC)
    told = may_send_at(at, quiet(), calendar(days=days), is_urgent=False)
    assert timedelta(days=LONGEST) <= told - at <= timedelta(days=LONGEST * 2 + 1)


@given(
    minutes=st.integers(0, 2 * 366 * 24 * 60),
    begins=st.integers(0, 95),
    length=st.integers(1, 95),
    days_off=st.booleans(),
    zone=st.sampled_from(ZONES),
)
def test_never_before_it_happens_and_never_in_a_quiet_hour(minutes, begins, length, days_off, zone):
    first, last = begins * 15, (begins + length) % 96 * 15
    how = Quiet(time(first // 60, first % 60), time(last // 60, last % 60), days_off)
    at, working = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes), calendar(zone)
    told = may_send_at(at, how, working, is_urgent=False)
    wall = told.astimezone(working.zone)
    assert at <= told < at + timedelta(days=5)
    assert not days_off or working.is_working_day(wall.date())
    if how.begins < how.ends:
        assert not how.begins <= wall.time() < how.ends
    else:
        assert how.ends <= wall.time() < how.begins
    assert may_send_at(told, how, working, is_urgent=False) == told
