"""When a clock is due. This page is the definition that an auditor checks; nothing else in Amends counts deadlines.

**Moments.** Everything is counted on the local days of the calendar's zone. A local time stands for the first moment at
which the local clock shows that time or a later one: a time skipped by summer time is the moment the clock goes
forward, a time that comes twice is the first of both.

**Start.** The day on which a clock starts is never counted. Where the limit says that late arrivals count as come in on
the next working day, what starts outside the time from opening to close of a working day starts at the next opening.

**End of a day.** The close of work or 23:59:59, as the limit says; 23:59:59 on a day without work.

**Stops.** A clock stands still from the beginning of a stop up to, but not including, its end. A day at whose end the
clock stands still is not counted, so a limit in days never ends within a stop.

**Working days.** Due at the end of the n-th counted working day after the start day.

**Days, weeks, months, years.** The last day is the day n or 7 × n days after the start day, or the day with the same
number n or 12 × n months later; where that month is too short, its last day. Each day after the start day, up to the
last day, at whose end the clock stands still moves the last day on by one. If the last day is a day off, the limit says
whether the clock is due at the end of it nevertheless, of the next working day at whose end it runs, or of the working
day before; not of that one if it lies before the start day, or its end before the start or within a stop.

**Hours and working hours.** Due as soon as the clock has run for so many hours: all hours that pass, or those within
working times. What is used up just when work ends, or just when a stop begins, is due at that moment.

**None at all.** 0 hours are due at the start; 0 of any other unit at the first end of a day (of a working day, for
working days) that is not before the start and at which the clock runs.

**Extensions** follow one another. A limit counts on from the due moment before it, whose day is the start day; midnight
belongs to the day that ends. A date means the end of that day, as the plan's limit ends, whether or not the clock
stands still then, and takes nothing away from what was granted before.

**The outer limit** is counted from the start with the same stops. It cuts nothing off here: who extends compares.

What does not come within ten years, because nobody works or the clock stands still, raises NoWorkingTimeError.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from amends.calendars.explaining import Explanation, Run
from amends.calendars.limits import COUNTED_IN_TIME, DayOff, Ends, LateArrival, Limit, Stop, Unit
from amends.calendars.plans import Phase, Plan, Span, end_of_day, stop_at
from amends.calendars.steps import View, days_given_up, days_of, moved
from amends.calendars.working_time import (
    DAY,
    FARTHEST,
    MIDNIGHT,
    SMALLEST,
    Interval,
    NoWorkingTimeError,
    WorkingCalendar,
    first_moment,
    in_utc,
    local_close,
    local_day,
    working_days_between,
)

__all__ = [
    "Limit",
    "NoWorkingTimeError",
    "Plan",
    "Stop",
    "before",
    "due",
    "explain",
    "outer_limit",
    "phases",
    "working_days_between",
    "working_seconds_between",
]

WHOLE_DAY: tuple[Interval, ...] = ((MIDNIGHT, MIDNIGHT),)


def due(plan: Plan, calendar: WorkingCalendar) -> datetime:
    """When the clock is due, in UTC. Raises NoWorkingTimeError."""
    return phases(plan, calendar)[-1].due_at


def explain(plan: Plan, calendar: WorkingCalendar) -> Explanation:
    """The same sum, with every day from the start to the due day. Raises NoWorkingTimeError."""
    found = phases(plan, calendar)
    view = View(calendar, plan.stops)
    last = found[-1]
    return Explanation(
        plan=plan,
        calendar_code=calendar.code,
        calendar_version=calendar.version,
        zone=calendar.zone,
        start_day=local_day(plan.start, calendar),
        days=days_of(plan.start, found, _runs(found, plan, calendar), view),
        given_up=days_given_up(found, view),
        phases=tuple(found),
        moved=moved(last, plan.limit.ends, calendar),
        due_at=last.due_at,
        outer_at=outer_limit(plan, calendar),
        known_until_passed=calendar.known_until is not None and last.due_day > calendar.known_until,
    )


def _runs(found: Sequence[Phase], plan: Plan, calendar: WorkingCalendar) -> dict[date, list[Run]]:
    """The time that counts on each day, of the phases that count time."""
    runs: dict[date, list[Run]] = {}
    for number, phase in enumerate(found):
        if not isinstance(phase.rule, Limit) or phase.rule.unit not in COUNTED_IN_TIME or phase.start == phase.due_at:
            continue
        for span in running_time(phase.rule.unit, phase.start, phase.start_day, plan.stops, calendar):
            runs.setdefault(span.day, []).append(Run(number, span.begins, min(span.ends, phase.due_at)))
            if span.ends >= phase.due_at:
                break
    return runs


def outer_limit(plan: Plan, calendar: WorkingCalendar) -> datetime | None:
    """Beyond which moment, in UTC, nothing may be extended; None where the plan has no such limit."""
    if plan.outer is None:
        return None
    return due(Plan(plan.start, plan.outer, plan.stops), calendar)


def phases(plan: Plan, calendar: WorkingCalendar) -> list[Phase]:
    """The limit and each extension, counted one after the other. Raises NoWorkingTimeError."""
    start, day = _arrival(plan.start, plan.limit, calendar)
    found = [_counted(plan.limit, start, day, plan.stops, calendar)]
    for extension in plan.extensions:
        start, day = found[-1].due_at, found[-1].due_day
        if isinstance(extension, Limit):
            found.append(_counted(extension, start, day, plan.stops, calendar))
        else:
            end = end_of_day(extension, plan.limit.ends, calendar)
            last, due_at = (extension, end) if end > start else (day, start)
            found.append(Phase(extension, start, day, last, last, due_at))
    return found


def _arrival(start: datetime, limit: Limit, calendar: WorkingCalendar) -> tuple[datetime, date]:
    """From when a clock counts, and on which day that is."""
    day = local_day(start, calendar)
    if limit.late_arrival is LateArrival.SAME_DAY:
        return start, day
    day = next(day for day in calendar.working_days(day) if start <= calendar.close(day))
    return max(start, calendar.opening(day)), day


def _counted(limit: Limit, start: datetime, day: date, stops: Sequence[Stop], calendar: WorkingCalendar) -> Phase:
    if limit.unit in COUNTED_IN_TIME:
        due_at, due_day = _used_up(limit, start, day, stops, calendar)
        return Phase(limit, start, day, due_day, due_day, due_at)
    first = day + DAY
    if limit.count == 0 and end_of_day(day, limit.ends, calendar) >= start:
        first = day
    if limit.unit is Unit.WORKING_DAYS:
        last = due_day = _nth(_days_that_count(first, limit.ends, stops, calendar), limit.count or 1)
    else:
        planned = later(day, limit.count, limit.unit) if limit.count else first
        last = _moved_on(first, planned, limit.ends, stops, calendar)
        due_day = _off_a_day_off(limit, start, day, last, stops, calendar)
    return Phase(limit, start, day, last, due_day, end_of_day(due_day, limit.ends, calendar))


def _nth(days: Iterator[date], count: int) -> date:
    return next(islice(days, count - 1, None))


def _days_that_count(first: date, ends: Ends, stops: Sequence[Stop], calendar: WorkingCalendar) -> Iterator[date]:
    """The working days from `first` on at whose end the clock runs."""
    for day in calendar.working_days(first):
        if not stops or not stop_at(end_of_day(day, ends, calendar), stops):
            yield day


def later(day: date, count: int, unit: Unit) -> date:
    """The day so many days, weeks, months or years later; the last of its month where the month is too short."""
    if unit is Unit.DAYS:
        return day + timedelta(days=count)
    if unit is Unit.WEEKS:
        return day + timedelta(weeks=count)
    months = day.year * 12 + day.month - 1 + (count if unit is Unit.MONTHS else 12 * count)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _moved_on(first: date, planned: date, ends: Ends, stops: Sequence[Stop], calendar: WorkingCalendar) -> date:
    """The last day, when each day from `first` on at whose end the clock stands still gives one more."""
    day, last = first, planned
    while stops and day <= last:
        if stop_at(end_of_day(day, ends, calendar), stops):
            last += DAY
            if (last - planned).days > FARTHEST:
                raise NoWorkingTimeError(f"the clock stands still for ten years after {planned}")
        day += DAY
    return last


def _off_a_day_off(
    limit: Limit, start: datetime, day: date, last: date, stops: Sequence[Stop], calendar: WorkingCalendar
) -> date:
    """The due day where the last day would be a day off."""
    if limit.day_off is DayOff.STAY or calendar.is_working_day(last):
        return last
    if limit.day_off is DayOff.NEXT_WORKING_DAY:
        return next(_days_that_count(last, limit.ends, stops, calendar))
    back = next(calendar.working_days(last, -DAY))
    end = end_of_day(back, limit.ends, calendar)
    return last if back < day or end < start or stop_at(end, stops) else back


def _used_up(
    limit: Limit, start: datetime, day: date, stops: Sequence[Stop], calendar: WorkingCalendar
) -> tuple[datetime, date]:
    """When so many hours have run since `start`, and on which day."""
    left = timedelta(hours=limit.count)
    if not left:
        return start, day
    for span in running_time(limit.unit, start, day, stops, calendar):
        if span.ends - span.begins >= left:
            return span.begins + left, span.day
        left -= span.ends - span.begins
    raise NoWorkingTimeError(f"{limit.count} {limit.unit} do not pass within ten years of {start}")


def running_time(
    unit: Unit, start: datetime, day: date, stops: Sequence[Stop], calendar: WorkingCalendar
) -> Iterator[Span]:
    """The time in which the clock runs from `start` on, in order; `stops` in order of their beginning."""
    for number in range(FARTHEST):
        for span in _time_of(day + timedelta(days=number), unit, calendar):
            begins = max(span.begins, start)
            for stop in stops:
                if stop.begins < span.ends and stop.ends > begins:
                    if stop.begins > begins:
                        yield Span(span.day, begins, stop.begins)
                    begins = stop.ends
            if begins < span.ends:
                yield Span(span.day, begins, span.ends)


def _time_of(day: date, unit: Unit, calendar: WorkingCalendar) -> Iterator[Span]:
    """A whole day, or its working times. Where a clock goes forward less time passes, and where it goes back more."""
    for begins, ends in WHOLE_DAY if unit is Unit.HOURS else calendar.intervals_on(day):
        first = first_moment(datetime.combine(day, begins), calendar.zone)
        yield Span(day, first, first_moment(local_close(day, ends), calendar.zone))


def before(moment: datetime, limit: Limit, calendar: WorkingCalendar) -> datetime:
    """So much before a moment, in UTC and never after it: when to remind.

    Hours and working hours are counted back; working days go back to the opening of the n-th working day before, other
    units to 00:00 of the day. A moment at midnight belongs to the day that ends. Raises NoWorkingTimeError.
    """
    moment = in_utc(moment)
    day = local_day(moment - SMALLEST, calendar)
    if limit.unit is Unit.HOURS:
        return moment - timedelta(hours=limit.count)
    if limit.unit is Unit.WORKING_HOURS:
        return _worked_back(moment, day, timedelta(hours=limit.count), calendar)
    if limit.unit is Unit.WORKING_DAYS:
        back = calendar.working_days(day - DAY if limit.count else day, -DAY)
        found = calendar.opening(_nth(back, limit.count or 1))
    else:
        found = first_moment(datetime.combine(later(day, -limit.count, limit.unit), MIDNIGHT), calendar.zone)
    return min(found, moment)


def _worked_back(moment: datetime, day: date, left: timedelta, calendar: WorkingCalendar) -> datetime:
    if not left:
        return moment
    for number in range(FARTHEST):
        for span in reversed(list(_time_of(day - timedelta(days=number), Unit.WORKING_HOURS, calendar))):
            ends = min(span.ends, moment)
            if ends - span.begins >= left:
                return ends - left
            left -= max(ends - span.begins, timedelta(0))
    raise NoWorkingTimeError(f"so many working hours do not fit into the ten years before {moment}")


def working_seconds_between(begins: datetime, ends: datetime, calendar: WorkingCalendar) -> int:
    """How many whole seconds of working time lie between two moments; negative when `ends` is earlier."""
    begins, ends = in_utc(begins), in_utc(ends)
    if ends < begins:
        return -working_seconds_between(ends, begins, calendar)
    worked, day, last = timedelta(0), local_day(begins, calendar), local_day(ends, calendar)
    while day <= last:
        for span in _time_of(day, Unit.WORKING_HOURS, calendar):
            worked += max(min(span.ends, ends) - max(span.begins, begins), timedelta(0))
        day += DAY
    return worked // timedelta(seconds=1)
