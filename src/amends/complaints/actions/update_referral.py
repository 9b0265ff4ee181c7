"""What comes to be known later of a complaint with an outside body: their number, when the file is due (7.9)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actions.refer import check_days
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Referral
from amends.complaints.outside import newest_referral, watch_for_file
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def update_referral(
    complaint: Complaint,
    *,
    told_on: date,
    their_reference: str,
    file_due_on: date | None,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> Referral:
    """Write down what we were told since. A new day for the file asks for the file again.

    Refusals: those of days, and `decided_already`.
    """
    lifecycle.check(Verb.UPDATE_REFERRAL, complaint, by=by)
    referral = newest_referral(complaint)
    if referral is None or referral.is_decided:
        raise Refusal("decided_already", _("The outside body is done with it."))
    check_days(referral.referred_on, told_on, file_due_on, at)
    lifecycle.take(Verb.UPDATE_REFERRAL, complaint, by=by, at=at, seen=seen)
    is_asked_again = file_due_on != referral.file_due_on
    referral.told_on, referral.their_reference = told_on, clean_line(their_reference)[:80]
    if is_asked_again:
        referral.file_due_on, referral.file_sent_on = file_due_on, None
    referral.save(update_fields=["told_on", "their_reference", "file_due_on", "file_sent_on"])
    if is_asked_again:
        referral.complaint = complaint
        watch_for_file(referral, at)
    record(
        events.ReferralUpdated(
            complaint=complaint.subject, number=referral.number, told_on=told_on, file_due_on=file_due_on
        ),
        by=by,
        at=at,
        payload={"reference": referral.their_reference},
    )
    return referral
