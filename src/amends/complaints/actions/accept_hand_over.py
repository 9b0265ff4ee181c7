"""Accepting a complaint that was handed over: from now on one answers for it (ISO 10002, 5.4.4)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.assign import set_handler
from amends.complaints.actors import staff_id_of
from amends.complaints.fitness import check_fitness
from amends.complaints.handing_on import let_out, open_hand_over
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, HandOver
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def accept_hand_over(complaint: Complaint, *, by: engine.Person, at: datetime, seen: int | None = None) -> HandOver:
    """Become its handler, in the unit to which it was offered."""
    offered = open_hand_over(complaint)
    lifecycle.take(Verb.ACCEPT_HAND_OVER, complaint, by=by, at=at, seen=seen)
    if offered is None:
        raise nothing_offered()
    handler = Person.objects.get(pk=staff_id_of(by))
    check_fitness(complaint, handler, offered.to_unit, at)
    before = complaint.handler
    set_handler(complaint, handler, offered.to_unit)
    let_out(offered)
    # One of several who are asked accepts: the step above let only the first through.
    HandOver.objects.filter(pk=offered.pk).update(accepted_at=at, answered_by=handler)
    offered.refresh_from_db()
    record(
        events.HandOverAccepted(
            complaint=complaint.subject,
            handler=handler.subject,
            unit=offered.to_unit.subject,
            before=before.subject if before else None,
            was_late=offered.due_at < at,
        ),
        by=by,
        at=at,
    )
    return offered


def nothing_offered() -> Refusal:
    """For whoever answers what was answered meanwhile."""
    return Refusal("nothing_offered", _("Nobody waits for you to take this complaint over any more."))
