"""Counting running deadlines again when a calendar was put right or other rules were activated for them.

Only where whoever changed it asked for that. Each complaint is a transaction of its own, so that a worker that stops
half-way leaves whole complaints behind, and the next try goes on: a complaint that was done is not done again.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amends.calendars.models import CalendarVersion
from amends.complaints.actions import change_packs, move_deadlines
from amends.complaints.models import Complaint, Deadline
from amends.complaints.models.complaint import Origin
from amends.journal.models import Entry
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM
from amends.reactions.true_time import asked

BATCH = 200


def calendar_published(entry: Entry) -> None:
    """Move open deadlines to the newest version of the calendar, where that was asked for."""
    if not entry.facts["moves_running"]:
        return
    version = (
        CalendarVersion.objects.filter(calendar__code=entry.facts["code"])
        .select_related("calendar")
        .order_by("-number")
        .first()
    )
    if version is None:
        return
    counted_with = Deadline.objects.open().filter(
        calendar__calendar=version.calendar, calendar__number__lt=version.number, overdue_at__isnull=True
    )
    for complaint in _each(counted_with):
        try:
            move_deadlines(complaint, version, by=SYSTEM, at=asked())
        except Refusal:  # no date of it changes, or it ended meanwhile
            continue


def pack_activated(entry: Entry) -> None:
    """Look the packs of open complaints up again that were received since the activation began."""
    if not entry.facts["moves_running"]:
        return
    since = datetime.fromisoformat(entry.facts["starts_at"])
    running = Deadline.objects.open().filter(complaint__received_at__gte=since).exclude(complaint__origin=Origin.IMPORT)
    for complaint in _each(running):
        try:
            change_packs(complaint, reason=_("Other rules were activated"), by=SYSTEM, at=asked())
        except Refusal:
            continue


def _each(deadlines: QuerySet[Deadline]) -> Iterator[Complaint]:
    """The complaints of deadlines, in the order of their keys, in batches that stay small."""
    last = 0
    while True:
        keys = list(
            deadlines.filter(complaint__gt=last)
            .order_by("complaint")
            .values_list("complaint", flat=True)
            .distinct()[:BATCH]
        )
        if not keys:
            return
        last = keys[-1]
        yield from Complaint.objects.filter(pk__in=keys).select_related("lead_unit", "product", "pack").order_by("pk")
