"""A message that has to go out on paper waits for the printer (ISO 10002, 7.8)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.letter_blocks import Composed
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Letter, Party
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message
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


@transaction.atomic
def write_letter(
    complaint: Complaint,
    party: Party,
    written: Composed,
    *,
    kind: Letter.Kind,
    cause: UUID,
    by: engine.Person,
    at: datetime,
) -> Letter:
    """Put a letter that nobody had to write on the list, once for the journal entry that it follows."""
    lifecycle.take(Verb.QUEUE_LETTER, complaint, by=by, at=at)
    known = Letter.objects.filter(message__cause=cause).first()
    if known is not None:
        return known
    message = add_message(
        complaint.thread,
        direction=Message.Direction.OUT,
        text=written.text,
        at=at,
        channel=Channel.POST,
        language=complaint.language,
        template=written.template,
        cause=cause,
    )
    letter = Letter.objects.create(message=message, complaint=complaint, party=party, kind=kind, made_at=at)
    record(
        events.LetterQueued(complaint=complaint.subject, message=Subject("message", message.pk)),
        by=by,
        at=at,
        payload={"text": written.text},
    )
    return letter
