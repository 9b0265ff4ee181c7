"""Which calendar a clock is counted with: the site's, else the nearest unit's, else the organisation's own.

A pack may ask for the calendar of its jurisdiction instead: what a law calls a working day does not depend on when
one organisation opens.
"""

from django.db.models import QuerySet

from amends.calendars.models import Calendar, CalendarVersion
from amends.framework.models import CalendarUse
from amends.framework.rules.parts import Pack
from amends.people.models import Unit


class NoCalendarError(LookupError):
    """No calendar is published that could be counted with."""


def code_of_jurisdiction(country: str, subdivision: str = "", *, half_days: bool = False) -> str:
    """The code of the calendar of a country or region: `gb-eng`; with short days counted as short, `ee-half`."""
    return "-".join(part.lower() for part in (country, subdivision, "half" if half_days else "") if part)


def calendar_for(pack: Pack, *, unit: Unit, site: str = "") -> CalendarVersion:
    """The version that holds now for a clock of this pack. Two queries at most. Raises NoCalendarError."""
    place = pack.calendar
    if place.follows == "jurisdiction":
        code = code_of_jurisdiction(place.country, place.subdivision, half_days=place.half_days)
        named = _newest(Calendar.objects.filter(code=code))
        if named is not None:
            return named
    return calendar_of(unit=unit, site=site)


def calendar_of(*, unit: Unit, site: str = "") -> CalendarVersion:
    """The version that holds now at a place. Raises NoCalendarError."""
    above = [int(key) for key in unit.path.strip("/").split("/") if key]
    uses = list(CalendarUse.objects.all())
    by_site = [use for use in uses if use.site and use.site.casefold() == site.strip().casefold()]
    by_unit = sorted((use for use in uses if use.unit_id in above), key=lambda use: above.index(use.unit_id or 0))
    for_all = [use for use in uses if use.unit_id is None and not use.site]
    for use in (*by_site, *reversed(by_unit), *for_all):
        found = _newest(Calendar.objects.filter(pk=use.calendar_id))
        if found is not None:
            return found
    raise NoCalendarError("no calendar is published for the organisation")


def _newest(calendars: QuerySet[Calendar]) -> CalendarVersion | None:
    rows = CalendarVersion.objects.filter(calendar__in=calendars).select_related("calendar").defer("document")
    return rows.order_by("-number").first()
