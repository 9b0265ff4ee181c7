"""Who looked at a complaint: which part, when and why. For those who watch over it, and looking here is noted too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.complaints.actions.reveal_identity import REASONS
from amends.complaints.permissions import May
from amends.journal.models import ReadEvent
from amends.journal.pseudonyms import subjects_named
from amends.journal.reads import note_read, reads_of_subject
from amends.people.models import Person
from amends.permissions.engine import require
from amends.ui.access import StaffVisit, needs
from amends.workspace.acting import acting_called
from amends.workspace.complaint.header import crumbs_of
from amends.workspace.complaint.names import FORMER
from amends.workspace.complaint.opening import opened
from amends.workspace.complaint.parts_read import part_called

Words = str | Promise

PAGE_SIZE = 50


@dataclass(frozen=True)
class Look:
    """One look: within a quarter of an hour it is noted once."""

    at: datetime
    who: Words
    acting_as: str
    part: Words
    reason: Words


@needs(May.SEE_READERS)
def readers(request: StaffVisit, reference: str) -> HttpResponse:
    """Newest first. A page ends with a whole quarter of an hour, so that nothing falls between two pages."""
    case = opened(request, reference)
    require(request.actor, May.SEE_READERS, case.complaint)
    note_read(case.complaint.subject, by=request.actor, at=request.now, field_group="readers")
    rows = reads_of_subject(case.complaint.subject)
    before = request.GET.get("before", "")
    narrowed = rows.filter(quarter__lt=int(before)) if before.isdecimal() and len(before) < 12 else rows
    found = list(narrowed[:PAGE_SIZE])
    older = ""
    if len(found) == PAGE_SIZE:
        last = found[-1].quarter
        found = [row for row in found if row.quarter > last] + list(rows.filter(quarter=last))
        if rows.filter(quarter__lt=last).exists():
            older = f"{case.at('readers')}?before={last}"
    context = {
        "case": case,
        "complaint": case.complaint,
        "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=_("Who looked")),
        "rows": _looks(found),
        "older": older,
        "newest": case.at("readers") if narrowed is not rows else "",
    }
    return render(request, "workspace/complaint/readers.html", context)


def _looks(rows: Sequence[ReadEvent]) -> list[Look]:
    """Two queries for the names, however many rows there are."""
    known = subjects_named({row.actor for row in rows})
    keys = [subject.key for subject in known.values() if subject.kind == "person"]
    people = dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [
        Look(
            at=row.at,
            who=people.get(known[row.actor].key, FORMER) if row.actor in known else FORMER,
            acting_as=acting_called(row.acting_as),
            part=part_called(row.field_group),
            reason=REASONS.get(row.reason, row.reason),
        )
        for row in rows
    ]
