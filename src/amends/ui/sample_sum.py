"""An invented deadline with everything that a sum can have, for the page that shows every component."""

from datetime import UTC, date, datetime, time
from types import MappingProxyType
from zoneinfo import ZoneInfo

from amends.calendars.counting import Plan, explain
from amends.calendars.limits import Limit, Stop, Unit
from amends.calendars.working_time import SpecialDay, Why, WorkingCalendar
from amends.ui.explaining import About, Explained, Register, explained

_CALENDAR = WorkingCalendar(
    zone=ZoneInfo("UTC"),
    week=dict.fromkeys(range(1, 6), ((time(9), time(17)),)),
    days=MappingProxyType(
        {
            date(2026, 12, 24): SpecialDay((), Why.HOLIDAY, {"en": "Midwinter Eve"}),
            date(2026, 12, 25): SpecialDay((), Why.HOLIDAY, {"en": "Midwinter Day"}),
            date(2026, 12, 31): SpecialDay((), Why.CLOSURE, {"en": "Stocktaking"}),
        }
    ),
)


def sample_sum() -> Explained:
    """Ten working days over a holiday, a week of waiting, and two days more."""
    start, stopped = datetime(2026, 12, 8, 10, tzinfo=UTC), datetime(2026, 12, 15, 12, tzinfo=UTC)
    stop = Stop(stopped, datetime(2026, 12, 18, 9, tzinfo=UTC), "waiting_for_complainant")
    plan = Plan(start, Limit(10, Unit.WORKING_DAYS), (stop,), (Limit(2, Unit.WORKING_DAYS),))
    counted = explain(plan, _CALENDAR)
    about = About("received", counted.due_at, reasons=("The laboratory has the sample until the new year.",))
    return explained(counted, about, Register.STAFF)
