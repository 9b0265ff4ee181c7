"""A mail of ours came back: it did not arrive, and somebody has to find another way (ISO 10002, 7.8)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events
from amends.complaints.models import Complaint
from amends.complaints.permissions import May
from amends.correspondence.delivering import REFUSED_AT_ONCE
from amends.correspondence.models import Delivery
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.text import clean_line
from amends.permissions import engine

SOMEWHERE_ELSE = "came back: the mail server of the address could not deliver it"


@transaction.atomic
def note_bounce(delivery: Delivery, *, status: str, by: engine.Person, at: datetime) -> bool:
    """Mark the mail as refused, once. Tells whether it belongs to a complaint, whose handler is told."""
    engine.require(by, May.SORT_MAIL)
    sent = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.REFUSED)
    code = clean_line(status)[:12]
    is_first = bool(sent.update(state=Delivery.State.REFUSED, last_error=f"{SOMEWHERE_ELSE} ({code})"[:300]))
    delivery.refresh_from_db()
    complaint = Complaint.objects.filter(thread=delivery.thread_id).first() if delivery.thread_id else None
    if complaint is not None and is_first:
        record(
            events.MailCameBack(
                complaint=complaint.subject, delivery=Subject("delivery", delivery.pk), status=code.replace(" ", "")
            ),
            by=by,
            at=at,
        )
    return complaint is not None


@transaction.atomic
def note_refusal(delivery: Delivery, *, by: engine.Person, at: datetime) -> None:
    """The mail server would not take it for that address: the handler is told, once."""
    engine.require(by, May.SORT_MAIL)
    fresh = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.REFUSED, last_error=REFUSED_AT_ONCE)
    complaint = Complaint.objects.filter(thread=delivery.thread_id).first() if delivery.thread_id else None
    if fresh.update(last_error=f"{REFUSED_AT_ONCE}; noted") == 1 and complaint is not None:
        mail = Subject("delivery", delivery.pk)
        record(events.MailCameBack(complaint=complaint.subject, delivery=mail, status="refused"), by=by, at=at)


@transaction.atomic
def hold_back_reply(complaint: Complaint, *, why: str, by: engine.Person, at: datetime) -> None:
    """Note that the confirmation that goes out by itself did not go: a person confirms receipt instead."""
    engine.require(by, May.SORT_MAIL)
    record(events.AutomaticReplyHeldBack(complaint=complaint.subject, why=why), by=by, at=at)
