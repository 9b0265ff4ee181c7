"""Taking the register out of the house: who took how much of it, with which columns (ISO 10002, 8.1)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events
from amends.complaints.permissions import May
from amends.complaints.register import Narrowing
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.refusal import Refusal
from amends.permissions import engine

#: The register is one; there is no row behind it.
REGISTER = Subject("register", 1)


@transaction.atomic
def export_register(
    *, columns: Sequence[str], narrowing: Narrowing, file_format: str, count: int, by: engine.Person, at: datetime
) -> None:
    """Record an export before it is handed over. Refusals: `columns_needed`."""
    engine.require(by, May.EXPORT)
    if not columns:
        raise Refusal("columns_needed", _("Choose at least one column."), field="columns")
    record(
        events.RegisterExported(
            register=REGISTER,
            file_format=file_format,
            columns=tuple(columns),
            narrowed_by=narrowing.named(),
            count=count,
        ),
        by=by,
        at=at,
    )
