"""Who looked at what: the log of reads for those who watch over it (4.10, 8.1). The wall holds here too."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from amends.complaints.models import Complaint
from amends.complaints.permissions import May, watched_by
from amends.framework.queries import the_organisation
from amends.journal.models import Pseudonym, ReadEvent
from amends.journal.reads import QUARTER, note_read
from amends.kit.ids import read_reference
from amends.people.models import Person
from amends.ui.access import StaffVisit, needs
from amends.ui.current import organisation_of
from amends.workspace.acting import acting_called
from amends.workspace.addresses import address_of
from amends.workspace.complaint.names import FORMER
from amends.workspace.complaint.parts_read import part_called

Words = str | Promise

PAGE_SIZE = 50
DAYS = 30
_MOST_SKIPPED = 5000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Asked:
    """What the log is narrowed to, and where a page begins: a moment, and how many of that moment were shown."""

    since: date
    until: date
    person: UUID | None
    reference: str
    before: datetime | None = None
    shown: int = 0


@needs(May.SEE_READS)
def reads(request: StaffVisit) -> HttpResponse:
    """Fifty of them, the newest first; without days, those of the last month."""
    asked = _asked(request)
    rows = _rows(request, asked)
    found = list(rows[asked.shown : asked.shown + PAGE_SIZE + 1])
    page, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    if asked.reference:
        _note_that_they_look(request, asked.reference)
    context = {
        "asked": asked,
        "rows": _shown(page),
        "people": _people(asked.person),
        "next_href": f"{_address(asked)}&before={_written(page, asked)}" if more else "",
        "first_href": _address(asked) if asked.before else "",
        "is_narrowed": bool(asked.person or asked.reference),
    }
    return render(request, "workspace/reads.html", context)


def _asked(request: StaffVisit) -> Asked:
    organisation = organisation_of(request) or the_organisation()
    today = request.now.astimezone(organisation.zone).date()
    until = _day(request.GET.get("until", "")) or today
    since = _day(request.GET.get("since", "")) or until - timedelta(days=DAYS)
    before, shown = _place(request.GET.get("before", ""))
    reference = read_reference(request.GET.get("reference", "")) or ""
    return Asked(min(since, until), until, _uuid(request.GET.get("person", "")), reference, before, shown)


def _rows(request: StaffVisit, asked: Asked) -> QuerySet[ReadEvent]:
    """Reads of complaints over which this person watches, and of no others."""
    zone = (organisation_of(request) or the_organisation()).zone
    begins = datetime.combine(asked.since, time.min, zone)
    ends = datetime.combine(asked.until + timedelta(days=1), time.min, zone)
    key = Pseudonym.objects.filter(name=OuterRef("subject"), kind="complaint").values("key")[:1]
    watched = watched_by(request.actor).filter(pk=OuterRef("complaint_key"))
    if asked.reference:
        watched = watched.filter(reference=asked.reference)
    rows = ReadEvent.objects.filter(
        subject_kind="complaint",
        quarter__gte=_quarter(begins),
        quarter__lte=_quarter(ends),
        at__lt=ends,
        at__gte=begins,
    )
    if asked.person:
        rows = rows.filter(actor=asked.person)
    if asked.before:
        rows = rows.filter(quarter__lte=_quarter(asked.before), at__lte=asked.before)
    rows = rows.annotate(complaint_key=Subquery(key)).filter(Exists(watched))
    return rows.order_by("-quarter", "-at", "-id")


def _quarter(moment: datetime) -> int:
    return int(moment.timestamp()) // QUARTER


def _shown(page: list[ReadEvent]) -> list[dict[str, Any]]:
    """Two queries for names and titles, however many rows."""
    keys = {key for key in (getattr(row, "complaint_key", None) for row in page) if key is not None}
    complaints = Complaint.objects.in_bulk(keys)
    names = {row.actor for row in page}
    called = Person.objects.filter(pk=OuterRef("key")).values("name")
    people = Pseudonym.objects.filter(name__in=names, kind="person").annotate(called=Subquery(called))
    known = dict(people.values_list("name", "called"))
    return [
        {
            "at": row.at,
            "who": known.get(row.actor) or FORMER,
            "acting_as": acting_called(row.acting_as),
            "part": part_called(row.field_group),
            "reason": row.reason,
            "complaint": complaints[getattr(row, "complaint_key", 0)],
            "href": address_of(complaints[getattr(row, "complaint_key", 0)]),
        }
        for row in page
    ]


def _people(chosen: UUID | None) -> list[tuple[str, Words, bool]]:
    """Everybody who works or worked here, under the names by which the log knows them."""
    called = Person.objects.filter(pk=OuterRef("key")).values("name")
    rows = Pseudonym.objects.filter(kind="person").annotate(called=Subquery(called)).exclude(called=None)
    return [(name.hex, words, name == chosen) for name, words in rows.order_by("called").values_list("name", "called")]


def _note_that_they_look(request: StaffVisit, reference: str) -> None:
    complaint = watched_by(request.actor).filter(reference=reference).first()
    if complaint is not None:
        note_read(complaint.subject, by=request.actor, at=request.now, field_group="readers")


def _address(asked: Asked) -> str:
    said = {
        "since": asked.since.isoformat(),
        "until": asked.until.isoformat(),
        "person": asked.person.hex if asked.person else "",
        "reference": asked.reference,
    }
    return f"{reverse('workspace:reads')}?{urlencode({name: value for name, value in said.items() if value})}"


def _written(page: list[ReadEvent], asked: Asked) -> str:
    at = page[-1].at
    shown = sum(row.at == at for row in page) + (asked.shown if asked.before == at else 0)
    return f"{(at - _EPOCH) // _MICROSECOND}-{shown}"


def _place(cursor: str) -> tuple[datetime | None, int]:
    moment, _dash, shown = cursor.partition("-")
    if not (moment.isascii() and moment.isdigit() and shown.isascii() and shown.isdigit()):
        return None, 0
    if len(moment) > 17 or len(shown) > 4 or int(shown) > _MOST_SKIPPED:
        return None, 0
    return _EPOCH + int(moment) * _MICROSECOND, int(shown)


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(hex=written)
    except ValueError:
        return None
