"""Handing a complaint on to somebody who accepts it first (ISO 10002, 5.4.4)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.fitness import check_fitness
from amends.complaints.handing_on import answer_due, let_in
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, HandOver
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person, Unit
from amends.permissions import engine


@transaction.atomic
def hand_over(
    complaint: Complaint,
    to: Person | None,
    *,
    note: str,
    by: engine.Person,
    at: datetime,
    unit: Unit | None = None,
    seen: int | None = None,
) -> HandOver:
    """Offer it to a person, or without one to all who handle complaints of a unit. Until they accept, nothing moves."""
    unit = unit or complaint.lead_unit
    note = checked_text(note, longest=2000, field="note")
    _check(complaint, to, unit, staff_id_of(by), at)
    lifecycle.take(Verb.HAND_OVER, complaint, by=by, at=at, seen=seen)
    due_at = answer_due(unit, at)
    try:
        with transaction.atomic():
            offered = HandOver.objects.create(
                complaint=complaint,
                given_by_id=staff_id_of(by),
                to_person=to,
                to_unit=unit,
                note=note,
                given_at=at,
                due_at=due_at,
                remind_at=due_at,
                lets_unit_in=let_in(complaint, unit),
            )
    except IntegrityError as error:
        raise Refusal(
            "handed_over_already",
            _("It is handed over already and waits for an answer. Assign it to end that."),
        ) from error
    record(
        events.HandedOver(
            complaint=complaint.subject, to=to.subject if to else None, unit=unit.subject, due_at=offered.due_at
        ),
        by=by,
        at=at,
        payload={"note": note},
    )
    return offered


def _check(complaint: Complaint, to: Person | None, unit: Unit, giver: int, at: datetime) -> None:
    if unit.closed_at is not None:
        raise Refusal("unit_closed", _("This unit is closed. Choose another."), field="unit")
    if to is None and unit.pk == complaint.lead_unit_id:
        raise Refusal("handler_needed", _("Choose a person, or another unit."), field="handler")
    if to is not None:
        if to.pk in {complaint.handler_id, giver}:
            raise Refusal("handler_same", _("Choose somebody else than yourself or its handler."), field="handler")
        check_fitness(complaint, to, unit, at)
