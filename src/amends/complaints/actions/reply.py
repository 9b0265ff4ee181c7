"""What the complainant writes or says to us (ISO 10002, 7.3)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.actors import person_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint
from amends.complaints.pausing import heard_something
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message, checked_text
from amends.files.models import StoredFile
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def reply(
    complaint: Complaint,
    *,
    text: str,
    by: engine.Person,
    at: datetime,
    channel: str = Channel.PORTAL,
    files: Sequence[StoredFile] = (),
) -> Message:
    """What the complainant writes to us, or says on the telephone and a member of staff writes down."""
    text = checked_text(text)
    lifecycle.take(Verb.REPLY, complaint, by=by, at=at)
    author = person_id_of(by)
    message = add_message(
        complaint.thread,
        direction=Message.Direction.IN,
        text=text,
        at=at,
        channel=channel,
        language=complaint.language,
        person=Person.objects.get(pk=author) if author is not None else None,
        files=files,
    )
    complaint.has_new_reply, complaint.waits_for_complainant = True, False
    complaint.save(update_fields=["has_new_reply", "waits_for_complainant"])
    moved = heard_something(complaint, at)
    record(
        events.Replied(
            complaint=complaint.subject,
            message=Subject("message", message.pk),
            channel=channel,
            files=len(files),
            moved=tuple(deadline.code for deadline in moved),
        ),
        by=by,
        at=at,
        payload={"text": text, "files": [file.sha256 for file in files]},
    )
    return message
