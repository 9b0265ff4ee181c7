"""Laying a counted plan out, one step for each local day."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from amends.calendars.explaining import DayStep, Reason, Run
from amends.calendars.limits import COUNTED_IN_TIME, Ends, Limit, Stop, Unit
from amends.calendars.plans import Phase, end_of_day, local_end, stop_at
from amends.calendars.working_time import DAY, MIDNIGHT, SMALLEST, Why, WorkingCalendar, first_moment, local_day

Runs = Mapping[date, Sequence[Run]]

ON_WORKING_DAYS = frozenset({Unit.WORKING_DAYS, Unit.WORKING_HOURS})


class View(NamedTuple):
    """On what the days are looked at."""

    calendar: WorkingCalendar
    stops: Sequence[Stop]


class Judged(NamedTuple):
    """What a day is to a phase."""

    why: Reason
    counts: bool = False
    name: Mapping[str, str] = MappingProxyType({})
    stop: str = ""


def days_of(began: datetime, phases: Sequence[Phase], runs: Runs, view: View) -> tuple[DayStep, ...]:
    """Every local day from the one on which the clock began to the due day, once."""
    steps: list[DayStep] = []
    first = local_day(began, view.calendar)
    for number, phase in enumerate(phases):
        steps += _steps(number, phase, _dates(first, phase.due_day), runs, view)
        first = phase.due_day + DAY
    return tuple(steps)


def days_given_up(phases: Sequence[Phase], view: View) -> tuple[DayStep, ...]:
    """The days after a due day that moved back, up to the last day that was counted."""
    steps: list[DayStep] = []
    for number, phase in enumerate(phases):
        if phase.due_day < phase.last_day:
            whole = _steps(number, phase, _dates(phase.start_day, phase.last_day), {}, view)
            steps += [step for step in whole if step.day > phase.due_day]
    return tuple(steps)


def moved(phase: Phase, ends: Ends, calendar: WorkingCalendar) -> str:
    """What happened to a due moment: it left a day off, or a time that summer time skipped ("gap"), or nothing."""
    if isinstance(phase.rule, Limit):
        if phase.due_day != phase.last_day:
            return phase.rule.day_off.value
        if phase.rule.unit in COUNTED_IN_TIME:
            return ""
        ends = phase.rule.ends
    shown, just_before = (moment.astimezone(calendar.zone) for moment in (phase.due_at, phase.due_at - SMALLEST))
    went_forward = shown.utcoffset() != just_before.utcoffset()
    return "gap" if went_forward and shown.replace(tzinfo=None) > local_end(phase.due_day, ends, calendar) else ""


def _dates(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def _steps(number: int, phase: Phase, days: Sequence[date], runs: Runs, view: View) -> Iterator[DayStep]:
    counted = 0
    for day in days:
        todays = runs.get(day, ())
        judged = _judge(phase, day, bool(todays), view)
        counted += judged.counts
        yield DayStep(
            day=day,
            phase=number,
            why=judged.why,
            counted=counted if judged.counts else None,
            name=judged.name,
            stop=judged.stop,
            work=tuple(view.calendar.intervals_on(day)),
            runs=tuple(todays),
            seconds=_seconds(todays) if todays or _is_timed(phase.rule) else None,
        )


def _is_timed(rule: Limit | date) -> bool:
    return isinstance(rule, Limit) and rule.unit in COUNTED_IN_TIME


def _seconds(runs: Sequence[Run]) -> int:
    return sum((run.ends - run.begins for run in runs), timedelta(0)) // timedelta(seconds=1)


def _judge(phase: Phase, day: date, has_runs: bool, view: View) -> Judged:
    limit, is_worked = phase.rule, view.calendar.is_working_day(day)
    itself = _by_itself(day, view.calendar)
    if day == phase.start_day:
        return Judged(Reason.START)
    if day < phase.start_day:
        return Judged(Reason.LATE_ARRIVAL) if is_worked else itself
    if not isinstance(limit, Limit):
        return Judged(Reason.GRANTED)
    if not is_worked and (limit.unit in ON_WORKING_DAYS or day > phase.last_day):
        return itself
    stop = _stop_on(day, limit, view)
    if stop is not None and not has_runs:
        return Judged(Reason.STOPPED, stop=stop.why)
    if limit.unit in COUNTED_IN_TIME:
        usual = itself if limit.unit is Unit.WORKING_HOURS else Judged(Reason.COUNTED)
        return usual._replace(stop=stop.why if stop else "") if has_runs else Judged(Reason.NO_TIME)
    if day > phase.last_day:
        return Judged(Reason.MOVED)
    if limit.unit is Unit.WORKING_DAYS or day == phase.last_day != phase.due_day:
        return itself._replace(counts=True)
    return Judged(Reason.COUNTED, counts=True)


def _stop_on(day: date, limit: Limit, view: View) -> Stop | None:
    """In days, the stop at the end of the day; in time, the first that takes any of it."""
    if limit.unit not in COUNTED_IN_TIME:
        return stop_at(end_of_day(day, limit.ends, view.calendar), view.stops)
    begins, ends = (first_moment(datetime.combine(each, MIDNIGHT), view.calendar.zone) for each in (day, day + DAY))
    return next((stop for stop in view.stops if stop.begins < ends and stop.ends > begins), None)


def _by_itself(day: date, calendar: WorkingCalendar) -> Judged:
    """What a day is on the calendar, and its name where it has one."""
    special = calendar.special(day)
    if special is None:
        return Judged(Reason.COUNTED if calendar.is_working_day(day) else Reason.WEEKEND)
    if special.intervals:
        return Judged(Reason.HALF_DAY if special.why is Why.HALF_DAY else Reason.OPENING, name=special.name)
    # A short day may fall on a weekend, and then nobody works at all.
    is_off = special.why in (Why.HOLIDAY, Why.CLOSURE)
    return Judged(Reason(special.why) if is_off else Reason.WEEKEND, name=special.name)
