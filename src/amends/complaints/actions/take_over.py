"""Taking over a complaint that came from elsewhere and is still open: its clocks start now."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline
from amends.complaints.models.complaint import Origin
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def take_over(complaint: Complaint, *, by: engine.Person, at: datetime, seen: int | None = None) -> None:
    """Become the handler of a complaint taken over from another system; a decision is owed from this moment."""
    if complaint.origin != Origin.IMPORT or Deadline.objects.filter(complaint=complaint).exists():
        raise Refusal("clocks_run", _("The clocks of this complaint run already."))
    lifecycle.take(Verb.TAKE_OVER, complaint, by=by, at=at, seen=seen)
    Complaint.objects.filter(pk=complaint.pk).update(handler_id=staff_id_of(by))
    complaint.handler_id = staff_id_of(by)
    deadlines.apply_packs(complaint, deadlines.packs_that_fit(complaint, ""), at)
    deadlines.begin(complaint, Deadline.Kind.DECISION, at, "taken_over")
    record(events.TakenOver(complaint=complaint.subject), by=by, at=at)
