"""What the clock does next with a deadline, and when: one moment, kept on the row, so that nothing has to be searched.

In order: reminders, a word to the complainant before the date, the date itself, the rungs of the ladder. While a clock
stands still only one thing can happen: it runs on.
"""

from datetime import datetime

from amends.calendars.counting import before
from amends.calendars.limits import read_limit
from amends.calendars.loading import working_calendar
from amends.complaints.models import Deadline
from amends.framework.ladder import Rungs, level_at, rungs_now

_ON_PASS = {"overdue": Deadline.Alarm.OVERDUE, "lapse": Deadline.Alarm.LAPSE, "deem": Deadline.Alarm.DEEM}


def set_alarm(deadline: Deadline, *, after: datetime) -> None:
    """Write the next thing to happen after a moment onto the deadline. The caller saves it."""
    found = next_alarm(deadline, after=after)
    deadline.alarm, deadline.alarm_at = found or ("", None)


def next_alarm(
    deadline: Deadline, *, after: datetime, rungs: Rungs | None = None
) -> tuple[Deadline.Alarm, datetime] | None:
    """What comes next and when; None when nothing more does. Reminders that are over are left out."""
    basis = deadline.basis
    if deadline.is_paused:
        return Deadline.Alarm.RESUME, datetime.fromisoformat(basis["paused_until"])
    calendar = working_calendar(deadline.calendar)
    if deadline.overdue_at is None:
        ahead = [
            (before(deadline.due_at, read_limit(limit), calendar), Deadline.Alarm.REMIND)
            for limit in basis.get("remind", ())
        ]
        if basis.get("update_before") and deadline.update_wanted_at is None:
            ahead.append((before(deadline.due_at, read_limit(basis["update_before"]), calendar), Deadline.Alarm.UPDATE))
        coming = sorted(each for each in ahead if after < each[0] < deadline.due_at)
        if coming:
            return coming[0][1], coming[0][0]
        return _ON_PASS[basis.get("on_pass", "overdue")], deadline.due_at
    if basis.get("on_pass") == "lapse":
        return None
    level = (rungs or rungs_now()).above(deadline.level)
    if level is None:
        return None
    return Deadline.Alarm.ESCALATE, level_at(level, deadline.due_at, calendar)
