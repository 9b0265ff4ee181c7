"""A message that has to go out on paper waits for the printer (ISO 10002, 7.8)."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Letter, Party
from amends.correspondence.models import Message
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.permissions import engine


@transaction.atomic
def queue_letter(complaint: Complaint, message: Message, party: Party, *, by: engine.Person, at: datetime) -> Letter:
    """Put it on the list of letters, once."""
    lifecycle.take(Verb.QUEUE_LETTER, complaint, by=by, at=at)
    letter, made = Letter.objects.get_or_create(
        message=message, defaults={"complaint": complaint, "party": party, "made_at": at}
    )
    if made:
        record(events.LetterQueued(complaint=complaint.subject, message=Subject("message", message.pk)), by=by, at=at)
    return letter
