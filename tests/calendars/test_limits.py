"""Limits as data: read, written, and refused with what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.calendars.limits import (
    COUNTED_IN_TIME,
    MOST,
    DayOff,
    Ends,
    LateArrival,
    Limit,
    LimitError,
    Stop,
    Unit,
    read_limit,
    write_limit,
)
from tests.calendars.cases import at

pytestmark = pytest.mark.engineless


@pytest.mark.parametrize(
    ("unit", "ends"),
    [
        (Unit.HOURS, Ends.MOMENT),
        (Unit.WORKING_HOURS, Ends.MOMENT),
        (Unit.WORKING_DAYS, Ends.CLOSE),
        (Unit.DAYS, Ends.MIDNIGHT),
        (Unit.YEARS, Ends.MIDNIGHT),
    ],
)
def test_each_unit_ends_as_is_usual_for_it(unit: Unit, ends: Ends) -> None:
    assert Limit(3, unit).ends is ends
    assert Limit(3, unit) == Limit(3, unit, ends=ends)


def test_what_is_usual_is_not_written() -> None:
    assert write_limit(Limit(15, Unit.WORKING_DAYS)) == {"count": 15, "unit": "working_days"}
    assert write_limit(Limit(8, Unit.WEEKS, Ends.CLOSE, DayOff.NEXT_WORKING_DAY, LateArrival.NEXT_WORKING_DAY)) == {
        "count": 8,
        "unit": "weeks",
        "ends": "close",
        "day_off": "next_working_day",
        "late_arrival": "next_working_day",
    }


@st.composite
def limits(draw) -> Limit:
    unit = draw(st.sampled_from(list(Unit)))
    in_time = unit in COUNTED_IN_TIME
    return Limit(
        draw(st.integers(0, MOST[unit])),
        unit,
        ends=None if in_time else draw(st.sampled_from([None, Ends.CLOSE, Ends.MIDNIGHT])),
        day_off=DayOff.STAY if in_time or unit is Unit.WORKING_DAYS else draw(st.sampled_from(list(DayOff))),
        late_arrival=draw(st.sampled_from(list(LateArrival))),
    )


@given(limits())
def test_what_is_written_is_read_again(limit: Limit) -> None:
    assert read_limit(write_limit(limit)) == limit


@pytest.mark.parametrize(
    ("document", "word"),
    [
        (None, "count and a unit"),
        ([15, "days"], "count and a unit"),
        ({"unit": "days"}, "how many"),
        ({"count": "15", "unit": "days"}, "how many"),
        ({"count": True, "unit": "days"}, "how many"),
        ({"count": -1, "unit": "days"}, "36500"),
        ({"count": 40_000, "unit": "days"}, "36500"),
        ({"count": 15}, "working_hours"),
        ({"count": 15, "unit": "fortnights"}, "working_hours"),
        ({"count": 15, "unit": ["days"]}, "working_hours"),
        ({"count": 15, "unit": "days", "end": "close"}, "“end”"),
        ({"count": 15, "unit": "days", "ends": "moment"}, "Hours end"),
        ({"count": 15, "unit": "hours", "ends": "close"}, "Hours end"),
        ({"count": 15, "unit": "days", "ends": None}, "“ends”"),
        ({"count": 15, "unit": "working_days", "day_off": "next_working_day"}, "day off"),
        ({"count": 15, "unit": "hours", "day_off": "next_working_day"}, "day off"),
        ({"count": 15, "unit": "days", "late_arrival": "never"}, "same_day"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_what_to_do(document, word) -> None:
    with pytest.raises(LimitError, match=word):
        read_limit(document)


def test_a_stop_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Stop(at("2026-03-02 10:00"), at("2026-03-02 09:59"))
    assert Stop(at("2026-03-02 10:00"), at("2026-03-02 10:00")).why == ""
