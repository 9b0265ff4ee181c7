"""Taking in evidence, with where it came from and who has it (ISO 10002, 7.6)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Custody, Evidence, Issue
from amends.complaints.own_files import files_of
from amends.files.models import StoredFile
from amends.files.taking_in import attach
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@dataclass(frozen=True)
class Piece:
    """The answers of the form. A file is one that the complaint has already, or one just taken in."""

    kind: Evidence.Kind
    title: str
    origin: str
    taken_on: date
    place: str = ""
    holder: str = ""
    file: StoredFile | None = None
    issue: Issue | None = None


@transaction.atomic
def add_evidence(
    complaint: Complaint, piece: Piece, *, by: engine.Person, at: datetime, seen: int | None = None
) -> Evidence:
    """Put a piece on the list and begin its custody.

    Refusals: `title_needed`, `origin_needed`, `file_needed`, `file_elsewhere`, `taken_in_future`.
    """
    title, origin = clean_line(piece.title)[:200], clean_line(piece.origin)[:300]
    if not title:
        raise Refusal("title_needed", _("Say what it is."), field="title")
    if not origin:
        raise Refusal("origin_needed", _("Say where it came from."), field="origin")
    if (piece.kind == Evidence.Kind.FILE) != (piece.file is not None):
        raise Refusal("file_needed", _("Choose the file, or say that it is something else."), field="file")
    if piece.issue is not None and piece.issue.complaint_id != complaint.pk:
        raise Refusal("issue_elsewhere", _("This point belongs to another complaint."))
    if piece.taken_on > at.astimezone(the_organisation().zone).date():
        raise Refusal("taken_in_future", _("The day on which it was taken in cannot lie ahead."), field="taken_on")
    lifecycle.take(Verb.ADD_EVIDENCE, complaint, by=by, at=at, seen=seen)
    if piece.file is not None:
        _claim(complaint, piece.file, at)
    evidence = Evidence.objects.create(
        complaint=complaint,
        issue=piece.issue,
        number=Evidence.objects.filter(complaint=complaint).count() + 1,
        kind=piece.kind,
        title=title,
        origin=origin,
        file=piece.file,
        sha256=piece.file.sha256 if piece.file else "",
        taken_on=piece.taken_on,
        person_id=staff_id_of(by),
        at=at,
    )
    place, holder = clean_line(piece.place)[:200], clean_line(piece.holder)[:160]
    Custody.objects.create(
        evidence=evidence,
        number=1,
        what=Custody.What.TAKEN_IN,
        holder=holder,
        place=place,
        person_id=staff_id_of(by),
        at=at,
    )
    record(
        events.EvidenceAdded(
            complaint=complaint.subject, number=evidence.number, kind=evidence.kind, sha256=evidence.sha256
        ),
        by=by,
        at=at,
        payload={"title": title, "origin": origin, "holder": holder, "place": place},
    )
    return evidence


def _claim(complaint: Complaint, file: StoredFile, at: datetime) -> None:
    """A file just taken in becomes the complaint's; any other has to be its own already."""
    if file.attached_at is None:
        attach(file, at)
    elif not files_of(complaint).filter(pk=file.pk).exists():
        raise Refusal("file_elsewhere", _("This file does not belong to the complaint."), field="file")
