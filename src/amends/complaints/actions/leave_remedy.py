"""Not carrying out something after an outside body has decided, with the reason (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.answering import complete_if_all_done
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Remedy
from amends.complaints.outside import is_decided_outside
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def leave_remedy(
    complaint: Complaint, number: int, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None
) -> Remedy:
    """Say why a remedy is not carried out: it was refused, set aside on appeal, replaced by what they ordered.

    By whoever may decide: what a body ordered is not for the handler alone to leave. Refusals: `text_needed`,
    `result_missing` before the body has decided, `not_promised`.
    """
    reason = checked_text(reason, longest=2000, field="reason")
    lifecycle.check(Verb.LEAVE_REMEDY, complaint, by=by)
    if not is_decided_outside(complaint):
        raise Refusal("result_missing", _("Record what the outside body decided first."))
    remedy = Remedy.objects.filter(complaint=complaint, number=number).select_related("kind").first()
    if remedy is None or remedy.state != Remedy.State.PROMISED:
        raise Refusal("not_promised", _("This remedy is not open any more. Open the complaint again."))
    lifecycle.take(Verb.LEAVE_REMEDY, complaint, by=by, at=at, seen=seen)
    remedy.state, remedy.why_left, remedy.left_by_id, remedy.left_at = Remedy.State.LEFT, reason, staff_id_of(by), at
    remedy.save(update_fields=["state", "why_left", "left_by", "left_at"])
    clocks = deadlines.running(complaint, [Deadline.Kind.REMEDY])
    deadlines.drop_these([clock for clock in clocks if clock.number == number], at)
    deadlines.keep_strictest(complaint)
    complete_if_all_done(complaint, by=by, at=at)
    record(
        events.RemedyLeft(
            complaint=complaint.subject, number=number, kind=remedy.kind.code, is_ordered=remedy.is_ordered
        ),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return remedy
