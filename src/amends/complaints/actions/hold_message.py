"""Writing to the complainant with a moment in which it can still be taken back (ISO 10002, 7.3)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.holding_messages import HELD_FOR
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, HeldFile, HeldMessage
from amends.correspondence.models import Thread
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import checked_text
from amends.files.models import StoredFile
from amends.files.taking_in import attach
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.permissions import engine


@transaction.atomic
def hold_message(
    complaint: Complaint,
    *,
    text: str,
    by: engine.Person,
    at: datetime,
    channel: str = Channel.PORTAL,
    needs_reply: bool = False,
    files: Sequence[StoredFile] = (),
    once: str = "",
    instead_of: HeldMessage | None = None,
    keeps: Sequence[StoredFile] = (),
) -> HeldMessage:
    """Keep a message for ten seconds; then `send_held` says it. Until then nothing of it has happened.

    `once` names the form: sent a second time, it is the same message. `instead_of` is a message of theirs that was
    taken back, of which `keeps` are the files that go along again.
    """
    text = checked_text(text)
    lifecycle.take(Verb.HOLD_MESSAGE, complaint, by=by, at=at)
    person_id = staff_id_of(by)
    # Two senders of one form wait for each other here, and two forms get two numbers.
    Thread.objects.select_for_update().get(pk=complaint.thread_id)
    earlier = HeldMessage.objects.filter(complaint=complaint)
    known = earlier.filter(once=once).first() if once else None
    if known is not None:
        return known
    if instead_of is not None and (instead_of.complaint_id, instead_of.person_id) != (complaint.pk, person_id):
        instead_of = None
    held = HeldMessage.objects.create(
        complaint=complaint,
        number=earlier.count() + 1,
        person_id=person_id,
        text=text,
        channel=channel,
        needs_reply=needs_reply,
        once=once,
        instead_of=instead_of,
        at=at,
        leaves_at=at + HELD_FOR,
    )
    for file in files:
        attach(file, at)
    again = {each.file_id for each in instead_of.files.all()} if instead_of is not None else set()
    along = [*(file for file in keeps if file.pk in again), *files]
    HeldFile.objects.bulk_create([HeldFile(held=held, file=file) for file in along])
    record(
        events.MessageHeld(
            complaint=complaint.subject,
            held=Subject("held_message", held.pk),
            number=held.number,
            channel=channel,
            needs_reply=needs_reply,
            files=len(along),
            leaves_at=held.leaves_at,
        ),
        by=by,
        at=at,
        payload={"text": text},
    )
    return held
