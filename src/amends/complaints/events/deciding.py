"""What we propose, decide and tell (7.7, 7.8)."""

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Subject, event


@event("complaints.response_proposed", sentence=_("Response proposed"))
class ResponseProposed(Event):
    complaint: Subject
    version: int
    outcome: str
    remedies: int
    differs: bool = False


@event("complaints.response_sent_back", sentence=_("Response sent back"))
class ResponseSentBack(Event):
    complaint: Subject
    version: int


@event("complaints.decided", sentence=_("Response approved"))
class Decided(Event):
    complaint: Subject
    version: int
    round: int
    outcome: str
    is_by_one_person: bool
    role: str = ""
    acts_for: Subject | None = None
    amount: int | None = None
    currency: str = ""


@event("complaints.communicated", sentence=_("Decision communicated"), audience=Audience.PUBLIC)
class Communicated(Event):
    complaint: Subject
    round: int
    outcome: str
    channel: str
    was_late: bool
    told_inside: int = 0


@event("complaints.notice_read", sentence=_("The decision was read inside the organisation"))
class NoticeRead(Event):
    complaint: Subject
    count: int
