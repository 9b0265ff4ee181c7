"""The ledger of remedies: everything promised, done and verified that a person may see (annex F)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from amends.complaints.models import Complaint, Remedy
from amends.complaints.permissions import visible_to
from amends.people.models import Unit
from amends.people.standing import Staff

#: What was proposed only, or dropped, is no promise.
COUNTED = (Remedy.State.PROMISED, Remedy.State.DONE, Remedy.State.VERIFIED)
#: States to narrow to: what was left after a body outside had decided is shown where one asks for it.
SHOWN = (*COUNTED, Remedy.State.LEFT)
PAGE_SIZE, CHUNK = 50, 500


@dataclass(frozen=True)
class LedgerFilter:
    """What the ledger is narrowed to; empty means everything."""

    state: str = ""
    unit: Unit | None = None
    kind: str = ""
    is_late: bool = False
    #: Ordered by bodies outside alone.
    is_ordered: bool = False

    def of(self, person: Staff, today: date) -> QuerySet[Remedy]:
        """The remedies that fit, of complaints that the person may read."""
        rows = Remedy.objects.filter(
            complaint__in=visible_to(person).counted(), state__in=[self.state] if self.state else COUNTED
        )
        if self.unit is not None:
            rows = rows.filter(complaint__lead_unit__path__startswith=self.unit.path)
        if self.kind:
            rows = rows.filter(kind__code=self.kind)
        if self.is_ordered:
            rows = rows.filter(referral__isnull=False)
        if self.is_late:
            rows = rows.filter(state=Remedy.State.PROMISED, due_on__lt=today)
        return rows


@dataclass(frozen=True)
class LedgerPage:
    """Some rows, and the cursor of the next ones; empty at the end."""

    rows: Sequence[Remedy]
    next: str


def ledger_page(rows: QuerySet[Remedy], cursor: str, *, size: int = PAGE_SIZE) -> LedgerPage:
    """The rows behind a cursor, the latest day first. Two queries at most, whichever page it is."""
    found = list(_behind(_in_order(rows), cursor)[: size + 1])
    more, found = len(found) > size, found[:size]
    return LedgerPage(found, _cursor_of(found[-1]) if more else "")


def walked(rows: QuerySet[Remedy]) -> Iterator[Remedy]:
    """All rows in order, so many at a time."""
    cursor = ""
    while True:
        page = ledger_page(rows, cursor, size=CHUNK)
        yield from page.rows
        if not page.next:
            return
        cursor = page.next


def _in_order(rows: QuerySet[Remedy]) -> QuerySet[Remedy]:
    return rows.select_related("kind", "complaint__lead_unit", "owner").order_by("-due_on", "-complaint_id", "-number")


def _cursor_of(remedy: Remedy) -> str:
    return f"{remedy.due_on.isoformat()}~{remedy.complaint.reference}~{remedy.number}"


def _behind(rows: QuerySet[Remedy], cursor: str) -> QuerySet[Remedy]:
    parts = cursor.split("~")
    if len(parts) != 3 or not (parts[2].isascii() and parts[2].isdigit() and len(parts[2]) < 6) or "\x00" in cursor:
        return rows
    try:
        day = date.fromisoformat(parts[0])
    except ValueError:
        return rows
    key = Complaint.objects.filter(reference=parts[1]).values_list("pk", flat=True).first()
    if key is None:
        return rows
    same_day = Q(due_on=day, complaint_id__lt=key) | Q(due_on=day, complaint_id=key, number__lt=int(parts[2]))
    return rows.filter(Q(due_on__lt=day) | same_day, due_on__lte=day)


@dataclass(frozen=True)
class LedgerSum:
    """How much was promised in one currency, in money and in kind."""

    currency: str
    count: int
    money: int
    in_kind: int


def ledger_sums(rows: QuerySet[Remedy]) -> list[LedgerSum]:
    """The sums of what fits and is real, by currency. One query."""
    real = rows.filter(complaint__in=Complaint.objects.real())
    found = real.exclude(currency="").order_by("currency").values("currency")
    return [
        LedgerSum(row["currency"], row["count"], row["money"] or 0, row["in_kind"] or 0)
        for row in found.annotate(count=Count("pk"), money=Sum("amount"), in_kind=Sum("value"))
    ]
