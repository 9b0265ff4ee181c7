"""Many complaints at once: one comes through the verbs, the others are its copies, for lists that count and sort."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from amends.complaints.models import Complaint, Party
from amends.correspondence.models import Thread
from amends.kit.ids import new_reference
from tests import builders
from tests.cast import World


def copies(world: World, rows: Sequence[dict[str, Any]]) -> list[Complaint]:
    """A complaint per row, with what the row says changed."""
    first = Complaint.objects.order_by("id").first() or builders.a_complaint(world)
    threads = Thread.objects.bulk_create([Thread() for _ in rows])
    values = {
        field.attname: getattr(first, field.attname)
        for field in Complaint._meta.concrete_fields
        if field.attname not in {"id", "thread_id", "reference", "form_token_hash"}
    }
    made = [
        Complaint(**{**values, **row, "thread": thread, "reference": new_reference("LAU", 2026)})
        for row, thread in zip(rows, threads, strict=True)
    ]
    made = Complaint.objects.bulk_create(made)
    Party.objects.bulk_create(
        [Party(complaint=complaint, role=Party.Role.COMPLAINANT, name=f"Person {complaint.pk}") for complaint in made]
    )
    return made


def due(at: datetime | None, **more: Any) -> dict[str, Any]:
    """A row with or without a deadline."""
    return {"next_due_at": at, "next_due_kind": "decision" if at else "", **more}
