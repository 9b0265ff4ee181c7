"""When a clock is due: an example for each sentence of the definition."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.calendars.counting import Plan, before, due, outer_limit
from amends.calendars.limits import DayOff, Ends, LateArrival, Limit, Stop, Unit
from amends.calendars.working_time import NoWorkingTimeError, WorkingCalendar
from tests.calendars.cases import LONDON, TALLINN, at, calendar, day, utc

pytestmark = pytest.mark.engineless

PLAIN = calendar()
LUNCH = calendar(hours="09:00-12:30 13:00-17:00")
NIGHT = calendar(hours="00:00-06:00 22:00-24:00")
MONDAY, FRIDAY = at("2026-03-02 10:00"), at("2026-03-06 10:00")


def due_at(start: datetime, limit: Limit, calendar: WorkingCalendar = PLAIN, **more) -> str:
    """The due moment by the local clock."""
    shown = due(Plan(start, limit, **more), calendar).astimezone(calendar.zone)
    return f"{shown:%Y-%m-%d %H:%M:%S}"


def stop(begins: str, ends: str) -> Stop:
    return Stop(at(begins), at(ends), "waiting")


# Working days


def test_the_start_day_is_not_counted() -> None:
    assert due_at(MONDAY, Limit(1, Unit.WORKING_DAYS)) == "2026-03-03 17:00:00"


def test_weekends_and_holidays_are_not_counted() -> None:
    assert due_at(FRIDAY, Limit(2, Unit.WORKING_DAYS)) == "2026-03-10 17:00:00"
    assert due_at(FRIDAY, Limit(2, Unit.WORKING_DAYS), calendar(d2026_03_09="holiday")) == "2026-03-11 17:00:00"


def test_a_half_day_counts_and_ends_early() -> None:
    short = calendar(d2026_03_04="half_day 09:00-14:00")
    assert due_at(MONDAY, Limit(2, Unit.WORKING_DAYS), short) == "2026-03-04 14:00:00"


def test_an_extra_working_day_counts() -> None:
    assert (
        due_at(FRIDAY, Limit(1, Unit.WORKING_DAYS), calendar(d2026_03_07="opening 10:00-13:00"))
        == "2026-03-07 13:00:00"
    )


def test_working_days_can_end_at_the_end_of_the_day() -> None:
    assert due_at(MONDAY, Limit(1, Unit.WORKING_DAYS, ends=Ends.MIDNIGHT)) == "2026-03-03 23:59:59"


def test_fifteen_working_days_over_easter_in_london() -> None:
    easter = calendar(LONDON, d2026_04_03="holiday", d2026_04_06="holiday")
    assert due_at(at("2026-03-23 09:00", LONDON), Limit(15, Unit.WORKING_DAYS), easter) == "2026-04-15 17:00:00"


# Days, weeks, months, years


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-03-02 10:00", Limit(10, Unit.DAYS), "2026-03-12"),
        ("2026-03-02 10:00", Limit(8, Unit.WEEKS), "2026-04-27"),
        ("2026-03-02 10:00", Limit(2, Unit.MONTHS), "2026-05-02"),
        ("2026-01-31 10:00", Limit(1, Unit.MONTHS), "2026-02-28"),
        ("2028-01-31 10:00", Limit(1, Unit.MONTHS), "2028-02-29"),
        ("2026-12-31 10:00", Limit(2, Unit.MONTHS), "2027-02-28"),
        ("2026-11-30 10:00", Limit(13, Unit.MONTHS), "2027-12-30"),
        ("2028-02-29 10:00", Limit(1, Unit.YEARS), "2029-02-28"),
        ("2028-02-29 10:00", Limit(4, Unit.YEARS), "2032-02-29"),
        ("2026-12-31 23:59", Limit(1, Unit.DAYS), "2027-01-01"),
    ],
)
def test_days_of_the_calendar_end_with_their_last_day(start: str, limit: Limit, end: str) -> None:
    assert due_at(at(start), limit) == f"{end} 23:59:59"


@pytest.mark.parametrize(
    ("day_off", "end"),
    [
        (DayOff.STAY, "2026-03-08 23:59:59"),
        (DayOff.NEXT_WORKING_DAY, "2026-03-10 23:59:59"),
        (DayOff.PREVIOUS_WORKING_DAY, "2026-03-06 23:59:59"),
    ],
)
def test_a_last_day_that_is_off_stays_or_moves(day_off: DayOff, end: str) -> None:
    assert due_at(MONDAY, Limit(6, Unit.DAYS, day_off=day_off), calendar(d2026_03_09="holiday")) == end


def test_a_last_day_does_not_move_back_before_the_start() -> None:
    saturday = Limit(1, Unit.DAYS, ends=Ends.CLOSE, day_off=DayOff.PREVIOUS_WORKING_DAY)
    assert due_at(at("2026-03-06 17:00"), saturday) == "2026-03-06 17:00:00"
    assert due_at(at("2026-03-06 17:01"), saturday) == "2026-03-07 23:59:59"
    today = Limit(0, Unit.DAYS, ends=Ends.CLOSE, day_off=DayOff.PREVIOUS_WORKING_DAY)
    assert due_at(at("2026-03-07 00:00"), today, NIGHT) == "2026-03-07 23:59:59"


def test_a_last_day_does_not_move_into_a_stop() -> None:
    back, on = (Limit(6, Unit.DAYS, day_off=off) for off in (DayOff.PREVIOUS_WORKING_DAY, DayOff.NEXT_WORKING_DAY))
    monday = stop("2026-03-09 12:00", "2026-03-10 12:00")
    assert due_at(MONDAY, on, stops=(monday,)) == "2026-03-10 23:59:59"
    friday = stop("2026-03-06 12:00", "2026-03-07 12:00")
    assert due_at(MONDAY, Limit(5, Unit.DAYS, day_off=DayOff.PREVIOUS_WORKING_DAY), stops=(friday,)) == (
        "2026-03-08 23:59:59"
    )
    assert due_at(MONDAY, back) == "2026-03-06 23:59:59"


def test_days_of_the_calendar_can_end_at_the_close_of_work() -> None:
    assert due_at(MONDAY, Limit(2, Unit.DAYS, ends=Ends.CLOSE)) == "2026-03-04 17:00:00"
    assert due_at(MONDAY, Limit(5, Unit.DAYS, ends=Ends.CLOSE)) == "2026-03-07 23:59:59"


# Stops


def test_a_day_at_whose_end_the_clock_stands_still_is_not_counted() -> None:
    until_thursday = stop("2026-03-03 16:59", "2026-03-05 09:00")
    assert due_at(MONDAY, Limit(3, Unit.WORKING_DAYS), stops=(until_thursday,)) == "2026-03-09 17:00:00"


def test_a_stop_within_a_day_costs_nothing() -> None:
    assert due_at(MONDAY, Limit(1, Unit.WORKING_DAYS), stops=(stop("2026-03-03 09:00", "2026-03-03 16:00"),)) == (
        "2026-03-03 17:00:00"
    )


def test_a_stop_holds_when_it_begins_and_no_longer_when_it_ends() -> None:
    limit = Limit(1, Unit.WORKING_DAYS)
    assert due_at(MONDAY, limit, stops=(stop("2026-03-03 17:00", "2026-03-03 17:01"),)) == "2026-03-04 17:00:00"
    assert due_at(MONDAY, limit, stops=(stop("2026-03-03 16:00", "2026-03-03 17:00"),)) == "2026-03-03 17:00:00"


def test_stops_that_overlap_count_once() -> None:
    stops = (
        stop("2026-03-03 09:00", "2026-03-05 12:00"),
        stop("2026-03-04 09:00", "2026-03-04 18:00"),
        stop("2026-03-05 10:00", "2026-03-06 12:00"),
    )
    assert due_at(MONDAY, Limit(1, Unit.WORKING_DAYS), stops=stops) == "2026-03-06 17:00:00"
    # 2 hours on Monday afternoon, none until Friday noon.
    assert due_at(at("2026-03-02 15:00"), Limit(2, Unit.WORKING_HOURS), stops=stops) == "2026-03-02 17:00:00"
    assert due_at(at("2026-03-02 15:00"), Limit(3, Unit.WORKING_HOURS), stops=stops) == "2026-03-06 13:00:00"


def test_a_stop_moves_months_by_the_days_it_takes() -> None:
    a_week = stop("2026-03-10 12:00", "2026-03-17 12:00")
    assert due_at(MONDAY, Limit(1, Unit.MONTHS), stops=(a_week,)) == "2026-04-09 23:59:59"


def test_a_stop_in_the_days_won_by_a_stop_moves_on_again() -> None:
    stops = (stop("2026-03-10 12:00", "2026-03-17 12:00"), stop("2026-04-08 12:00", "2026-04-10 12:00"))
    assert due_at(MONDAY, Limit(1, Unit.MONTHS), stops=stops) == "2026-04-11 23:59:59"


# Hours and working hours


def test_hours_pass_day_and_night() -> None:
    assert due_at(FRIDAY, Limit(72, Unit.HOURS)) == "2026-03-09 10:00:00"


def test_hours_leave_out_stops() -> None:
    assert due_at(FRIDAY, Limit(24, Unit.HOURS), stops=(stop("2026-03-06 12:00", "2026-03-06 18:00"),)) == (
        "2026-03-07 16:00:00"
    )


def test_an_hour_lost_or_won_by_the_clock_is_no_hour() -> None:
    assert due_at(at("2026-03-28 12:00"), Limit(24, Unit.HOURS)) == "2026-03-29 13:00:00"
    assert due_at(at("2026-10-24 12:00"), Limit(24, Unit.HOURS)) == "2026-10-25 11:00:00"


def test_working_hours_leave_out_lunch() -> None:
    assert due_at(MONDAY, Limit(4, Unit.WORKING_HOURS), LUNCH) == "2026-03-02 14:30:00"


def test_working_hours_go_on_the_next_working_day() -> None:
    assert due_at(at("2026-03-06 16:00"), Limit(2, Unit.WORKING_HOURS)) == "2026-03-09 10:00:00"


def test_hours_used_up_when_work_ends_are_due_then() -> None:
    assert due_at(at("2026-03-02 11:30"), Limit(1, Unit.WORKING_HOURS), LUNCH) == "2026-03-02 12:30:00"
    assert due_at(at("2026-03-06 15:00"), Limit(2, Unit.WORKING_HOURS)) == "2026-03-06 17:00:00"


def test_hours_used_up_when_a_stop_begins_are_due_then() -> None:
    assert due_at(MONDAY, Limit(2, Unit.HOURS), stops=(stop("2026-03-02 12:00", "2026-03-05 12:00"),)) == (
        "2026-03-02 12:00:00"
    )


def test_work_until_midnight_goes_on_at_midnight() -> None:
    assert due_at(at("2026-03-02 23:00"), Limit(1, Unit.WORKING_HOURS), NIGHT) == "2026-03-03 00:00:00"
    assert due_at(at("2026-03-02 23:00"), Limit(2, Unit.WORKING_HOURS), NIGHT) == "2026-03-03 01:00:00"
    assert due_at(MONDAY, Limit(1, Unit.WORKING_DAYS), NIGHT) == "2026-03-04 00:00:00"


def test_a_night_of_work_is_as_long_as_it_lasts() -> None:
    sunday_night = calendar(hours="00:00-06:00", weekdays=("7",))
    assert due_at(at("2026-03-28 12:00"), Limit(5, Unit.WORKING_HOURS), sunday_night) == "2026-03-29 06:00:00"
    assert due_at(at("2026-10-24 12:00"), Limit(7, Unit.WORKING_HOURS), sunday_night) == "2026-10-25 06:00:00"


# Summer time


def test_a_close_that_summer_time_skips_is_the_moment_the_clock_goes_forward() -> None:
    sundays = calendar(hours="01:00-03:30", weekdays=("7",))
    assert due(Plan(at("2026-03-27 12:00"), Limit(1, Unit.WORKING_DAYS)), sundays) == utc("2026-03-29 01:00")


def test_a_close_that_comes_twice_is_the_first() -> None:
    sundays = calendar(hours="01:00-03:30", weekdays=("7",))
    assert due(Plan(at("2026-10-23 12:00"), Limit(1, Unit.WORKING_DAYS)), sundays) == utc("2026-10-25 00:30")


def test_a_day_whose_last_hour_is_skipped_ends_when_the_clock_goes_forward() -> None:
    nuuk = calendar(ZoneInfo("America/Nuuk"))
    # On Saturday 27 March 2027 at 23:00 it becomes Sunday 00:00.
    assert due(Plan(utc("2027-03-26 12:00"), Limit(1, Unit.DAYS)), nuuk) == utc("2027-03-28 01:00")


def test_a_day_whose_last_hour_comes_twice_ends_in_the_first() -> None:
    cairo = calendar(ZoneInfo("Africa/Cairo"))
    assert due(Plan(utc("2026-10-28 12:00"), Limit(1, Unit.DAYS)), cairo) == utc("2026-10-29 20:59:59")


def test_a_day_that_a_country_left_out_ends_where_it_would_have_begun() -> None:
    apia = calendar(ZoneInfo("Pacific/Apia"))
    assert due(Plan(utc("2011-12-29 20:00"), Limit(1, Unit.DAYS)), apia) == utc("2011-12-30 10:00")
    assert due(Plan(utc("2011-12-29 20:00"), Limit(2, Unit.DAYS)), apia) == utc("2011-12-31 09:59:59")


# None at all


@pytest.mark.parametrize(
    ("start", "limit", "end"),
    [
        ("2026-03-02 10:00", Limit(0, Unit.WORKING_DAYS), "2026-03-02 17:00:00"),
        ("2026-03-02 17:00", Limit(0, Unit.WORKING_DAYS), "2026-03-02 17:00:00"),
        ("2026-03-02 18:00", Limit(0, Unit.WORKING_DAYS), "2026-03-03 17:00:00"),
        ("2026-03-07 10:00", Limit(0, Unit.WORKING_DAYS), "2026-03-09 17:00:00"),
        ("2026-03-07 10:00", Limit(0, Unit.DAYS), "2026-03-07 23:59:59"),
        ("2026-03-07 10:00", Limit(0, Unit.MONTHS), "2026-03-07 23:59:59"),
        ("2026-03-07 10:00", Limit(0, Unit.DAYS, day_off=DayOff.NEXT_WORKING_DAY), "2026-03-09 23:59:59"),
        ("2026-03-07 10:00", Limit(0, Unit.HOURS), "2026-03-07 10:00:00"),
        ("2026-03-07 10:00", Limit(0, Unit.WORKING_HOURS), "2026-03-07 10:00:00"),
    ],
)
def test_nothing_at_all_ends_with_the_day_or_at_once(start: str, limit: Limit, end: str) -> None:
    assert due_at(at(start), limit) == end


# Late arrivals


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-06 17:00", "2026-03-09 17:00:00"),
        ("2026-03-06 17:01", "2026-03-10 17:00:00"),
        ("2026-03-07 10:00", "2026-03-10 17:00:00"),
        ("2026-03-09 03:00", "2026-03-10 17:00:00"),
    ],
)
def test_what_comes_late_counts_as_come_on_the_next_working_day(start: str, end: str) -> None:
    assert due_at(at(start), Limit(1, Unit.WORKING_DAYS, late_arrival=LateArrival.NEXT_WORKING_DAY)) == end


def test_hours_of_what_comes_late_start_at_the_opening() -> None:
    limit = Limit(24, Unit.HOURS, late_arrival=LateArrival.NEXT_WORKING_DAY)
    assert due_at(at("2026-03-07 10:00"), limit) == "2026-03-10 09:00:00"
    assert due_at(at("2026-03-09 08:00"), limit) == "2026-03-10 09:00:00"


# Extensions and the outer limit


def test_extensions_count_on_from_the_due_day_before() -> None:
    extensions = (Limit(2, Unit.WORKING_DAYS), Limit(1, Unit.WEEKS))
    assert due_at(MONDAY, Limit(4, Unit.WORKING_DAYS), extensions=extensions) == "2026-03-17 23:59:59"


def test_an_extension_of_what_is_due_at_midnight_counts_from_the_day_that_ends() -> None:
    assert due_at(MONDAY, Limit(1, Unit.WORKING_DAYS), NIGHT, extensions=(Limit(1, Unit.WORKING_DAYS),)) == (
        "2026-03-05 00:00:00"
    )
    assert due_at(at("2026-03-02 00:00"), Limit(24, Unit.HOURS), extensions=(Limit(1, Unit.DAYS),)) == (
        "2026-03-03 23:59:59"
    )


def test_an_extension_to_a_date_ends_as_the_limit_does() -> None:
    assert due_at(MONDAY, Limit(1, Unit.WORKING_DAYS), extensions=(day("2026-03-11"),)) == "2026-03-11 17:00:00"
    assert due_at(MONDAY, Limit(1, Unit.WORKING_DAYS), extensions=(day("2026-03-14"),)) == "2026-03-14 23:59:59"
    assert due_at(MONDAY, Limit(1, Unit.DAYS), extensions=(day("2026-03-11"),)) == "2026-03-11 23:59:59"


def test_an_extension_to_an_earlier_date_takes_nothing_away() -> None:
    assert due_at(MONDAY, Limit(4, Unit.WORKING_DAYS), extensions=(day("2026-03-04"),)) == "2026-03-06 17:00:00"


def test_the_outer_limit_counts_from_the_start_with_the_same_stops() -> None:
    plan = Plan(
        MONDAY,
        Limit(1, Unit.WORKING_DAYS),
        stops=(stop("2026-03-03 09:00", "2026-03-03 18:00"),),
        extensions=(Limit(5, Unit.WORKING_DAYS),),
        outer=Limit(3, Unit.WORKING_DAYS),
    )
    assert outer_limit(plan, PLAIN) == at("2026-03-06 17:00")
    assert due(plan, PLAIN) == at("2026-03-11 17:00")
    assert outer_limit(Plan(MONDAY, Limit(1, Unit.DAYS)), PLAIN) is None


# Nothing to be found


@pytest.mark.parametrize("unit", [Unit.WORKING_DAYS, Unit.WORKING_HOURS])
def test_a_calendar_without_working_time_is_said_to_have_none(unit: Unit) -> None:
    empty = WorkingCalendar(TALLINN, {})
    with pytest.raises(NoWorkingTimeError):
        due(Plan(MONDAY, Limit(1, unit)), empty)
    with pytest.raises(NoWorkingTimeError):
        before(MONDAY, Limit(1, unit), empty)
    with pytest.raises(NoWorkingTimeError):
        due(Plan(MONDAY, Limit(1, Unit.DAYS, late_arrival=LateArrival.NEXT_WORKING_DAY)), empty)


@pytest.mark.parametrize("unit", list(Unit))
def test_a_stop_without_end_is_said_to_have_none(unit: Unit) -> None:
    for_ever = Stop(MONDAY, datetime.max.replace(tzinfo=UTC), "forgotten")
    with pytest.raises(NoWorkingTimeError):
        due(Plan(MONDAY, Limit(1, unit), stops=(for_ever,)), PLAIN)


def test_days_of_the_calendar_need_no_working_time() -> None:
    assert due_at(MONDAY, Limit(3, Unit.DAYS), WorkingCalendar(TALLINN, {})) == "2026-03-05 23:59:59"


def test_a_moment_without_a_zone_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Plan(datetime(2026, 3, 2, 10), Limit(1, Unit.DAYS))
    with pytest.raises(ValueError, match="time zone"):
        Stop(datetime(2026, 3, 2, 10), MONDAY)


def test_moments_of_any_zone_are_the_moments_they_are() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    moved = Plan(
        MONDAY.astimezone(tokyo),
        Limit(30, Unit.HOURS),
        stops=(Stop(MONDAY.astimezone(tokyo), MONDAY + timedelta(hours=1)),),
    )
    assert due(moved, PLAIN) == MONDAY + timedelta(hours=31)
    assert due(moved, PLAIN).tzinfo is UTC
