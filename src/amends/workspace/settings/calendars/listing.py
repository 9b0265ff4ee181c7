"""The calendars there are: what each is used for, its newest version, and whether its holidays end soon."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KT
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amends.calendars.models import CalendarVersion
from amends.calendars.permissions import May
from amends.framework.calendar_uses import Uses, uses_by_calendar
from amends.framework.permissions import May as MayFramework
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs

#: Holidays that are known for no longer than this are looked up anew in good time.
SOON_YEARS = 2


@dataclass(frozen=True)
class Row:
    """One calendar with its newest version. Times of work and holidays are not read for a list."""

    version: CalendarVersion
    zone: str
    known_until: date | None
    ends_soon: bool
    uses: list[tuple[str, str]]


@needs(May.SEE)
def calendars(request: StaffVisit) -> HttpResponse:
    """All of them, those in use first."""
    context = {
        "rows": _rows(request.now),
        "may_change": may(request.actor, May.CHANGE),
        "may_choose": may(request.actor, MayFramework.CHANGE_CALENDAR_USE),
        "may_see_settings": may(request.actor, MayFramework.SEE_SETTINGS),
    }
    return render(request, "workspace/settings/calendars/calendars.html", context)


def _rows(now: datetime) -> list[Row]:
    newest = CalendarVersion.objects.filter(calendar=OuterRef("calendar")).order_by("-number").values("pk")[:1]
    versions = (
        CalendarVersion.objects.filter(pk=Subquery(newest))
        .select_related("calendar")
        .defer("document")
        .annotate(zone=KT("document__zone"), until=KT("document__known_until"))
    )
    used = uses_by_calendar(now)
    rows = [_row(version, used.get(version.calendar.code, Uses()), now.date()) for version in versions]
    return sorted(rows, key=lambda row: (not row.uses, str(row.version.calendar)))


def _row(version: CalendarVersion, uses: Uses, today: date) -> Row:
    until = getattr(version, "until", None)
    known_until = date.fromisoformat(until) if until else None
    return Row(
        version, getattr(version, "zone", None) or "", known_until, ends_soon(known_until, today), uses_in_words(uses)
    )


def ends_soon(known_until: date | None, today: date) -> bool:
    """Whether nobody knows the holidays of the day in two years."""
    return known_until is not None and known_until < today.replace(year=today.year + SOON_YEARS, day=min(today.day, 28))


def uses_in_words(uses: Uses) -> list[tuple[str, str]]:
    """What a calendar is used for, as names and values."""
    found = [(_("All others"), "")] if uses.for_all_others else []
    found += [(_("Unit"), unit) for unit in uses.units]
    found += [(_("Site"), site) for site in uses.sites]
    found += [(_("Rule pack"), str(pack)) for pack in uses.packs]
    return found
