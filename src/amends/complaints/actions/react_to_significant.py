"""Saying what is being done about a significant complaint (ISO 10002, 5.4.1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, SignificantAlert, SignificantReader
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def react_to_significant(complaint: Complaint, *, reaction: str, by: engine.Person, at: datetime) -> SignificantAlert:
    """The first who reacts to the newest alert says what is being done; that they have read it follows."""
    reaction = checked_text(reaction, longest=2000, field="reaction")
    lifecycle.take(Verb.REACT_TO_SIGNIFICANT, complaint, by=by, at=at)
    alert = SignificantAlert.objects.filter(complaint=complaint).order_by("-number").first()
    if alert is None:
        raise Refusal("no_alert", _("There is no alert of this complaint to react to."))
    # Two who react at the same moment: the first stands, the second is told so and keeps their text.
    free = SignificantAlert.objects.filter(pk=alert.pk, reacted_at__isnull=True)
    if free.update(reaction=reaction, reacted_at=at, reacted_by_id=staff_id_of(by)) != 1:
        raise Refusal(
            "reacted_already",
            _("Somebody has said already what is being done. Write a note to add to it."),
            field="reaction",
        )
    SignificantReader.objects.filter(
        alert__complaint=complaint, person_id=staff_id_of(by), read_at__isnull=True
    ).update(read_at=at)
    alert.refresh_from_db()
    record(
        events.SignificantReacted(
            complaint=complaint.subject, alert=alert.number, minutes=int((at - alert.raised_at).total_seconds() // 60)
        ),
        by=by,
        at=at,
        payload={"reaction": reaction},
    )
    return alert
