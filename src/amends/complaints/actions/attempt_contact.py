"""Trying to reach a complainant who does not answer (ISO 10002, 7.9)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, ContactAttempt
from amends.journal.recording import record
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def attempt_contact(
    complaint: Complaint, *, channel: str, note: str, by: engine.Person, at: datetime
) -> ContactAttempt:
    """Log that somebody tried to reach the complainant."""
    lifecycle.take(Verb.ATTEMPT_CONTACT, complaint, by=by, at=at)
    attempt = ContactAttempt.objects.create(
        complaint=complaint, channel=channel, note=clean_line(note)[:500], person_id=staff_id_of(by), at=at
    )
    count = ContactAttempt.objects.filter(complaint=complaint).count()
    record(
        events.ContactAttempted(complaint=complaint.subject, channel=channel, count=count),
        by=by,
        at=at,
        payload={"note": attempt.note} if attempt.note else None,
    )
    return attempt
