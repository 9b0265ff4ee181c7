"""Asking that an entry made by mistake, or as a test, be void (ISO 10002, 7.2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Voiding
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def ask_to_void(complaint: Complaint, *, why: Voiding.Why, reason: str, by: engine.Person, at: datetime) -> Voiding:
    """Nothing changes until somebody who leads confirms it. Refusals: `void_asked`, `takes_in`."""
    reason = checked_text(reason, longest=2000, field="reason")
    lifecycle.take(Verb.ASK_TO_VOID, complaint, by=by, at=at)
    Complaint.objects.select_for_update(no_key=True).get(pk=complaint.pk)  # two at once: the second finds the first
    if Voiding.objects.asked().filter(complaint=complaint).exists():
        raise Refusal("void_asked", _("Somebody has asked this already. It waits for a second person."))
    demand_nothing_merged(complaint)
    voiding = Voiding.objects.create(
        complaint=complaint, why=why, reason=reason, asked_by_id=staff_id_of(by), asked_at=at
    )
    record(events.VoidAsked(complaint=complaint.subject, why=why.value), by=by, at=at, payload={"reason": reason})
    return voiding


def demand_nothing_merged(complaint: Complaint) -> None:
    """Refuse with `takes_in` where another complaint goes on in this one: it would go on in nothing."""
    if Complaint.objects.filter(merged_into=complaint).exists():
        raise Refusal("takes_in", _("Another complaint is merged into this one. Take it out again first."))
