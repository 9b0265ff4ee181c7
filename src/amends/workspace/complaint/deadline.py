"""Why a deadline is when it is: the sum behind it, day by day, and what would change it."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.counting import explanation_of
from amends.complaints.foreseeing import open_pause
from amends.complaints.models import Deadline
from amends.complaints.models.complaint import Precision
from amends.complaints.permissions import May
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.explaining import About, Explained, Register, explained, promised
from amends.ui.parts import Tag
from amends.workspace.clock_names import title_of
from amends.workspace.complaint.changing import changes_of
from amends.workspace.complaint.clocks import clocks_of, places_of, standing
from amends.workspace.complaint.header import crumbs_of, tags_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.rules_links import calendar_link, pack_link

Words = str | Promise


@needs(May.LIST)
def deadline(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """One deadline explained."""
    case = opened(request, reference)
    clocks = clocks_of(case)
    clock = numbered(clocks, number)
    why = explanation(case, clock)
    context = {
        "case": case,
        "complaint": case.complaint,
        "tags": tags_of(case),
        "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=_("Why this date?")),
        "clock": clock,
        "title": title_of(clock),
        "state": _state(clock, case),
        "explained": why,
        "promise": "" if why else _set_on(clock),
        "pack": pack_link(clock),
        "calendar": calendar_link(clock),
        "changes": changes_of(case, clock, clocks),
        "others": [
            (title_of(each), standing(each, case.now)[0], case.at("deadline", number=place))
            for each, place in ((each, places_of(clocks)[each.pk]) for each in clocks)
            if each.is_open and each.pk != clock.pk
        ],
    }
    return render(request, "workspace/complaint/deadline.html", context)


def _set_on(clock: Deadline) -> str:
    """Who set a day that is not counted from anything."""
    day = date.fromisoformat(clock.basis["promised"])
    words = {"day": formatting.day(day)}
    if clock.kind == Deadline.Kind.FILE:
        return _("The outside body wants our file: it is due at the end of %(day)s.") % words
    if clock.kind == Deadline.Kind.LOOK:
        return _("Somebody set this day to look again how it stands: it is due at the end of %(day)s.") % words
    return promised(day, Register.STAFF)


def numbered(clocks: list[Deadline], number: int) -> Deadline:
    """The deadline of a number. Raises Http404."""
    places = places_of(clocks)
    found = next((clock for clock in clocks if places[clock.pk] == number), None)
    if found is None:
        raise Http404
    return found


def explanation(case: Case, clock: Deadline) -> Explained | None:
    """The sum in words; None for a day that was promised."""
    counted = explanation_of(clock)
    if counted is None:
        return None
    pause = open_pause(clock)
    event = clock.basis.get("event", "")
    about = About(
        event=event,
        due_at=clock.due_at,
        is_owed_by_us=clock.owed_by == Deadline.OwedBy.ORGANISATION,
        paused_until=pause.ends_by if pause else None,
        reasons=_reasons(clock),
        is_day_only=event == "received" and case.complaint.received_precision == Precision.DAY,
    )
    return explained(counted, about, Register.STAFF)


def _reasons(clock: Deadline) -> list[str]:
    """What the complainant was told each time that more time was taken."""
    if not clock.basis["extensions"]:
        return []
    return [extension.reason for extension in sorted(clock.extensions.all(), key=lambda each: each.number)]


def _state(clock: Deadline, case: Case) -> Tag:
    """How it stands, in a word."""
    if clock.met_at is not None:
        day = formatting.day(clock.met_at)
        if clock.was_late:
            return Tag(_("Met late, on %(day)s") % {"day": day}, "danger", "alert")
        return Tag(_("Met on %(day)s") % {"day": day}, "ok", "check")
    if clock.dropped_at is not None:
        return Tag(_("Fell away on %(day)s") % {"day": formatting.day(clock.dropped_at)}, "line")
    words, tone = standing(clock, case.now)
    return Tag(words, tone or "info", {"danger": "alert", "wait": "pause"}.get(tone, "clock"))
