"""Calendars and moments as tests write them down."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from amends.calendars.working_time import WorkingCalendar, read_calendar

TALLINN = ZoneInfo("Europe/Tallinn")
LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("1", "2", "3", "4", "5")


def calendar(
    zone: ZoneInfo = TALLINN, *, hours: str = "09:00-17:00", weekdays=WEEKDAYS, **days: str
) -> WorkingCalendar:
    """Working times such as "09:00-12:30 13:00-17:00"; days such as d2026_12_24="holiday" or "half_day 09:00-14:00"."""
    return read_calendar(
        {
            "code": "test",
            "version": 3,
            "week": dict.fromkeys(weekdays, _pairs(hours.split())),
            "days": {
                name[1:].replace("_", "-"): {
                    "why": told.split()[0],
                    "intervals": _pairs(told.split()[1:]),
                    "name": {"en": f"The {told.split()[0]}"},
                }
                for name, told in days.items()
            },
        },
        zone,
    )


def _pairs(intervals: list[str]) -> list[list[str]]:
    return [interval.split("-") for interval in intervals]


def at(told: str, zone: ZoneInfo = TALLINN) -> datetime:
    """A moment by the local clock, in UTC: 2026-03-02 10:00."""
    return datetime.fromisoformat(told).replace(tzinfo=zone).astimezone(UTC)


def utc(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=UTC)


def day(told: str) -> date:
    return date.fromisoformat(told)
