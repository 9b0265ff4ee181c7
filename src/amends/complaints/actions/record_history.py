"""Taking over complaints from another system: many per transaction, one journal entry each, nothing follows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from amends.complaints import events
from amends.complaints.intake import Contact
from amends.complaints.models import CaseText, Complaint, Issue, Party
from amends.complaints.models.complaint import Kind, Origin, Precision
from amends.complaints.permissions import May
from amends.complaints.stages import Stage
from amends.correspondence.models import Message, Thread
from amends.correspondence.models.message import Channel
from amends.framework.models import Category, Product
from amends.framework.queries import the_organisation
from amends.framework.which_packs import own_pack
from amends.journal.recording import record_many
from amends.kit.ids import new_reference
from amends.kit.text import shortened
from amends.people.models import Unit
from amends.permissions import engine


@dataclass(frozen=True)
class HistoricComplaint:
    """A complaint as another system knew it. `source_facts` keeps what has no place of its own."""

    external_id: str
    received_at: datetime
    title: str
    text: str = ""
    language: str = "en"
    received_precision: str = Precision.DAY
    channel: str = Channel.OTHER
    stage: str = Stage.CLOSED
    stage_since: datetime | None = None
    outcome: str = ""
    is_settled: bool | None = None
    product: Product | None = None
    category: Category | None = None
    unit: Unit | None = None
    site: str = ""
    segment: str = ""
    complainant: Contact = field(default_factory=Contact)
    source_facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recorded:
    """How many were new and how many were known by their external id."""

    added: int
    skipped: int


@transaction.atomic
def record_history(
    complaints: Sequence[HistoricComplaint], *, source: str, by: engine.Person, at: datetime
) -> Recorded:
    """Record complaints that are not known yet, in a constant number of queries per call. Dates are kept.

    Open ones carry no clocks until a person takes them over.
    """
    engine.require(by, May.IMPORT)
    known = set(
        Complaint.objects.filter(
            source=source, external_id__in=[complaint.external_id for complaint in complaints]
        ).values_list("external_id", flat=True)
    )
    fresh: dict[str, HistoricComplaint] = {}
    for complaint in complaints:
        if complaint.external_id not in known:
            fresh.setdefault(complaint.external_id, complaint)
    if fresh:
        _write(list(fresh.values()), source=source, by=by, at=at)
    return Recorded(len(fresh), len(complaints) - len(fresh))


def _write(historic: list[HistoricComplaint], *, source: str, by: engine.Person, at: datetime) -> None:
    organisation = the_organisation()
    root = Unit.objects.get(parent__isnull=True)
    pack = own_pack(at)
    threads = Thread.objects.bulk_create([Thread() for _ in historic], batch_size=500)
    references = _references(organisation.reference_prefix, [one.received_at.year for one in historic])
    rows = Complaint.objects.bulk_create(
        [
            Complaint(
                reference=reference,
                kind=Kind.COMPLAINT,
                origin=Origin.IMPORT,
                channel=one.channel,
                language=one.language,
                received_at=one.received_at,
                received_precision=one.received_precision,
                recorded_at=at,
                stage=one.stage,
                stage_since=one.stage_since or one.received_at,
                outcome=one.outcome,
                is_settled=one.is_settled,
                title=one.title[:160] or shortened(one.text, 90),
                product=one.product,
                lead_unit=one.unit or root,
                thread=thread,
                pack=pack,
                site=one.site[:120],
                segment=one.segment[:40],
                source=source,
                external_id=one.external_id,
                source_facts=one.source_facts,
            )
            for one, thread, reference in zip(historic, threads, references, strict=True)
        ],
        batch_size=500,
    )
    pairs = list(zip(historic, rows, strict=True))
    with_text = [(one, row) for one, row in pairs if one.text]
    CaseText.objects.bulk_create(
        [
            CaseText(
                complaint=row,
                role=CaseText.Role.ORIGINAL,
                text=one.text,
                language=one.language,
                at=one.received_at,
            )
            for one, row in with_text
        ],
        batch_size=500,
    )
    Message.objects.bulk_create(
        [
            Message(
                thread=row.thread,
                direction=Message.Direction.IN,
                channel=one.channel,
                text=one.text,
                language=one.language,
                at=one.received_at,
            )
            for one, row in with_text
        ],
        batch_size=500,
    )
    Issue.objects.bulk_create(
        [Issue(complaint=row, number=1, category=one.category, summary=row.title) for one, row in pairs],
        batch_size=500,
    )
    Party.objects.bulk_create(
        [
            Party(
                complaint=row,
                role=Party.Role.COMPLAINANT,
                kind=one.complainant.kind,
                name=one.complainant.name[:160],
                email=one.complainant.email,
                phone=one.complainant.phone[:40],
                address=one.complainant.address[:300],
            )
            for one, row in pairs
        ],
        batch_size=500,
    )
    record_many(
        [
            (
                events.HistoryRecorded(
                    complaint=row.subject,
                    reference=row.reference,
                    origin=Origin.IMPORT.value,
                    source=source,
                    received_at=row.received_at,
                    stage=row.stage,
                    outcome=row.outcome,
                ),
                {"title": row.title, "text": one.text, "external_id": one.external_id},
            )
            for one, row in pairs
        ],
        by=by,
        at=at,
        about_kind="complaint",
    )


def _references(prefix: str, years: list[int]) -> list[str]:
    """As many new references; one that is taken or drawn twice is drawn again."""
    drawn = [new_reference(prefix, year) for year in years]
    while True:
        taken = set(Complaint.objects.filter(reference__in=drawn).values_list("reference", flat=True))
        seen: set[str] = set()
        again = []
        for place, reference in enumerate(drawn):
            if reference in taken or reference in seen:
                again.append(place)
            seen.add(reference)
        if not again:
            return drawn
        for place in again:
            drawn[place] = new_reference(prefix, years[place])
