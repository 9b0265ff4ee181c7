"""A deadline and the sum behind it: everything stands in its basis, so that it can be counted again at any time."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from amends.calendars.counting import due, explain, outer_limit
from amends.calendars.explaining import Explanation
from amends.calendars.limits import Ends, Limit, Stop, read_limit, write_limit
from amends.calendars.loading import working_calendar
from amends.calendars.models import CalendarVersion
from amends.calendars.plans import Plan
from amends.calendars.plans import end_of_day as end_of_local_day
from amends.calendars.working_time import WorkingCalendar
from amends.complaints.models import Complaint, Deadline
from amends.framework.rules.parts import Clock, Suspension
from amends.framework.which_packs import PackClock, rules_of

#: A suspension whose end nobody knows is counted as if it went on for so many years.
UNKNOWN_END_YEARS = 5


def basis_of(found: PackClock, complaint: Complaint, event: str, zone: ZoneInfo) -> dict[str, Any]:
    """What a clock of a pack is counted from, before anything was paused or extended."""
    clock = found.clock
    rules = rules_of(found.pack)
    return {
        "pack": found.pack.pack,
        "pack_version": found.pack.version,
        "event": event,
        "limit": write_limit(clock.limit),
        "outer": write_limit(clock.outer) if clock.outer else None,
        "stops": [
            _written(stop)
            for suspension in rules.suspensions
            if (stop := _suspended(suspension, clock, complaint, zone)) is not None
        ],
        "extensions": [],
        "remind": [write_limit(limit) for limit in clock.remind],
        "update_before": write_limit(clock.update_before) if clock.update_before else None,
        "on_pass": clock.on_pass.value,
    }


def promised_basis(day: date, zone: str) -> dict[str, Any]:
    """What a day that was promised to the complainant is counted from: itself."""
    return {
        "promised": day.isoformat(),
        "zone": zone,
        "remind": [{"count": 3, "unit": "working_days"}, {"count": 1, "unit": "working_days"}],
        "on_pass": "overdue",
    }


class Countable(Protocol):
    """What a due moment is worked out from: a deadline, or what one would have been."""

    @property
    def starts_at(self) -> datetime:
        """When the clock starts."""

    @property
    def basis(self) -> Mapping[str, Any]:
        """Limit, stops and extensions, or the day that was promised."""

    @property
    def calendar(self) -> CalendarVersion:
        """With what it is counted."""


def plan_of(deadline: Countable) -> Plan | None:
    """The sum behind a deadline; None for a day that was promised."""
    basis = deadline.basis
    if "limit" not in basis:
        return None
    return Plan(
        start=deadline.starts_at,
        limit=read_limit(basis["limit"]),
        stops=tuple(_read(stop) for stop in basis["stops"]),
        extensions=tuple(_extension(each) for each in basis["extensions"]),
        outer=read_limit(basis["outer"]) if basis.get("outer") else None,
    )


def count(deadline: Countable) -> tuple[datetime, datetime | None]:
    """When a deadline is due, and what nothing may go beyond. A pure function of the row and its calendar."""
    calendar, plan = working_calendar(deadline.calendar), plan_of(deadline)
    if plan is None:
        return end_of_day(date.fromisoformat(deadline.basis["promised"]), calendar), None
    due_at, outer_at = due(plan, calendar), outer_limit(plan, calendar)
    if outer_at is not None and due_at > outer_at:
        due_at = outer_at
    return due_at, outer_at


def explanation_of(deadline: Deadline) -> Explanation | None:
    """The same sum, day by day; None for a day that was promised."""
    plan = plan_of(deadline)
    return None if plan is None else explain(plan, working_calendar(deadline.calendar))


def end_of_day(day: date, calendar: WorkingCalendar) -> datetime:
    """The last second of a local day, in UTC."""
    return end_of_local_day(day, Ends.MIDNIGHT, calendar)


def add_stop(deadline: Deadline, begins: datetime, ends: datetime, why: str) -> None:
    """Write down that the clock stands still for a time."""
    deadline.basis = {**deadline.basis, "stops": [*deadline.basis["stops"], _written(Stop(begins, ends, why))]}


def cut_stop(deadline: Deadline, began_at: datetime, why: str, ends: datetime) -> None:
    """Write down that a time of standing still ended sooner than it might have."""
    stops = [
        {**stop, "ends": ends.isoformat()}
        if stop["why"] == why and datetime.fromisoformat(stop["begins"]) == began_at
        else stop
        for stop in deadline.basis["stops"]
    ]
    deadline.basis = {**deadline.basis, "stops": stops}


def add_extension(deadline: Deadline, by: Limit | date) -> None:
    """Write down that more time was taken: so much, or until a day."""
    given = by.isoformat() if isinstance(by, date) else write_limit(by)
    deadline.basis = {**deadline.basis, "extensions": [*deadline.basis["extensions"], given]}


def _suspended(suspension: Suspension, clock: Clock, complaint: Complaint, zone: ZoneInfo) -> Stop | None:
    """The time for which a regulator stopped this clock for this complaint, if it did."""
    if clock.code not in suspension.clocks:
        return None
    about = {*complaint.tags, *([complaint.product.code] if complaint.product else [])}
    if suspension.products and not about & set(suspension.products):
        return None
    day = complaint.occurred_on
    if suspension.occurred_from and (day is None or day < suspension.occurred_from):
        return None
    if suspension.occurred_until and (day is None or day > suspension.occurred_until):
        return None
    until = suspension.until or suspension.begins.replace(year=suspension.begins.year + UNKNOWN_END_YEARS)
    return Stop(
        datetime.combine(suspension.begins, time(0, 0), zone).astimezone(UTC),
        datetime.combine(until + timedelta(days=1), time(0, 0), zone).astimezone(UTC),
        suspension.code,
    )


def _written(stop: Stop) -> dict[str, str]:
    return {"begins": stop.begins.isoformat(), "ends": stop.ends.isoformat(), "why": stop.why}


def _read(stop: dict[str, str]) -> Stop:
    return Stop(datetime.fromisoformat(stop["begins"]), datetime.fromisoformat(stop["ends"]), stop["why"])


def _extension(given: Any) -> Limit | date:
    return date.fromisoformat(given) if isinstance(given, str) else read_limit(given)
