"""Giving a complaint to a handler and a unit (ISO 10002, 7.3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.fitness import check_fitness
from amends.complaints.handing_on import end_hand_over
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person, Unit
from amends.permissions import engine


@transaction.atomic
def assign(
    complaint: Complaint,
    handler: Person | None,
    *,
    by: engine.Person,
    at: datetime,
    unit: Unit | None = None,
    seen: int | None = None,
) -> None:
    """Make somebody responsible, in this or another unit; without a handler, give it back to the unit."""
    unit = unit or complaint.lead_unit
    if unit.closed_at is not None:
        raise Refusal("unit_closed", _("This unit is closed. Choose another."), field="unit")
    if handler is not None:
        check_fitness(complaint, handler, unit, at)
    lifecycle.take(Verb.ASSIGN, complaint, by=by, at=at, seen=seen)
    before = complaint.handler
    set_handler(complaint, handler, unit)
    end_hand_over(complaint, at)
    record(
        events.Assigned(
            complaint=complaint.subject,
            handler=handler.subject if handler else None,
            unit=unit.subject,
            before=before.subject if before else None,
        ),
        by=by,
        at=at,
    )


def set_handler(complaint: Complaint, handler: Person | None, unit: Unit) -> None:
    """Write handler and unit, inside a verb that has taken its step."""
    complaint.handler, complaint.lead_unit = handler, unit
    Complaint.objects.filter(pk=complaint.pk).update(handler=handler, lead_unit=unit)
