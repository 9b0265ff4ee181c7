"""Working days as numbers: 12.5 is noon-ish of the twelfth, so that a history can be laid out backwards from now."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta

from amends.calendars.working_time import WorkingCalendar

BACK = timedelta(days=190)
AHEAD = timedelta(days=12)
OPENS, HOURS = time(9), 8
#: From so much of a day on, something that is due today would fall due before anybody has looked.
LATE = 0.9


class WorkingDays:
    """The working days around a moment, numbered. Staff work from nine to five."""

    def __init__(self, now: datetime, calendar: WorkingCalendar) -> None:
        self.zone = calendar.zone
        self.today = now.astimezone(self.zone).date()
        first = self.today - BACK
        span = (BACK + AHEAD).days
        every = (first + timedelta(days=number) for number in range(span))
        self.days = [day for day in every if calendar.is_working_day(day)]
        self.now = self.position(now)

    def position(self, moment: datetime) -> float:
        """The moment as a number; outside working hours, the nearest end or beginning of work before it."""
        local = moment.astimezone(self.zone)
        number = bisect_left(self.days, local.date())
        if self.days[number] != local.date():
            return float(number)
        opened = datetime.combine(local.date(), OPENS, self.zone)
        part = (local - opened).total_seconds() / (HOURS * 3600)
        return number + min(max(part, 0.0), 1.0)

    def moment(self, position: float) -> datetime:
        """The number as a moment in UTC."""
        number = int(position)
        opened = datetime.combine(self.days[number], OPENS, self.zone)
        return (opened + timedelta(hours=(position - number) * HOURS)).astimezone(UTC)

    def due_day(self) -> int:
        """The number of the working day on which something can still fall due: today, or the next one."""
        number = int(self.now)
        is_today = self.days[number] == self.today and self.now - number < LATE
        return number if is_today or self.now == number else number + 1

    def local_day(self, moment: datetime) -> date:
        """The day it is at that moment."""
        return moment.astimezone(self.zone).date()
