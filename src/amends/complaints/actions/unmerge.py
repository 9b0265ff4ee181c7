"""Taking a merged complaint out again, exactly as it was."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.facts import digest_of
from amends.complaints.held_clocks import give_back_clocks
from amends.complaints.lifecycle import Verb
from amends.complaints.merging import merging_of
from amends.complaints.models import Complaint, Merging
from amends.complaints.stages import Stage
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def unmerge(complaint: Complaint, *, reason: str, by: engine.Person, at: datetime, seen: int | None = None) -> Merging:
    """Give the complaint back its stage and its clocks. Both hashes of its facts stand in the journal.

    They differ only by what was written while it was merged: messages, replies, notes.
    """
    reason = checked_text(reason, longest=4000, field="reason")
    lifecycle.check(Verb.UNMERGE, complaint, by=by)
    merging = merging_of(complaint)
    if merging is None:
        raise Refusal("not_merged", _("This complaint is not merged. Open it again to see where it stands."))
    back_to = (Stage(merging.stage_before), merging.stage_since_before)
    lifecycle.take(Verb.UNMERGE, complaint, by=by, at=at, seen=seen, back_to=back_to, also={"merged_into": None})
    complaint.merged_into = None
    merging.ended_by_id, merging.ended_at, merging.end_reason = staff_id_of(by), at, reason
    merging.save(update_fields=["ended_by", "ended_at", "end_reason"])
    give_back_clocks(complaint, at, merging=merging)
    record(
        events.Unmerged(
            complaint=complaint.subject,
            out_of=merging.into.subject,
            stage=merging.stage_before,
            facts_before=merging.facts_digest,
            facts=digest_of(complaint),
        ),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return merging
