"""Taking the ledger of remedies out of the house: who took how much of it (ISO 10002, annex F)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events
from amends.complaints.permissions import May
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.permissions import engine

#: The ledger is one; there is no row behind it.
LEDGER = Subject("remedy_ledger", 1)


@transaction.atomic
def export_remedies(*, file_format: str, count: int, by: engine.Person, at: datetime) -> None:
    """Record an export before it is handed over."""
    engine.require(by, May.EXPORT)
    record(events.RemediesExported(ledger=LEDGER, file_format=file_format, count=count), by=by, at=at)
