"""From a published version to the calendar that the arithmetic reads. Versions never change, so they are kept."""

from functools import lru_cache

from amends.calendars.models import Calendar, CalendarVersion
from amends.calendars.working_time import WorkingCalendar, read_calendar

_KEPT = 64


def working_calendar(version: CalendarVersion) -> WorkingCalendar:
    """The calendar of a version. Reading one takes longer than most sums, so each is read once per process."""
    return _read(version.digest, _Document(version))


class _Document:
    """Hands over the document only where it has to be read; equal to any other, so that the digest alone decides."""

    def __init__(self, version: CalendarVersion) -> None:
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Document)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=_KEPT)
def _read(digest: str, document: _Document) -> WorkingCalendar:
    return read_calendar(document.version.document)


def newest_version(calendar: Calendar) -> CalendarVersion:
    """What holds now. Raises CalendarVersion.DoesNotExist for a calendar that was never published."""
    found = calendar.versions.order_by("-number").first()
    if found is None:
        raise CalendarVersion.DoesNotExist(f"calendar {calendar.code} has no version")
    return found
