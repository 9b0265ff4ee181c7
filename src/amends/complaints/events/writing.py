"""Messages, notes and codes (7.3)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Retention, Subject, event


@event("complaints.message_sent", sentence=_("Message to the complainant"), audience=Audience.PUBLIC)
class MessageSent(Event):
    complaint: Subject
    message: Subject
    channel: str
    needs_reply: bool
    stopped: tuple[str, ...] = ()


@event("complaints.message_held", sentence=_("A message to the complainant waits to leave"))
class MessageHeld(Event):
    complaint: Subject
    held: Subject
    number: int
    channel: str
    needs_reply: bool
    files: int
    leaves_at: datetime


@event("complaints.message_taken_back", sentence=_("A message to the complainant was taken back before it left"))
class MessageTakenBack(Event):
    complaint: Subject
    held: Subject
    number: int


@event("complaints.message_not_sent", sentence=_("A message to the complainant could not be sent"))
class MessageNotSent(Event):
    complaint: Subject
    held: Subject
    number: int
    why: str


@event("complaints.replied", sentence=_("Message from the complainant"), audience=Audience.PUBLIC)
class Replied(Event):
    complaint: Subject
    message: Subject
    channel: str
    files: int
    moved: tuple[str, ...] = ()


@event("complaints.summary_confirmed", sentence=_("Whether we understood it"), audience=Audience.PUBLIC)
class SummaryConfirmed(Event):
    complaint: Subject
    is_right: bool
    points: int
    message: Subject | None
    channel: str
    moved: tuple[str, ...] = ()


@event("complaints.note_written", sentence=_("Internal note"))
class NoteWritten(Event):
    complaint: Subject
    message: Subject


@event("complaints.translated", sentence=_("Translation added"))
class Translated(Event):
    complaint: Subject
    text: Subject
    #: The complaint, a point or a message.
    of: str
    number: int
    language: str
    version: int
    is_by_machine: bool


@event("complaints.code_asked_for", sentence=_("A one-time code was asked for by e-mail"), retention=Retention.SECURITY)
class CodeAskedFor(Event):
    complaint: Subject
    code: int


@event("complaints.access_code_renewed", sentence=_("New access code given"), retention=Retention.SECURITY)
class AccessCodeRenewed(Event):
    complaint: Subject
    check: str
