"""When somebody may be disturbed: quiet hours and days off delay a notice, a danger to people does not wait."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from amends.calendars.working_time import WorkingCalendar, first_moment
from amends.framework.ladder import Quiet

#: Nobody waits longer than this for a notice, however many days off follow each other.
LONGEST = 21


def may_send_at(at: datetime, quiet: Quiet | None, calendar: WorkingCalendar, *, is_urgent: bool) -> datetime:
    """The first moment from `at` on at which a notice may go out."""
    if quiet is None or is_urgent:
        return at
    for _step in range(LONGEST * 2):
        local = at.astimezone(calendar.zone)
        if quiet.days_off and not calendar.is_working_day(local.date()):
            at = _at_end(local + timedelta(days=1), quiet, calendar.zone)
        elif _is_quiet(local, quiet):
            follows = local if local.time() < quiet.ends else local + timedelta(days=1)
            at = _at_end(follows, quiet, calendar.zone)
        else:
            return at
    return at


def _is_quiet(local: datetime, quiet: Quiet) -> bool:
    now = local.time()
    if quiet.begins < quiet.ends:
        return quiet.begins <= now < quiet.ends
    return now >= quiet.begins or now < quiet.ends


def _at_end(local: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    end = local.replace(hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0)
    first = first_moment(end.replace(tzinfo=None, fold=0), zone)
    # What happens in the second of two equal hours cannot be told in the first.
    return first if end.fold == 0 else end.astimezone(UTC)
