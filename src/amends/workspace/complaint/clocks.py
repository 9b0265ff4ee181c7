"""The clocks of a complaint as lines beside it: what runs, since when, until when, and what has happened to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.calendars.limits import Unit, read_limit
from amends.calendars.loading import working_calendar
from amends.calendars.working_time import WorkingCalendar, local_day, working_days_between
from amends.complaints.foreseeing import open_pause, with_history
from amends.complaints.models import Complaint, Deadline
from amends.framework.which_packs import rules_of
from amends.ui import formatting
from amends.ui.parts import Deadline as Line
from amends.ui.parts import Tone
from amends.workspace.clock_names import title_of
from amends.workspace.complaint.opening import Case

Words = str | Promise


def clocks_of(case: Case) -> list[Deadline]:
    """Every deadline the complaint ever had, in the order in which they were due. Three queries at most."""
    return with_history(Deadline.objects.filter(complaint=case.complaint).order_by("due_at", "id"))


def places_of(clocks: Sequence[Deadline]) -> Mapping[int, int]:
    """The number by which an address names each deadline: its place among all of the complaint, the oldest first."""
    keys = sorted(clock.pk for clock in clocks)
    return {key: place for place, key in enumerate(keys, start=1)}


def pack_among(clock: Deadline, clocks: Sequence[Deadline]) -> Words:
    """The name of its pack, where clocks of several packs run; else empty."""
    if clock.pack is None or len({each.pack_id for each in clocks if each.pack_id is not None}) < 2:
        return ""
    return str(rules_of(clock.pack).name)


def shown_now(complaint: Complaint, clocks: Sequence[Deadline]) -> list[Deadline]:
    """The clocks of this round: met, due or late. What fell away is not shown."""
    return [clock for clock in clocks if clock.dropped_at is None and (clock.round == complaint.round or clock.is_open)]


def deadline_lines(case: Case, clocks: Sequence[Deadline]) -> list[Line]:
    """A line for each of them, with the address that explains it."""
    shown, places = shown_now(case.complaint, clocks), places_of(clocks)
    return [_line(clock, shown, case, case.at("deadline", number=places[clock.pk])) for clock in shown]


def _line(clock: Deadline, shown: Sequence[Deadline], case: Case, href: str) -> Line:
    title, calendar = title_of(clock), working_calendar(clock.calendar)
    pack = pack_among(clock, shown)
    of_pack = (pack,) if pack else ()
    if clock.met_at is not None:
        words, tone = _met(clock, clock.met_at, calendar)
        return Line(title, words, tone, notes=of_pack, href=href)
    whole = (clock.due_at - clock.starts_at).total_seconds()
    gone = (case.now - clock.starts_at).total_seconds()
    used = 100 if whole <= 0 else max(0, min(100, round(100 * gone / whole)))
    words, tone = standing(clock, case.now)
    return Line(title, words, tone, used, (*of_pack, *_notes(clock)), href)


def standing(clock: Deadline, now: datetime) -> tuple[Words, Tone]:
    """How an open deadline stands: its day and how long that is, or that the clock stands still."""
    day = formatting.short_day(clock.due_at)
    if clock.is_paused:
        return _("%(day)s at the latest, stands still") % {"day": day}, "wait"
    left = formatting.until(clock.due_at, now)
    tone: Tone = "danger" if left.is_late else "warn" if left.tone == "warn" else ""
    return f"{day}, {left}", tone


def _notes(clock: Deadline) -> list[Words]:
    """What happened to an open deadline on its way."""
    notes: list[Words] = []
    pause = open_pause(clock) if clock.is_paused else None
    if pause is not None:
        slots = {"since": formatting.short_day(pause.began_at), "until": formatting.short_day(pause.ends_by)}
        notes += [pause.get_why_display(), _("Since %(since)s, at the latest until %(until)s.") % slots]
    if clock.extended_from is not None:
        slots = {"before": formatting.short_day(clock.extended_from), "after": formatting.short_day(clock.due_at)}
        notes.append(_("Moved from %(before)s to %(after)s.") % slots)
    if clock.overdue_at is not None and clock.promised_at is not None:
        notes.append(_("New date promised: %(day)s.") % {"day": formatting.short_day(clock.promised_at)})
    if clock.update_wanted_at is not None:
        notes.append(_("The complainant is to hear where it stands."))
    return notes


def _met(clock: Deadline, met_at: datetime, calendar: WorkingCalendar) -> tuple[Words, Tone]:
    if clock.was_late:
        days = max(1, working_days_between(local_day(clock.due_at, calendar), local_day(met_at, calendar), calendar))
        return ngettext("met, %(count)d day late", "met, %(count)d days late", days) % {"count": days}, "danger"
    limit = read_limit(clock.basis["limit"]) if "limit" in clock.basis else None
    if limit is None or limit.unit is not Unit.WORKING_DAYS or clock.basis["stops"] or clock.basis["extensions"]:
        return _("met on time"), "ok"
    used = max(0, working_days_between(local_day(clock.starts_at, calendar), local_day(met_at, calendar), calendar))
    words = ngettext("met, %(used)d of %(count)d day", "met, %(used)d of %(count)d days", limit.count)
    return words % {"used": used, "count": limit.count}, "ok"
