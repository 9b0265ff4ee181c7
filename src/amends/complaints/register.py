"""The register: every complaint of every kind that somebody may read, narrowed, and whether any receipt is missing."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from amends.complaints import events
from amends.complaints.models import Complaint, Deadline, Issue, Party, Voiding
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.journal.models import Entry, Pseudonym, Unsealed


@dataclass(frozen=True)
class Narrowing:
    """What the register is narrowed to; empty is everything."""

    since: datetime | None = None
    before: datetime | None = None
    unit: int | None = None
    stage: str = ""
    kind: str = ""
    outcome: str = ""
    channel: str = ""
    origin: str = ""
    severity: int | None = None
    about_process: bool | None = None
    #: How a voiding stands: asked, void, lifted; or `none`, for what counts.
    void: str = ""
    #: Late now, or ever.
    late: str = ""

    def applied_to(self, complaints: ComplaintQuerySet, at: datetime) -> ComplaintQuerySet:
        """The complaints that fit."""
        columns = {
            "received_at__gte": self.since,
            "received_at__lt": self.before,
            "lead_unit_id": self.unit,
            "stage": self.stage,
            "kind": self.kind,
            "outcome": self.outcome,
            "channel": self.channel,
            "origin": self.origin,
            "severity": self.severity,
            "is_about_process": self.about_process,
        }
        found = complaints.filter(**{name: value for name, value in columns.items() if value not in (None, "")})
        if self.void == "none":
            found = found.counted()
        elif self.void:
            found = found.filter(Exists(Voiding.objects.filter(complaint=OuterRef("pk"), state=self.void)))
        if self.late == "now":
            return found.overdue(at)
        return found.filter(_was_late()) if self.late == "ever" else found

    def named(self) -> tuple[str, ...]:
        """By what it is narrowed, as codes for the journal."""
        return tuple(sorted(name for name, value in asdict(self).items() if value not in (None, "")))


def _was_late() -> Q:
    late = Deadline.objects.filter(complaint=OuterRef("pk"), owed_by=Deadline.OwedBy.ORGANISATION)
    return Q(Exists(late.filter(overdue_at__isnull=False)))


def with_particulars(complaints: ComplaintQuerySet) -> ComplaintQuerySet:
    """With everything that a row of the register says, in a constant number of queries."""
    people = Party.objects.filter(role__in=[Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE])
    return (
        complaints.annotate(was_late=_was_late())
        .select_related("handler", "lead_unit", "product")
        .prefetch_related(
            "walls",
            "participating_units",
            Prefetch("parties", queryset=people, to_attr="complaining"),
            Prefetch("voidings", queryset=Voiding.objects.in_force(), to_attr="void_now"),
            Prefetch("issues", queryset=Issue.objects.select_related("category").order_by("number")),
        )
    )


def walked(complaints: ComplaintQuerySet, size: int = 500) -> Iterator[Complaint]:
    """All of them, newest first, a few hundred in memory at once."""
    return with_particulars(complaints).order_by("-received_at", "-id").iterator(chunk_size=size)


@dataclass(frozen=True)
class Completeness:
    """How many complaints there are, of how many the receipt is sealed or still waits, and which have none."""

    complaints: int
    waiting: int
    missing: tuple[str, ...]

    @property
    def sealed(self) -> int:
        """Receipts with a number in the journal."""
        return self.complaints - self.waiting - len(self.missing)


MOST_NAMED = 20


def completeness_of(complaints: ComplaintQuerySet) -> Completeness:
    """Hold complaints against the journal: each has its receipt there, and each receipt its number."""
    receipts = _receipts()
    missing = complaints.filter(~Exists(receipts)).order_by("id").values_list("reference", flat=True)
    waiting = complaints.filter(Exists(receipts.filter(Exists(Unsealed.objects.filter(entry=OuterRef("pk"))))))
    found = tuple(missing[: MOST_NAMED + 1])
    return Completeness(complaints.count(), waiting.count(), found)


def _receipts() -> QuerySet[Entry]:
    names = Pseudonym.objects.filter(kind="complaint", key=OuterRef(OuterRef("pk"))).values("name")
    written = (events.Received.name, events.HistoryRecorded.name)
    return Entry.objects.filter(subject__in=names, event__in=written)
