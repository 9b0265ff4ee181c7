"""Notes among ourselves (ISO 10002, 7.3)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message, checked_text
from amends.files.models import StoredFile
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def write_note(
    complaint: Complaint, *, text: str, by: engine.Person, at: datetime, files: Sequence[StoredFile] = ()
) -> Message:
    """Write something that the complainant never sees."""
    text = checked_text(text)
    lifecycle.take(Verb.WRITE_NOTE, complaint, by=by, at=at)
    note = add_message(
        complaint.thread,
        direction=Message.Direction.NOTE,
        text=text,
        at=at,
        channel=Channel.PORTAL,
        person=Person.objects.get(pk=staff_id_of(by)),
        files=files,
    )
    record(
        events.NoteWritten(complaint=complaint.subject, message=Subject("message", note.pk)),
        by=by,
        at=at,
        payload={"text": text},
    )
    return note
