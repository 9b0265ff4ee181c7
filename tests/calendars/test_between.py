"""Counting back from a moment, for reminders, and what lies between two."""

import pytest

from amends.calendars.counting import before, working_days_between, working_seconds_between
from amends.calendars.limits import Limit, Unit
from tests.calendars.cases import at, calendar, day

pytestmark = pytest.mark.engineless

PLAIN = calendar()
LUNCH = calendar(hours="09:00-12:30 13:00-17:00")
NIGHT = calendar(hours="00:00-06:00 22:00-24:00")


@pytest.mark.parametrize(
    ("moment", "limit", "then"),
    [
        ("2026-03-10 17:00", Limit(1, Unit.WORKING_DAYS), "2026-03-09 09:00"),
        ("2026-03-10 17:00", Limit(2, Unit.WORKING_DAYS), "2026-03-06 09:00"),
        ("2026-03-08 12:00", Limit(1, Unit.WORKING_DAYS), "2026-03-06 09:00"),
        ("2026-03-10 17:00", Limit(0, Unit.WORKING_DAYS), "2026-03-10 09:00"),
        ("2026-03-10 08:00", Limit(0, Unit.WORKING_DAYS), "2026-03-10 08:00"),
        ("2026-03-10 23:59:59", Limit(3, Unit.DAYS), "2026-03-07 00:00"),
        ("2026-03-11 00:00", Limit(3, Unit.DAYS), "2026-03-07 00:00"),
        ("2026-03-10 23:59:59", Limit(2, Unit.WEEKS), "2026-02-24 00:00"),
        ("2026-03-31 23:59:59", Limit(1, Unit.MONTHS), "2026-02-28 00:00"),
        ("2028-02-29 23:59:59", Limit(1, Unit.YEARS), "2027-02-28 00:00"),
        ("2026-03-29 13:00", Limit(24, Unit.HOURS), "2026-03-28 12:00"),
        ("2026-03-09 10:00", Limit(2, Unit.WORKING_HOURS), "2026-03-06 16:00"),
        ("2026-03-09 10:00", Limit(1, Unit.WORKING_HOURS), "2026-03-09 09:00"),
        ("2026-03-09 10:00", Limit(0, Unit.WORKING_HOURS), "2026-03-09 10:00"),
    ],
)
def test_so_much_before_a_moment(moment: str, limit: Limit, then: str) -> None:
    assert before(at(moment), limit, PLAIN) == at(then)


def test_working_days_between_count_the_last_and_not_the_first() -> None:
    assert working_days_between(day("2026-03-02"), day("2026-03-09"), PLAIN) == 5
    assert working_days_between(day("2026-03-09"), day("2026-03-02"), PLAIN) == -5


def test_working_seconds_between_leave_out_nights_and_lunch() -> None:
    assert working_seconds_between(at("2026-03-06 12:00"), at("2026-03-09 09:10"), LUNCH) == (4.5 * 60 + 10) * 60
    assert working_seconds_between(at("2026-03-09 09:10"), at("2026-03-06 12:00"), LUNCH) == -(4.5 * 60 + 10) * 60
    assert working_seconds_between(at("2026-03-02 23:00"), at("2026-03-03 01:00"), NIGHT) == 7200
