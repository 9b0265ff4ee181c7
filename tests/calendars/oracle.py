"""A second counting, slow and naive, written from the definitions and not from the code.

It walks: over seconds to find what a local time means, over days to count days, over minutes to let hours run. From
Amends it takes the data that describe a puzzle and nothing that counts. Working times, and the stops of a puzzle in
which time is counted, begin and end on whole minutes.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from amends.calendars.limits import DayOff, Ends, LateArrival, Limit, Unit

SECOND, MINUTE, QUARTER = timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=15)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
JUST_BEFORE = timedelta(microseconds=1)
TEN_YEARS = 3660
DAYS_OF_THE_CALENDAR = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)


class NothingFound(Exception):
    """Not within ten years."""


@lru_cache(maxsize=1_000_000)
def moment_of(shown: datetime, zone) -> datetime:
    """The first moment at which the local clock shows this or more: walking there in ever smaller steps.

    Clocks change on whole quarters of an hour, so that the walk meets the first of two passes through the same time.
    """
    quarter = shown.replace(minute=shown.minute // 15 * 15, second=0)
    moment = quarter.replace(tzinfo=UTC) - 15 * HOUR
    while moment.astimezone(zone).replace(tzinfo=None) < quarter:
        moment += HOUR
    moment -= 4 * HOUR  # before any hour that comes twice
    for step, target in ((QUARTER, quarter), (MINUTE, shown.replace(second=0)), (SECOND, shown)):
        while moment.astimezone(zone).replace(tzinfo=None) < target:
            moment += step
    return moment


class Oracle:
    """One calendar and the stops of one clock."""

    def __init__(self, calendar, stops=()):
        self.zone, self.week, self.days, self.stops = calendar.zone, calendar.week, calendar.days, stops
        self.known_work = {}

    # What the definitions speak of

    def work(self, day: date) -> list[tuple[datetime, datetime]]:
        """The working times of a day as moments."""
        if day not in self.known_work:
            intervals = self.days[day].intervals if day in self.days else self.week.get(day.isoweekday(), ())
            self.known_work[day] = [
                (
                    moment_of(datetime.combine(day, begin), self.zone),
                    moment_of(datetime.combine(day + DAY if end == time(0) else day, end), self.zone),
                )
                for begin, end in intervals
            ]
        return self.known_work[day]

    def end(self, day: date, ends: Ends) -> datetime:
        if ends == "close" and self.work(day):
            return self.work(day)[-1][1]
        return moment_of(datetime.combine(day, time(23, 59, 59)), self.zone)

    def stands_still(self, moment: datetime) -> bool:
        return any(stop.begins <= moment and moment < stop.ends for stop in self.stops)

    def local_date(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    # Whole plans

    def due(self, plan) -> datetime:
        at, day = self.arrival(plan.start, plan.limit)
        at, day = self.after(plan.limit, at, day)
        for extension in plan.extensions:
            if isinstance(extension, Limit):
                at, day = self.after(extension, at, day)
            else:
                end = self.end(extension, plan.limit.ends)
                if end > at:
                    at, day = end, extension
        return at

    def outer(self, plan) -> datetime | None:
        if plan.outer is None:
            return None
        at, day = self.arrival(plan.start, plan.outer)
        return self.after(plan.outer, at, day)[0]

    def arrival(self, start: datetime, limit: Limit) -> tuple[datetime, date]:
        day = self.local_date(start)
        if limit.late_arrival == LateArrival.SAME_DAY:
            return start, day
        for _ in range(TEN_YEARS):
            if self.work(day):
                opening, close = self.work(day)[0][0], self.work(day)[-1][1]
                if start < opening:
                    return opening, day
                if start <= close:
                    return start, day
            day += DAY
        raise NothingFound

    def after(self, limit: Limit, at: datetime, day: date) -> tuple[datetime, date]:
        """Due moment and due day of one limit."""
        if limit.unit == Unit.HOURS:
            return self.run_down(limit.count * HOUR, at, day, lambda moment: True)
        if limit.unit == Unit.WORKING_HOURS:
            return self.run_down(limit.count * HOUR, at, day, self.is_working_time)
        if limit.count == 0:
            last = self.first_end(limit, at, day)
        elif limit.unit in (Unit.MONTHS, Unit.YEARS):
            last = self.same_number_later(limit, day)
        else:
            last = self.nth_day(limit, day)
        last = self.off_a_day_off(limit, at, day, last)
        return self.end(last, limit.ends), last

    # Days

    def first_end(self, limit: Limit, at: datetime, day: date) -> date:
        for _ in range(TEN_YEARS):
            end = self.end(day, limit.ends)
            if end >= at and not self.stands_still(end) and (self.work(day) or limit.unit != Unit.WORKING_DAYS):
                return day
            day += DAY
        raise NothingFound

    def nth_day(self, limit: Limit, day: date) -> date:
        n = limit.count * 7 if limit.unit == Unit.WEEKS else limit.count
        counted = 0
        for _ in range(n + TEN_YEARS):
            day += DAY
            if limit.unit == Unit.WORKING_DAYS and not self.work(day):
                continue
            if self.stands_still(self.end(day, limit.ends)):
                continue
            counted += 1
            if counted == n:
                return day
        raise NothingFound

    def same_number_later(self, limit: Limit, start: date) -> date:
        months = limit.count * 12 if limit.unit == Unit.YEARS else limit.count
        year, month = start.year, start.month
        for _ in range(months):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        number = start.day
        while True:
            try:
                planned = date(year, month, number)
                break
            except ValueError:
                number -= 1
        last = planned
        while True:
            stood, day = 0, start
            while day < last:
                day += DAY
                stood += self.stands_still(self.end(day, limit.ends))
            if last == planned + stood * DAY:
                return last
            last = planned + stood * DAY

    def off_a_day_off(self, limit: Limit, at: datetime, start_day: date, last: date) -> date:
        if limit.unit not in DAYS_OF_THE_CALENDAR or limit.day_off == DayOff.STAY or self.work(last):
            return last
        moved = last
        if limit.day_off == DayOff.NEXT_WORKING_DAY:
            while not self.work(moved) or self.stands_still(self.end(moved, limit.ends)):
                moved += DAY
            return moved
        while not self.work(moved):
            moved -= DAY
        end = self.end(moved, limit.ends)
        return last if moved < start_day or end < at or self.stands_still(end) else moved

    # Time

    def is_working_time(self, moment: datetime) -> bool:
        near = self.local_date(moment)
        return any(begins <= moment and moment < ends for day in (near - DAY, near) for begins, ends in self.work(day))

    def run_down(self, left: timedelta, at: datetime, day: date, is_counted) -> tuple[datetime, date]:
        if not left:
            return at, day
        moment = at
        while moment - at < TEN_YEARS * DAY:
            next_minute = moment.replace(second=0, microsecond=0) + MINUTE
            if is_counted(moment) and not self.stands_still(moment):
                if next_minute - moment >= left:
                    due = moment + left
                    return due, self.local_date(due - JUST_BEFORE)
                left -= next_minute - moment
            moment = next_minute
        raise NothingFound

    # Backwards

    def before(self, moment: datetime, limit: Limit) -> datetime:
        day = self.local_date(moment - JUST_BEFORE)
        if limit.unit == Unit.HOURS:
            return moment - limit.count * HOUR
        if limit.unit == Unit.WORKING_HOURS:
            return self.run_back(limit.count * HOUR, moment)
        if limit.unit == Unit.WORKING_DAYS:
            counted = 0 if limit.count else -1
            if limit.count == 0 and self.work(day):
                counted = 0
            while counted < limit.count:
                day -= DAY
                counted += bool(self.work(day))
            return min(self.work(day)[0][0], moment)
        if limit.unit in (Unit.DAYS, Unit.WEEKS):
            day -= limit.count * (7 if limit.unit == Unit.WEEKS else 1) * DAY
        else:
            number = day.day
            for _ in range(limit.count * (12 if limit.unit == Unit.YEARS else 1)):
                day = day.replace(day=1) - DAY
            while day.day > number:
                day -= DAY
        return min(moment_of(datetime.combine(day, time(0)), self.zone), moment)

    def run_back(self, left: timedelta, moment: datetime) -> datetime:
        while left:
            minute = (moment - JUST_BEFORE).replace(second=0, microsecond=0)
            if self.is_working_time(minute):
                if moment - minute >= left:
                    return moment - left
                left -= moment - minute
            moment = minute
        return moment
