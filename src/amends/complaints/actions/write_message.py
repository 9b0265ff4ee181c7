"""Writing to the complainant (ISO 10002, 7.3)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.actors import person_id_of, staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint
from amends.complaints.pausing import told_something
from amends.correspondence.models import Message
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import add_message, checked_text
from amends.files.models import StoredFile
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.people.models import Person
from amends.permissions import engine


@transaction.atomic
def write_message(
    complaint: Complaint,
    *,
    text: str,
    by: engine.Person,
    at: datetime,
    channel: str = Channel.PORTAL,
    needs_reply: bool = False,
    files: Sequence[StoredFile] = (),
) -> Message:
    """Write to the complainant. It stands on the tracking page; a mail says so where they gave an address."""
    text = checked_text(text)
    lifecycle.take(Verb.WRITE_MESSAGE, complaint, by=by, at=at)
    message = add_message(
        complaint.thread,
        direction=Message.Direction.OUT,
        text=text,
        at=at,
        channel=channel,
        language=complaint.language,
        person=Person.objects.get(pk=staff_id_of(by)),
        needs_reply=needs_reply,
        files=files,
    )
    complaint.has_new_reply = False
    complaint.waits_for_complainant = needs_reply or complaint.waits_for_complainant
    complaint.save(update_fields=["has_new_reply", "waits_for_complainant"])
    stopped = told_something(complaint, at, needs_reply=needs_reply, person_id=person_id_of(by))
    record(
        events.MessageSent(
            complaint=complaint.subject,
            message=Subject("message", message.pk),
            channel=channel,
            needs_reply=needs_reply,
            stopped=tuple(deadline.code for deadline in stopped),
        ),
        by=by,
        at=at,
        payload={"text": text},
    )
    return message
