"""Sums that are remembered are sums that would be counted."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.calendars.making import calendar_document
from amends.calendars.models import Calendar, CalendarVersion
from amends.complaints.counting import count
from amends.complaints.models import Deadline
from amends.complaints.what_if.sums import Formula, Sums, Terms
from amends.kit.canonical import digest

ENDS = st.sampled_from(["close", "midnight"])
LIMITS = st.one_of(
    st.fixed_dictionaries({"count": st.integers(0, 40), "unit": st.just("working_days")}, optional={"ends": ENDS}),
    st.fixed_dictionaries(
        {"count": st.integers(0, 20), "unit": st.sampled_from(["days", "weeks", "months"])},
        optional={
            "day_off": st.sampled_from(["next_working_day", "previous_working_day"]),
            "late_arrival": st.just("next_working_day"),
        },
    ),
    st.fixed_dictionaries({"count": st.integers(0, 90), "unit": st.sampled_from(["hours", "working_hours"])}),
)
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)).map(lambda moment: moment.replace(tzinfo=UTC))
BASES = st.fixed_dictionaries(
    {
        "limit": LIMITS,
        "outer": st.none() | LIMITS,
        "stops": st.just([]),
        "extensions": st.lists(LIMITS | st.dates(date(2025, 6, 1), date(2027, 1, 1)).map(date.isoformat), max_size=2),
    }
)


@pytest.mark.engineless
@settings(max_examples=150, deadline=None)
@given(data=st.data(), bases=st.lists(BASES, min_size=1, max_size=3))
def test_what_is_remembered_is_what_would_be_counted(data, bases):
    """Starts of one day share a sum only where each of them comes to it."""
    document = calendar_document(zone="Europe/Tallinn", this_year=2026, country="EE")
    calendar = CalendarVersion(document=document, digest=digest(document), calendar=Calendar(code="ee"), number=1)
    sums = Sums()
    for moment in data.draw(st.lists(MOMENTS, min_size=1, max_size=3)):
        for hour in data.draw(st.lists(st.integers(0, 23), min_size=2, max_size=4)):
            for basis in bases:
                starts_at = moment.replace(hour=hour)
                terms = Terms(starts_at, Formula(basis), calendar)
                assert sums.count(terms) == count(Deadline(starts_at=starts_at, basis=basis, calendar=calendar))
