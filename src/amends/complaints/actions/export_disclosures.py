"""Taking the register of disclosures out of the house: who took how much of it (ISO 10002, 4.10)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events
from amends.complaints.permissions import May
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.permissions import engine

#: The register is one; there is no row behind it.
REGISTER = Subject("disclosure_register", 1)


@transaction.atomic
def export_disclosures(*, file_format: str, count: int, by: engine.Person, at: datetime) -> None:
    """Record an export before it is handed over."""
    engine.require(by, May.EXPORT)
    record(events.DisclosuresExported(register=REGISTER, file_format=file_format, count=count), by=by, at=at)
