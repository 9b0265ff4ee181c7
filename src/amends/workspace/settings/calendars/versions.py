"""The versions of a calendar, and what differs between any two of them."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from amends.calendars.comparing import compare
from amends.calendars.models import Calendar, CalendarVersion
from amends.calendars.permissions import May
from amends.framework.permissions import May as MayFramework
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.workspace.paging import Key, Order, page_of
from amends.workspace.settings.calendars import words
from amends.workspace.settings.calendars.finding import calendar_coded, newest_number

NEWEST_FIRST = Order("versions", (Key("number", descending=True), Key("id", descending=True)), written="digest")


@dataclass(frozen=True)
class Compared:
    """Two versions side by side."""

    before: CalendarVersion
    after: CalendarVersion
    differs: bool
    difference: words.DifferenceInWords


@needs(May.SEE)
def versions(request: StaffVisit, calendar: str) -> HttpResponse:
    """All of them, the newest first, and two of them compared: the last two where none are asked for."""
    found = calendar_coded(calendar)
    newest = newest_number(found)
    rows = CalendarVersion.objects.filter(calendar=found).select_related("made_by").defer("document")
    context = {
        "calendar": found,
        "newest": newest,
        "page_shown": page_of(rows, NEWEST_FIRST, request.GET.get("at", "")),
        "numbers": range(newest, 0, -1),
        "compared": _compared(request, found, newest) if newest > 1 else None,
        "may_see_settings": may(request.actor, MayFramework.SEE_SETTINGS),
    }
    return render(request, "workspace/settings/calendars/versions.html", context)


def _compared(request: StaffVisit, found: Calendar, newest: int) -> Compared | None:
    before = _asked(request.GET.get("before", ""), newest, otherwise=newest - 1)
    after = _asked(request.GET.get("after", ""), newest, otherwise=newest)
    wanted = CalendarVersion.objects.filter(calendar=found, number__in={before, after})
    chosen = {version.number: version for version in wanted}
    if not {before, after} <= chosen.keys():
        return None
    difference = compare(chosen[before].document, chosen[after].document)
    return Compared(
        chosen[before],
        chosen[after],
        bool(difference),
        words.difference_in_words(difference, request.now.date()),
    )


def _asked(typed: str, newest: int, *, otherwise: int) -> int:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else otherwise
    return number if 1 <= number <= newest else otherwise
