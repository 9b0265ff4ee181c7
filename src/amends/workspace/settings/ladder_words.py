"""The levels of escalation in words, and what they would mean for one deadline: worked out, not described."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.calendars.loading import working_calendar
from amends.calendars.working_time import NoWorkingTimeError, WorkingCalendar, first_moment
from amends.framework.ladder import HANDLER, LINE_MANAGER, Level, Quiet, Rungs, level_at
from amends.framework.which_calendar import calendar_of
from amends.people.models import Unit
from amends.permissions.roles import Role
from amends.reactions.quiet import may_send_at
from amends.ui import formatting

Words = str | Promise

FRIDAY = 5

RECIPIENTS: dict[str, Words] = {
    HANDLER: gettext_lazy("The handler"),
    LINE_MANAGER: gettext_lazy("The direct manager of the handler"),
    Role.UNIT_MANAGER.value: gettext_lazy("The unit manager"),
    Role.MANAGEMENT_REPRESENTATIVE.value: gettext_lazy("The management representative"),
    Role.TOP_MANAGEMENT.value: gettext_lazy("Top management"),
}
_TOLD: dict[str, Words] = {
    HANDLER: gettext_lazy("The handler is told once more."),
    LINE_MANAGER: gettext_lazy("The direct manager of the handler is told."),
    Role.UNIT_MANAGER.value: gettext_lazy("The unit manager is told."),
    Role.MANAGEMENT_REPRESENTATIVE.value: gettext_lazy("The management representative is told."),
    Role.TOP_MANAGEMENT.value: gettext_lazy("Top management is told."),
}


@dataclass(frozen=True)
class Step:
    """Something that happens in the example: when, what, and when its mail goes out."""

    moment: str
    what: str
    mail: str


def level_in_words(level: Level) -> tuple[str, str]:
    """How long after the deadline, and who is told."""
    after = formatting.limit(level.after) if level.after.count else _("At once")
    return after, str(RECIPIENTS[level.to])


def quiet_in_words(quiet: Quiet | None) -> list[str]:
    """When nobody is disturbed."""
    if quiet is None:
        return [_("Mails go out at any hour.")]
    hours = {"begins": f"{quiet.begins:%H:%M}", "ends": f"{quiet.ends:%H:%M}"}
    found = [_("Nobody is disturbed from %(begins)s until %(ends)s.") % hours]
    if quiet.days_off:
        found.append(_("Nobody is disturbed on days without work either."))
    return found


def example_of(rungs: Rungs, now: datetime) -> list[Step]:
    """What would happen if a deadline passed at the end of work on the next Friday, by the calendar for all others."""
    calendar = working_calendar(calendar_of(unit=Unit.objects.get(parent__isnull=True)))
    due_at = _close_of_next_friday(now, calendar)
    return list(_steps(rungs, due_at, calendar))


def _steps(rungs: Rungs, due_at: datetime, calendar: WorkingCalendar) -> Iterator[Step]:
    yield _step(due_at, _("The deadline passes. The handler is told."), rungs.quiet, calendar)
    for level in rungs.levels:
        try:
            yield _step(level_at(level, due_at, calendar), str(_TOLD[level.to]), rungs.quiet, calendar)
        except NoWorkingTimeError:
            yield Step("—", _("This level is never reached: the calendar has too little working time."), "")


def _step(at: datetime, what: str, quiet: Quiet | None, calendar: WorkingCalendar) -> Step:
    sent_at = may_send_at(at, quiet, calendar, is_urgent=False)
    mail = _("The mail goes out at once.")
    if sent_at > at:
        mail = _("The mail waits until %(moment)s.") % {"moment": _moment(sent_at, calendar)}
    return Step(_moment(at, calendar), what, mail)


def _moment(at: datetime, calendar: WorkingCalendar) -> str:
    local = at.astimezone(calendar.zone).replace(tzinfo=None)
    return _("%(day)s, %(time)s") % {"day": formatting.long_day(local), "time": formatting.clock(local)}


def _close_of_next_friday(now: datetime, calendar: WorkingCalendar) -> datetime:
    """At the close of work; at five where that Friday has none."""
    today = now.astimezone(calendar.zone).date()
    friday = today + timedelta(days=(FRIDAY - today.isoweekday()) % 7 or 7)
    intervals = calendar.intervals_on(friday)
    close = intervals[-1][1] if intervals else time(17)
    day = friday if close != time(0) else friday + timedelta(days=1)
    return first_moment(datetime.combine(day, close), calendar.zone).astimezone(UTC)
