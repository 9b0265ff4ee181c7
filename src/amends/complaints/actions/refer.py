"""Noting that a complaint is with an outside body (ISO 10002, 7.9)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import deadlines, events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Deadline, Referral
from amends.complaints.outside import check_past, next_number, watch_for_file
from amends.framework.models import OutsideBody
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@dataclass(frozen=True)
class Unlisted:
    """A body that is not on the list; with the reason why, as soon as there is a list."""

    name: str
    why: str = ""


@transaction.atomic
def refer(
    complaint: Complaint,
    body: OutsideBody | Unlisted,
    *,
    referred_on: date,
    by: engine.Person,
    at: datetime,
    told_on: date | None = None,
    their_reference: str = "",
    file_due_on: date | None = None,
    seen: int | None = None,
) -> Referral:
    """Note that the complaint is with an outside body. Our clocks stop; it is watched until that is over.

    `told_on`: since when we know of it. `file_due_on`: by when they want our file; a clock watches that day.
    Refusals: `body_needed`, `reason_needed`, `not_offered`, `in_future`, `told_before`, `due_before`.
    """
    listed, name, why = _checked(body)
    told_on = told_on or referred_on
    check_days(referred_on, told_on, file_due_on, at)
    before = complaint.stage
    lifecycle.take(Verb.REFER, complaint, by=by, at=at, seen=seen)
    referral = Referral.objects.create(
        complaint=complaint,
        number=next_number(Referral, complaint),
        listed=listed,
        body=name,
        why_unlisted=why,
        their_reference=clean_line(their_reference)[:80],
        referred_on=referred_on,
        told_on=told_on,
        file_due_on=file_due_on,
        stage_before=before,
        person_id=staff_id_of(by),
        at=at,
    )
    deadlines.drop(complaint, at, Deadline.Kind.ANSWER)
    deadlines.happened(complaint, "referred", at)
    watch_for_file(referral, at)
    record(
        events.Referred(
            complaint=complaint.subject,
            referred_on=referred_on,
            number=referral.number,
            told_on=told_on,
            file_due_on=file_due_on,
            body=listed.subject if listed else None,
        ),
        by=by,
        at=at,
        payload={"body": name, "reference": referral.their_reference, **({"why_unlisted": why} if why else {})},
    )
    return referral


def _checked(body: OutsideBody | Unlisted) -> tuple[OutsideBody | None, str, str]:
    if isinstance(body, OutsideBody):
        if not body.is_active:
            raise Refusal("not_offered", _("This body is not offered any more. Choose another."), field="listed")
        return body, str(body)[:200], ""
    name, why = clean_line(body.name)[:200], clean_line(body.why)[:300]
    if not name:
        raise Refusal("body_needed", _("Enter the name of the outside body."), field="body")
    if not why and OutsideBody.objects.in_use().exists():
        sentence = _("Choose a body from the list, or say why this one is not on it.")
        raise Refusal("reason_needed", sentence, field="why_unlisted")
    return None, name, why


def check_days(referred_on: date, told_on: date, file_due_on: date | None, at: datetime) -> None:
    """What has happened lies behind us and in order; the file is not due before it went there."""
    check_past(referred_on, at, "referred_on")
    check_past(told_on, at, "told_on")
    if told_on < referred_on:
        sentence = _("We cannot have been told before it was taken there.")
        raise Refusal("told_before", sentence, field="told_on")
    if file_due_on is not None and file_due_on < referred_on:
        sentence = _("They cannot want the file before it was taken there.")
        raise Refusal("due_before", sentence, field="file_due_on")
