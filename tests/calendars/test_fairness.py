"""What nobody may lose by: coming later, a holiday, a stop, an extension."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.calendars.counting import Plan, before, due
from amends.calendars.limits import COUNTED_IN_TIME, DayOff, Ends, LateArrival, Limit, Stop, Unit
from amends.calendars.working_time import SpecialDay, Why
from tests.calendars.cases import calendar

pytestmark = pytest.mark.engineless

CALENDARS = [
    calendar(zone, hours=hours, weekdays=weekdays)
    for zone in map(ZoneInfo, ("Europe/Tallinn", "America/Nuuk", "Africa/Cairo", "Australia/Lord_Howe"))
    for hours, weekdays in (("09:00-12:30 13:00-17:00", "12345"), ("00:00-03:30 22:00-24:00", "12367"))
]
#: Round about the nights on which the clocks of these zones change.
MOMENTS = st.sampled_from([(2026, 3), (2027, 3), (2026, 4), (2026, 10)]).flatmap(
    lambda month: st.integers(0, 31 * 86400).map(
        lambda second: datetime(*month, 1, tzinfo=UTC) + timedelta(seconds=second)
    )
)
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=20))
STOPS = st.builds(lambda begins, length: Stop(begins, begins + length, "waiting"), MOMENTS, LENGTHS)


@st.composite
def limits(draw, units=tuple(Unit), days_off=tuple(DayOff), ends=(Ends.CLOSE, Ends.MIDNIGHT)) -> Limit:
    unit = draw(st.sampled_from(units))
    in_time = unit in COUNTED_IN_TIME
    return Limit(
        draw(st.integers(0, {Unit.MONTHS: 2, Unit.YEARS: 1, Unit.WEEKS: 4}.get(unit, 20))),
        unit,
        ends=None if in_time else draw(st.sampled_from(ends)),
        day_off=DayOff.STAY if in_time or unit is Unit.WORKING_DAYS else draw(st.sampled_from(days_off)),
        late_arrival=draw(st.sampled_from(list(LateArrival))),
    )


@given(st.sampled_from(CALENDARS), limits(), MOMENTS, LENGTHS, st.lists(STOPS, max_size=3))
def test_who_comes_later_is_never_due_earlier(calendar, limit, start, later, stops) -> None:
    if limit.unit in (Unit.MONTHS, Unit.YEARS):
        stops = []  # the 30th and the 31st of January both lead to the end of February, but a stop may lie between them
    plan = Plan(start, limit, tuple(stops))
    assert due(plan, calendar) <= due(replace(plan, start=start + later), calendar)


@given(st.sampled_from(CALENDARS), limits(), MOMENTS, st.lists(STOPS, max_size=3), STOPS)
def test_one_more_stop_never_makes_anything_due_earlier(calendar, limit, start, stops, stop) -> None:
    plan = Plan(start, limit, tuple(stops))
    assert due(plan, calendar) <= due(replace(plan, stops=(*stops, stop)), calendar)


@given(
    st.sampled_from(CALENDARS),
    # Not days that end at the close of work: a holiday ends later, perhaps after a stop. And moving back is earlier.
    limits(days_off=(DayOff.STAY, DayOff.NEXT_WORKING_DAY), ends=(Ends.MIDNIGHT,)),
    MOMENTS,
    st.lists(STOPS, max_size=2),
    st.integers(-3, 40),
)
def test_one_more_holiday_never_makes_anything_due_earlier(calendar, limit, start, stops, ahead) -> None:
    plan = Plan(start, limit, tuple(stops))
    holiday = start.date() + timedelta(days=ahead)
    longer = replace(calendar, days={holiday: SpecialDay((), Why.HOLIDAY)})
    assert due(plan, calendar) <= due(plan, longer)


@given(
    st.sampled_from(CALENDARS),
    limits(),
    MOMENTS,
    st.lists(STOPS, max_size=2),
    st.lists(limits() | st.dates(date(2026, 2, 1), date(2027, 6, 1)), max_size=3),
)
def test_an_extension_never_takes_time_away(calendar, limit, start, stops, extensions) -> None:
    plan = Plan(start, limit, tuple(stops))
    assert start <= due(plan, calendar) <= due(replace(plan, extensions=tuple(extensions)), calendar)


@given(
    st.sampled_from(CALENDARS),
    limits(units=(Unit.WORKING_DAYS, Unit.DAYS, Unit.WEEKS)),
    MOMENTS,
    st.lists(STOPS, max_size=4),
)
def test_what_is_counted_in_days_is_never_due_within_a_stop(calendar, limit, start, stops) -> None:
    due_at = due(Plan(start, limit, tuple(stops)), calendar)
    assert not any(stop.begins <= due_at < stop.ends for stop in stops)


@settings(max_examples=300)
@given(st.sampled_from(CALENDARS), limits(), MOMENTS)
def test_a_reminder_is_never_after_what_it_reminds_of(calendar, limit, moment) -> None:
    assert before(moment, limit, calendar) <= moment
