"""Taking up again an entry that was void, exactly as it was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.held_clocks import give_back_clocks
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Voiding
from amends.complaints.stages import Stage
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def unvoid(complaint: Complaint, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None) -> Voiding:
    """Give back its stage and its clocks with the dates of before: that it was void was our doing."""
    reason = checked_text(reason, longest=2000, field="reason")
    lifecycle.check(Verb.UNVOID, complaint, by=by)
    voiding = Voiding.objects.in_force().filter(complaint=complaint).first()
    if voiding is None or voiding.stage_since_before is None:
        raise Refusal("not_void", _("This entry is not void. Open it again to see where it stands."))
    back_to = (Stage(voiding.stage_before), voiding.stage_since_before)
    lifecycle.take(Verb.UNVOID, complaint, by=by, at=at, seen=seen, back_to=back_to)
    voiding.state, voiding.lifted_by_id, voiding.lifted_at = Voiding.State.LIFTED, staff_id_of(by), at
    voiding.lift_reason = reason
    voiding.save()
    give_back_clocks(complaint, at, voiding=voiding)
    record(
        events.Unvoided(complaint=complaint.subject, stage=voiding.stage_before),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return voiding
