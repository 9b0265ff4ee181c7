"""Counting many clocks: the one sum of `complaints.counting`, made once for all that come to the same."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from amends.calendars.limits import COUNTED_IN_TIME, DayOff, LateArrival
from amends.calendars.loading import working_calendar
from amends.calendars.models import CalendarVersion
from amends.complaints.counting import count

#: So many sums are remembered; a question over decades of complaints needs some ten thousand.
REMEMBERED = 100_000

Counted = tuple[datetime, datetime | None]


class Formula:
    """What a due moment is worked out from, but for the start and the calendar: the basis of a deadline.

    `key` is the same for formulas that always come to the same; None where hardly another one would.
    """

    __slots__ = ("basis", "key", "looks_at_the_hour")

    def __init__(self, basis: Mapping[str, Any]) -> None:
        self.basis = basis
        limit, outer = basis.get("limit"), basis.get("outer")
        self.key: tuple[object, ...] | None = None
        self.looks_at_the_hour = limit is None or _looks_at_the_hour(limit) or (outer and _looks_at_the_hour(outer))
        if limit is not None and not basis["stops"]:
            extensions = basis["extensions"]
            self.key = (
                tuple(limit.items()),
                tuple(outer.items()) if outer else None,
                repr(extensions) if extensions else "",
            )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Formula) and self.basis == other.basis

    __hash__ = None  # type: ignore[assignment]

    def changed(self, **parts: Any) -> "Formula":
        """The same with other parts."""
        return Formula({**self.basis, **parts})


class Terms(NamedTuple):
    """All that a due moment is worked out from."""

    starts_at: datetime
    formula: Formula
    calendar: CalendarVersion

    @property
    def basis(self) -> Mapping[str, Any]:
        """As a deadline has it."""
        return self.formula.basis

    def changed(self, **parts: Any) -> "Terms":
        """The same with other parts of the basis."""
        return self._replace(formula=self.formula.changed(**parts))


class Sums:
    """Due moments by their terms. Nothing is counted in another way than for a deadline itself."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[object, ...]], dict[date, Counted]] = {}
        self._zones: dict[str, ZoneInfo] = {}
        self._size = 0

    def count(self, terms: Terms) -> Counted:
        """When it is due, and what nothing may go beyond. Raises NoWorkingTimeError."""
        starts_at, formula, calendar = terms
        if formula.key is None:
            return count(terms)
        digest = calendar.digest
        starts = self._known.get((digest, formula.key))
        if starts is None:
            self._zones[digest] = working_calendar(calendar).zone
            starts = self._known[digest, formula.key] = {}
        # The start day is never counted, whatever the hour: complaints of one day come to the same.
        start = starts_at if formula.looks_at_the_hour else starts_at.astimezone(self._zones[digest]).date()
        found = starts.get(start)
        if found is None:
            if self._size >= REMEMBERED:
                self._known.clear()
                self._size = 0
            found = starts[start] = count(terms)
            self._size += 1
        return found


def _looks_at_the_hour(limit: Mapping[str, Any]) -> bool:
    """Whether more than the day of the start decides: hours, none at all, late arrivals, moving back from a day off."""
    return (
        limit["count"] == 0
        or limit["unit"] in COUNTED_IN_TIME
        or limit.get("day_off") == DayOff.PREVIOUS_WORKING_DAY
        or limit.get("late_arrival", LateArrival.SAME_DAY) != LateArrival.SAME_DAY
    )
