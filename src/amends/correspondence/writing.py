"""Adding messages to a thread, inside the transaction of the verb that does it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amends.correspondence.models import Message, MessageFile, Thread
from amends.files.models import StoredFile
from amends.files.taking_in import attach
from amends.framework.models import MessageTemplate
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.people.models import Person

LONGEST_MESSAGE = 20_000


def checked_text(typed: str, *, longest: int = LONGEST_MESSAGE, field: str = "text") -> str:
    """A text as it is kept. Raises Refusal when it is empty or too long."""
    text = clean_text(typed)
    if not text:
        raise Refusal("text_needed", _("Write something first."), field=field)
    if len(text) > longest:
        raise Refusal(
            "text_too_long",
            _("Shorten the text to %(longest)d characters, or send the rest in a second message.")
            % {"longest": longest},
            field=field,
        )
    return text


def add_message(
    thread: Thread,
    *,
    direction: Message.Direction,
    text: str,
    at: datetime,
    channel: str,
    language: str = "",
    person: Person | None = None,
    needs_reply: bool = False,
    files: Sequence[StoredFile] = (),
    template: MessageTemplate | None = None,
    cause: UUID | None = None,
) -> Message:
    """Write a message. An inbound one answers every question that was still open."""
    message = Message.objects.create(
        thread=thread,
        direction=direction,
        person=person,
        channel=channel,
        text=text,
        language=language,
        at=at,
        needs_reply=needs_reply,
        template=template,
        cause=cause,
    )
    for file in files:
        attach(file, at)
        MessageFile.objects.create(message=message, file=file)
    if direction == Message.Direction.IN:
        thread.messages.filter(needs_reply=True, answered_at__isnull=True).update(answered_at=at)
    return message
