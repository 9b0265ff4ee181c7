"""Mails that come in, and mails of ours that do not arrive (7.2, 7.8). Who wrote and what stays with the mail."""

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Event, Retention, Subject, event


@event("complaints.mail_kept", sentence=_("A mail came in: %(reference)s"))
class MailKept(Event):
    mail: Subject
    reference: str
    digest: str
    size: int
    way: str


@event("complaints.mail_set_aside", sentence=_("The mail %(reference)s became no message"))
class MailSetAside(Event):
    mail: Subject
    reference: str
    outcome: str
    why: str
    waits: bool


@event("complaints.mail_taken_up", sentence=_("The mail %(reference)s was recorded under a reference of its own"))
class MailTakenUp(Event):
    mail: Subject
    reference: str
    complaint: Subject
    outcome: str
    files: int
    left_out: int


@event("complaints.mail_joined", sentence=_("The mail %(reference)s was added to a complaint"))
class MailJoined(Event):
    mail: Subject
    reference: str
    complaint: Subject
    message: Subject
    is_same_sender: bool
    files: int
    left_out: int


@event("complaints.mail_dismissed", sentence=_("The mail %(reference)s is not a complaint"))
class MailDismissed(Event):
    mail: Subject
    reference: str
    before: str


@event("complaints.mail_came_back", sentence=_("A mail to the complainant could not be delivered"))
class MailCameBack(Event):
    complaint: Subject
    delivery: Subject
    status: str


@event(
    "complaints.automatic_reply_held_back",
    sentence=_("No automatic confirmation was sent: too many went to this address or its mail server"),
    retention=Retention.CASE,
)
class AutomaticReplyHeldBack(Event):
    complaint: Subject
    why: str


@event("complaints.automatic_answer_came", sentence=_("An automatic answer came"))
class AutomaticAnswerCame(Event):
    complaint: Subject
    mail: Subject
    reference: str


@event(
    "complaints.answered_from_elsewhere",
    sentence=_("A mail that answers one of ours came from another address and was not added"),
)
class AnsweredFromElsewhere(Event):
    complaint: Subject
    mail: Subject
    reference: str
