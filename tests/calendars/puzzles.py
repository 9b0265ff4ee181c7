"""Invented deadlines of every kind, the same ones for the same seed, and what must be true of each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from amends.calendars.counting import before, due, explain, outer_limit
from amends.calendars.limits import COUNTED_IN_TIME, DayOff, Ends, LateArrival, Limit, Stop, Unit
from amends.calendars.plans import Plan
from amends.calendars.working_time import SpecialDay, Why, WorkingCalendar
from tests.calendars.oracle import DAY, JUST_BEFORE, Oracle

#: Among them: half an hour of summer time, in the southern summer; a gap at the beginning of a day, and one at its end;
#: an hour before midnight that comes twice; summer time that was given up.
ZONES = [
    "Europe/Tallinn",
    "Europe/Istanbul",
    "Europe/London",
    "Australia/Lord_Howe",
    "America/New_York",
    "America/Nuuk",
    "Africa/Cairo",
    "Asia/Beirut",
]
FIRST, LAST = date(2014, 1, 1), date(2034, 12, 31)
LONGEST = {
    Unit.HOURS: 80,
    Unit.WORKING_HOURS: 18,
    Unit.DAYS: 60,
    Unit.WEEKS: 9,
    Unit.MONTHS: 14,
    Unit.YEARS: 2,
    Unit.WORKING_DAYS: 40,
}


@dataclass(frozen=True)
class Puzzle:
    plan: Plan
    calendar: WorkingCalendar
    reminder: Limit


@lru_cache(maxsize=64)
def turns(zone: ZoneInfo) -> list[tuple[date, int]]:
    """The days on which the clocks go forward or back, with the quarter of the local day at which they do."""
    found = []
    moment = datetime.combine(FIRST, time(0), UTC)
    while moment.year <= LAST.year:
        if moment.astimezone(zone).utcoffset() != (moment + DAY).astimezone(zone).utcoffset():
            quarter = moment
            while quarter.astimezone(zone).utcoffset() == moment.astimezone(zone).utcoffset():
                quarter += timedelta(minutes=15)
            shown = (quarter - timedelta(minutes=15)).astimezone(zone)
            found.append((shown.date(), shown.hour * 4 + shown.minute // 15 + 1))
        moment += DAY
    return found


def make_puzzle(seed: int, number: int) -> Puzzle:
    """The puzzle of that number: the same for ever."""
    random = Random(f"{seed}/{number}")
    zone = ZoneInfo(random.choice(ZONES))
    return _aimed(random, zone) if random.random() < 0.2 else _anything(random, zone)


def _anything(random: Random, zone: ZoneInfo) -> Puzzle:
    day = _start_day(random, zone)
    calendar = _calendar(random, zone, day)
    limit, outer = _limit(random), _limit(random) if random.random() < 0.3 else None
    extensions = tuple(
        day + timedelta(days=random.randrange(120)) if random.random() < 0.3 else _limit(random)
        for _ in range(random.choice([0, 0, 0, 1, 1, 2, 3]))
    )
    start = _moment(random, calendar, day)
    stops = [_stop(random, calendar, day) for _ in range(random.choice([0, 0, 1, 1, 2, 3, 4]))]
    if stops and random.random() < 0.3:
        first = random.choice(stops)
        stops.append(Stop(first.ends, first.ends + _length(random), "touching"))
    if any(isinstance(rule, Limit) and rule.unit in COUNTED_IN_TIME for rule in (limit, *extensions, outer)):
        stops = [Stop(_to_the_minute(stop.begins), _to_the_minute(stop.ends), stop.why) for stop in stops]
    return Puzzle(Plan(start, limit, tuple(stops), extensions, outer), calendar, _limit(random, shorter=3))


def _aimed(random: Random, zone: ZoneInfo) -> Puzzle:
    """Work begins and ends about the time at which the clocks change, and the clock is due on that day."""
    day, turn = random.choice(turns(zone))
    near = [quarter for quarter in range(turn - 5, turn + 9) if 0 <= quarter <= 96]
    edges = sorted(random.sample(near, 2 * random.randint(1, 2)))
    clocks = [time(quarter % 96 // 4, quarter % 4 * 15) for quarter in edges]
    intervals = tuple(zip(clocks[::2], clocks[1::2], strict=True))
    calendar = WorkingCalendar(zone, dict.fromkeys(range(1, 8), intervals))
    ahead = random.randint(0, 4)
    unit = random.choice([Unit.DAYS, Unit.WORKING_DAYS, Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.HOURS])
    limit = Limit(
        ahead * 24 if unit is Unit.HOURS else ahead,
        unit,
        ends=None if unit in COUNTED_IN_TIME else random.choice([Ends.CLOSE, Ends.CLOSE, Ends.MIDNIGHT]),
        late_arrival=random.choice(list(LateArrival)),
    )
    start = _to_the_minute(_moment(random, calendar, day - timedelta(days=ahead)))
    extensions = random.choice([(), (), (day,), (Limit(1, Unit.WORKING_HOURS),)])
    reminder = Limit(random.randint(0, 2), random.choice(list(Unit)))
    return Puzzle(Plan(start, limit, (), extensions, Limit(1, Unit.WORKING_DAYS)), calendar, reminder)


def _start_day(random: Random, zone: ZoneInfo) -> date:
    chance = random.random()
    if chance < 0.4:
        return random.choice(turns(zone))[0] - timedelta(days=random.randrange(12))
    year = random.randint(FIRST.year, LAST.year - 4)
    if chance < 0.55:
        return random.choice([date(year, 12, 20), date(year, 2, 20), date(year, 1, 29)]) + timedelta(
            random.randrange(12)
        )
    return date(year, 1, 1) + timedelta(days=random.randrange(365))


WEEKS = [
    [("09:00", "17:00")],
    [("09:00", "12:30"), ("13:00", "17:00")],
    [("08:15", "11:00"), ("11:00", "12:00"), ("14:00", "18:45")],
    [("00:00", "06:00"), ("22:00", "00:00")],
    [("00:00", "00:00")],
    [("00:30", "01:30"), ("02:15", "02:30"), ("02:30", "04:00"), ("23:15", "23:45")],
    [("17:00", "00:00")],
    [("23:00", "23:59")],
]


def _intervals(random: Random):
    if random.random() < 0.6:
        pairs = random.choice(WEEKS)
        return tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in pairs)
    quarters = sorted(random.sample(range(97), 2 * random.randint(1, 4)))
    clocks = [time(quarter % 96 // 4, quarter % 4 * 15) for quarter in quarters]
    return tuple(zip(clocks[::2], clocks[1::2], strict=True))


def _calendar(random: Random, zone: ZoneInfo, day: date) -> WorkingCalendar:
    weekdays = random.choice(
        [range(1, 6), range(1, 6), range(1, 8), (7, 1, 2, 3, 4), random.sample(range(1, 8), 3), (3,)]
    )
    usual = _intervals(random)
    is_even = random.random() < 0.6
    week = {weekday: usual if is_even else _intervals(random) for weekday in weekdays}
    days = {}
    for _ in range(random.choice([0, 3, 10, 30])):
        special = day + timedelta(days=random.randrange(-15, 150))
        why = random.choice(list(Why))
        if why is Why.CLOSURE:
            for ahead in range(random.randint(1, 14)):
                days[special + timedelta(days=ahead)] = SpecialDay((), why, {"en": "Closed"})
        else:
            intervals = () if why is Why.HOLIDAY else _intervals(random)[: random.randint(0, 2)]
            days[special] = SpecialDay(intervals, why, {"en": why.value})
    return WorkingCalendar(zone, week, days, known_until=LAST)


def _limit(random: Random, shorter: int = 1) -> Limit:
    unit = random.choice([*Unit, Unit.WORKING_DAYS, Unit.WORKING_DAYS, Unit.DAYS])
    count = 0 if random.random() < 0.08 else random.randint(0, LONGEST[unit] // shorter)
    late = random.choice(list(LateArrival))
    if unit in COUNTED_IN_TIME:
        return Limit(count, unit, late_arrival=late)
    ends = random.choice([None, None, Ends.CLOSE, Ends.MIDNIGHT])
    if unit is Unit.WORKING_DAYS:
        return Limit(count, unit, ends=ends, late_arrival=late)
    return Limit(count, unit, ends=ends, day_off=random.choice(list(DayOff)), late_arrival=late)


def _moment(random: Random, calendar: WorkingCalendar, day: date) -> datetime:
    """Any moment near that day; often one at which something begins or ends."""
    if random.random() < 0.6:
        seconds = random.randrange(86400 * 10**6) / 10**6 if random.random() < 0.5 else random.randrange(1440) * 60
        return datetime.combine(day, time(0), UTC) + timedelta(seconds=seconds)
    edges = [clock for interval in calendar.intervals_on(day) for clock in interval] + [time(0), time(23, 59, 59)]
    edge = datetime.combine(day, random.choice(edges), calendar.zone).replace(fold=random.randint(0, 1))
    return edge.astimezone(UTC) + random.choice([0, 0, 0, 1, -1]) * random.choice([JUST_BEFORE, timedelta(seconds=1)])


def _length(random: Random) -> timedelta:
    return random.choice(
        [
            timedelta(0),
            timedelta(minutes=random.randrange(3000)),
            timedelta(days=random.randrange(1, 12)),
            timedelta(days=60),
        ]
    )


def _stop(random: Random, calendar: WorkingCalendar, day: date) -> Stop:
    begins = _moment(random, calendar, day + timedelta(days=random.randrange(-5, 40)))
    if random.random() < 0.4:
        ends = _moment(random, calendar, calendar_day(begins, calendar) + timedelta(days=random.randrange(1, 12)))
        return Stop(begins, max(begins, ends), "waiting")
    return Stop(begins, begins + _length(random), "waiting")


def calendar_day(moment: datetime, calendar: WorkingCalendar) -> date:
    return moment.astimezone(calendar.zone).date()


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def differences(puzzle: Puzzle) -> list[str]:
    """Where the two ways of counting differ."""
    plan, calendar, oracle = puzzle.plan, puzzle.calendar, Oracle(puzzle.calendar, puzzle.plan.stops)
    due_at = due(plan, calendar)
    pairs = {
        "due": (due_at, oracle.due(plan)),
        "outer": (outer_limit(plan, calendar), oracle.outer(plan)),
        "before": (before(due_at, puzzle.reminder, calendar), oracle.before(due_at, puzzle.reminder)),
    }
    return [f"{name}: {ours} but the oracle {theirs}" for name, (ours, theirs) in pairs.items() if ours != theirs]


def unexplained(puzzle: Puzzle) -> list[str]:
    """What an explanation fails to say."""
    plan, calendar = puzzle.plan, puzzle.calendar
    told = explain(plan, calendar)
    days = [step.day for step in told.days]
    last = {calendar_day(told.due_at, calendar), calendar_day(told.due_at - JUST_BEFORE, calendar)}
    claims = {
        "is of another moment": told.due_at == due(plan, calendar),
        "has another outer limit": told.outer_at == outer_limit(plan, calendar),
        "does not add up": told.adds_up(),
        "does not begin on the start day": days[0] == told.start_day == calendar_day(plan.start, calendar),
        "leaves out or repeats a day": all(second - first == DAY for first, second in pairwise(days)),
        "does not end on the due day": days[-1] in last,
        "has no phase": [phase.rule for phase in told.phases] == [plan.limit, *plan.extensions],
    }
    return [claim for claim, holds in claims.items() if not holds]
