"""A message that nobody took back leaves: what `write_message` does, said by whoever wrote it."""

from datetime import datetime

from django.db import transaction

from amends.complaints import events
from amends.complaints.actions.write_message import write_message
from amends.complaints.models import Complaint, HeldMessage
from amends.complaints.permissions import May
from amends.correspondence.models import Message, MessageFile
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.refusal import Refusal
from amends.people.standing import standing_of
from amends.permissions import engine


def send_held(held: HeldMessage, *, by: engine.Person, at: datetime) -> Message | None:
    """Let it leave; None where it was taken back, has left already, or may not be sent any more.

    It may not when whoever wrote it has lost the complaint within those seconds. The text then comes back to them.
    """
    engine.require(by, May.KEEP_TIME, held.complaint)
    try:
        return _leave(held, at)
    except Refusal as refusal:
        _come_back(held, refusal, by, at)
        return None


@transaction.atomic
def _leave(held: HeldMessage, at: datetime) -> Message | None:
    complaint = Complaint.objects.select_for_update(no_key=True).get(pk=held.complaint_id)
    # The same row that `take_back` moves: on either engine the second of the two finds it moved.
    fresh = HeldMessage.objects.waiting().select_for_update().filter(pk=held.pk, leaves_at__lte=at).first()
    if fresh is None:
        return None
    message = write_message(
        complaint,
        text=held.text,
        channel=held.channel,
        needs_reply=held.needs_reply,
        by=standing_of(held.person, at),
        at=at,
    )
    rows = HeldMessage.objects.waiting().filter(pk=held.pk)
    rows.update(state=HeldMessage.State.LEFT, ended_at=at, message=message)
    files = held.files.order_by("id").values_list("file_id", flat=True)
    MessageFile.objects.bulk_create([MessageFile(message=message, file_id=file) for file in files])
    return message


@transaction.atomic
def _come_back(held: HeldMessage, refusal: Refusal, by: engine.Person, at: datetime) -> None:
    rows = HeldMessage.objects.waiting().filter(pk=held.pk)
    if rows.update(state=HeldMessage.State.REFUSED, ended_at=at) == 1:
        record(
            events.MessageNotSent(
                complaint=held.complaint.subject,
                held=Subject("held_message", held.pk),
                number=held.number,
                why=refusal.code,
            ),
            by=by,
            at=at,
        )
