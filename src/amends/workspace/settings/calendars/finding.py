"""Calendars and versions by what stands in an address."""

from django.http import Http404

from amends.calendars.models import Calendar, CalendarVersion

#: PostgreSQL counts versions up to here.
_LARGEST = 2**31 - 1


def calendar_coded(code: str) -> Calendar:
    """The calendar of a code. Raises Http404."""
    found = Calendar.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def version_of(calendar: Calendar, number: int | None = None) -> CalendarVersion:
    """A version of a calendar, the newest where no number is given. Raises Http404."""
    rows = CalendarVersion.objects.filter(calendar=calendar).select_related("calendar", "made_by")
    if number is not None:
        rows = rows.filter(number=number) if number <= _LARGEST else rows.none()
    found = rows.order_by("-number").first()
    if found is None:
        raise Http404
    return found


def newest_number(calendar: Calendar) -> int:
    """The number of the version that holds. Raises Http404 for a calendar that was never published."""
    number = calendar.versions.order_by("-number").values_list("number", flat=True).first()
    if number is None:
        raise Http404
    return int(number)
