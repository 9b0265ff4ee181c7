"""Counting a due moment again from nothing but the rows of its explanation, in the plainest way.

It shares no arithmetic with `counting`, so that an explanation that adds up says something about the date.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from amends.calendars.limits import DayOff, Ends, LateArrival, Limit, Unit
from amends.calendars.plans import Plan
from amends.calendars.working_time import Interval

ONE_DAY = timedelta(days=1)


class Row(Protocol):
    """What a row says about its day."""

    @property
    def day(self) -> date: ...
    @property
    def phase(self) -> int: ...
    @property
    def counted(self) -> int | None: ...
    @property
    def work(self) -> Sequence[Interval]: ...
    @property
    def seconds(self) -> int | None: ...


class DoesNotAddUpError(Exception):
    """A row says something else than counting again gives."""


def recount(plan: Plan, zone: ZoneInfo, rows: Sequence[Row], given_up: Sequence[Row]) -> list[datetime]:
    """The due moments of the limit and of each extension. Raises DoesNotAddUpError."""
    return list(_Recount(plan, zone, rows, given_up).due_moments())


class _Recount:
    def __init__(self, plan: Plan, zone: ZoneInfo, rows: Sequence[Row], given_up: Sequence[Row]) -> None:
        self.plan, self.zone, self.rows, self.given_up = plan, zone, rows, given_up
        #: What the rows have to say: running numbers by row, and time by day.
        self.numbers: dict[int, int] = {}
        self.time = dict.fromkeys((row.day for row in rows), timedelta(0))

    def due_moments(self) -> Iterator[datetime]:
        """One after the other, each from the rows of its phase."""
        _expect(bool(self.rows) and self.rows[0].day == self.plan.start.astimezone(self.zone).date())
        _expect(all(second.day - first.day == ONE_DAY for first, second in pairwise(self.rows)))
        _expect(all(first.phase <= second.phase for first, second in pairwise(self.rows)))
        at, start = self._arrival()
        _expect(start.phase == 0)
        for phase, rule in enumerate((self.plan.limit, *self.plan.extensions)):
            own = [row for row in self.rows if row.phase == phase and row.day > start.day]
            if not isinstance(rule, Limit):
                at = self._granted(rule, at, start, own)
            elif rule.unit in (Unit.HOURS, Unit.WORKING_HOURS):
                at = self._run_down(rule, at, [start, *own])
            else:
                at = self._days(rule, at, start, own, [row for row in self.given_up if row.phase == phase])
            start = own[-1] if own else start
            yield at
        _expect(start is self.rows[-1])
        _expect(all(row.counted == self.numbers.get(id(row)) for row in (*self.rows, *self.given_up)))
        _expect(all((row.seconds or 0) == self.time[row.day] // timedelta(seconds=1) for row in self.rows))

    def _arrival(self) -> tuple[datetime, Row]:
        """From when the limit counts, and the row of that day."""
        at = self.plan.start
        if self.plan.limit.late_arrival is LateArrival.SAME_DAY:
            return at, self.rows[0]
        for row in self.rows:
            if row.work and at <= self._end(row, Ends.CLOSE):
                return max(at, self._moment(row.day, row.work[0][0])), row
        raise DoesNotAddUpError

    def _days(self, limit: Limit, at: datetime, start: Row, own: Sequence[Row], given_up: Sequence[Row]) -> datetime:
        """Number the rows that count until there are enough, and end there or on the working day that was chosen."""

        def counts(row: Row) -> bool:
            return bool(row.work or limit.unit is not Unit.WORKING_DAYS) and self._is_running(
                self._end(row, limit.ends)
            )

        if limit.count:
            enough = (
                (_planned(start.day, limit) - start.day).days if limit.unit is not Unit.WORKING_DAYS else limit.count
            )
        else:
            enough = 0 if counts(start) and self._end(start, limit.ends) >= at else 1
        number, last, seen = 0, start, [start]
        rest = [*own, *given_up]
        while rest and number < enough:
            last = rest.pop(0)
            seen.append(last)
            if counts(last):
                number += 1
                self.numbers[id(last)] = number
        _expect(number == enough)
        chosen = self._chosen(limit, at, last, rest, seen)
        _expect(chosen is (own[-1] if own else start))
        return self._end(chosen, limit.ends)

    def _chosen(self, limit: Limit, at: datetime, last: Row, rest: Sequence[Row], seen: Sequence[Row]) -> Row:
        """The row of the due day: the last one, or the working day that stands for it when it is a day off."""
        if limit.day_off is DayOff.STAY or last.work:
            return last
        if limit.day_off is DayOff.NEXT_WORKING_DAY:
            worked = (row for row in rest if row.work and self._is_running(self._end(row, limit.ends)))
        else:
            worked = (row for row in reversed(seen) if row.work)
        chosen = next(worked, last)
        end = self._end(chosen, limit.ends)
        return chosen if end >= at and self._is_running(end) else last

    def _run_down(self, limit: Limit, at: datetime, rows: Sequence[Row]) -> datetime:
        """Take all time after `at` in which the clock runs off the hours, piece by piece, until none is left."""
        left = timedelta(hours=limit.count)
        if not left:
            _expect(len(rows) == 1)
            return at
        for row in rows:
            for begins, ends in [(time(0), time(0))] if limit.unit is Unit.HOURS else row.work:
                for first, second in self._pieces(self._moment(row.day, begins), self._until(row.day, ends), at):
                    taken = min(second - first, left)
                    self.time[row.day] += taken
                    left -= taken
                    if not left:
                        _expect(row is rows[-1])
                        return first + taken
        raise DoesNotAddUpError

    def _pieces(self, begins: datetime, ends: datetime, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The pieces after `at`, cut wherever a stop begins or ends, in which the clock runs."""
        cuts = {begins, ends, at, *(edge for stop in self.plan.stops for edge in (stop.begins, stop.ends))}
        for first, second in pairwise(sorted(cut for cut in cuts if begins <= cut <= ends)):
            if first >= at and self._is_running(first):
                yield first, second

    def _granted(self, day: date, at: datetime, start: Row, own: Sequence[Row]) -> datetime:
        """The end of the day that was granted, unless more was granted before."""
        named = next((row for row in (start, *own) if row.day == day), None)
        end = at if named is None else max(at, self._end(named, self.plan.limit.ends))
        _expect(named is own[-1] if own else day <= start.day)
        return end

    def _is_running(self, moment: datetime) -> bool:
        return not any(stop.begins <= moment < stop.ends for stop in self.plan.stops)

    def _end(self, row: Row, ends: Ends) -> datetime:
        if ends is Ends.CLOSE and row.work:
            return self._until(row.day, row.work[-1][1])
        return self._moment(row.day, time(23, 59, 59))

    def _until(self, day: date, clock: time) -> datetime:
        return self._moment(day + ONE_DAY, clock) if clock == time(0) else self._moment(day, clock)

    def _moment(self, day: date, clock: time) -> datetime:
        """The first moment at which the local clock shows this or more: walking back from after a gap."""
        moment = datetime.combine(day, clock, self.zone).astimezone(UTC)
        while (shown := moment.astimezone(self.zone).replace(tzinfo=None)) > datetime.combine(day, clock):
            earlier = moment - timedelta(seconds=shown.second or 60)
            if earlier.astimezone(self.zone).replace(tzinfo=None) < datetime.combine(day, clock):
                return moment
            moment = earlier
        return moment


def _planned(day: date, limit: Limit) -> date:
    """The day so much later, by writing the date down and going back while the month has no such day."""
    if limit.unit in (Unit.DAYS, Unit.WEEKS):
        return day + limit.count * (ONE_DAY if limit.unit is Unit.DAYS else 7 * ONE_DAY)
    months = limit.count * (12 if limit.unit is Unit.YEARS else 1)
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    for number in range(day.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, min(day.day, 28))


def _expect(true: bool) -> None:
    if not true:
        raise DoesNotAddUpError
