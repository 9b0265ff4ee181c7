"""Noting that a complaint is with an outside body (ISO 10002, 7.9)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Referral
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def refer(
    complaint: Complaint,
    *,
    body: str,
    referred_on: date,
    by: engine.Person,
    at: datetime,
    their_reference: str = "",
    seen: int | None = None,
) -> Referral:
    """Note that the complaint is with an outside body. Our clocks stop; it is watched until that is over."""
    body = clean_line(body)[:200]
    if not body:
        raise Refusal("body_needed", _("Enter the name of the outside body."), field="body")
    lifecycle.take(Verb.REFER, complaint, by=by, at=at, seen=seen)
    referral = Referral.objects.create(
        complaint=complaint,
        body=body,
        their_reference=clean_line(their_reference)[:80],
        referred_on=referred_on,
        person_id=staff_id_of(by),
        at=at,
    )
    deadlines.drop(complaint, at, Deadline.Kind.ANSWER)
    deadlines.happened(complaint, "referred", at)
    record(
        events.Referred(complaint=complaint.subject, referred_on=referred_on),
        by=by,
        at=at,
        payload={"body": body, "reference": referral.their_reference},
    )
    return referral
