"""What the tests of the clock share: ringing everything that is due, and what the journal says of it."""

from datetime import UTC, datetime

from amends.complaints import actions
from amends.complaints.models import Acknowledgement, Complaint, Deadline
from amends.complaints.stages import Stage
from amends.journal.models import Entry
from amends.journal.pseudonyms import known_name_of
from amends.kit.invariants import all_invariants
from amends.people.standing import SYSTEM
from amends.reactions import clock
from tests import builders
from tests.cast import World

HOLDER = "the clock of the tests"


def moment(text: str) -> datetime:
    """A moment of 2026 in UTC: `03-23T17:00`."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=UTC)


def ring_all(at: datetime, *, batch: int = clock.BATCH, holder: str = HOLDER) -> int:
    """Ring until nothing is due any more. Returns how many alarms rang."""
    total = 0
    while rung := clock.ring(holder, at, batch=batch):
        total += rung
    return total


def confirmed(world: World, stage: Stage = Stage.INVESTIGATING, **changes: object) -> Complaint:
    """A complaint whose receipt was confirmed, so that nothing but the decision is due."""
    complaint = builders.a_complaint(world, stage, **changes)
    actions.acknowledge(complaint, how=Acknowledgement.How.EMAIL, by=SYSTEM, at=complaint.received_at)
    return complaint


def decision_of(complaint: Complaint) -> Deadline:
    """The clock for the decision, as it stands."""
    return clock_of(complaint, "decision")


def clock_of(complaint: Complaint, code: str) -> Deadline:
    """The newest clock of that code, as it stands, with what verbs want."""
    rows = Deadline.objects.filter(complaint=complaint, code=code)
    return rows.select_related("complaint__lead_unit", "complaint__handler", "calendar", "pack").order_by("-id")[0]


def said(complaint: Complaint, event: str = "") -> list[Entry]:
    """The entries about a complaint in the order of the journal, of one event or all."""
    entries = Entry.objects.filter(subject=known_name_of(complaint.subject)).order_by("id")
    return list(entries.filter(event=f"complaints.{event}") if event else entries)


def broken() -> list[str]:
    """What must always be true and is not."""
    return [sentence for rule in all_invariants() for sentence in rule.check()]
