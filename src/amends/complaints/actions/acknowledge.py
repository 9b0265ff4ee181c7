"""Confirming receipt to the complainant (ISO 10002, 7.4)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import person_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Acknowledgement, Complaint, Deadline
from amends.complaints.stages import Stage
from amends.framework.which_packs import rules_of
from amends.journal.recording import record
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def acknowledge(
    complaint: Complaint, *, how: Acknowledgement.How, by: engine.Person, at: datetime, note: str = ""
) -> Acknowledgement:
    """Note that receipt was confirmed, and meet the deadline for it. An automatic one counts once per way."""
    is_automatic = by.actor_kind == "system"
    if is_automatic:
        known = Acknowledgement.objects.filter(complaint=complaint, how=how, is_automatic=True).first()
        if known is not None:
            return known
    lifecycle.take(Verb.ACKNOWLEDGE, complaint, by=by, at=at)
    acknowledgement = Acknowledgement.objects.create(
        complaint=complaint,
        how=how,
        is_automatic=is_automatic,
        person_id=person_id_of(by),
        note=clean_line(note)[:500],
        at=at,
    )
    done = deadlines.Happened((), ())
    if not is_automatic or rules_of(complaint.pack).automatic_acknowledgement_counts:
        in_review = complaint.stage == Stage.IN_REVIEW
        done = deadlines.happened(complaint, "review_acknowledged" if in_review else "acknowledged", at)
    record(
        events.Acknowledged(
            complaint=complaint.subject,
            how=how.value,
            is_automatic=is_automatic,
            was_late=done.was_late(Deadline.Kind.ACKNOWLEDGEMENT, Deadline.Kind.OTHER),
        ),
        by=by,
        at=at,
        payload={"note": acknowledgement.note} if acknowledgement.note else None,
    )
    return acknowledgement
