"""How a complaint comes in, is confirmed and finds somebody (7.2 to 7.4)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Subject, event


@event("complaints.received", sentence=_("Complaint received"), audience=Audience.PUBLIC)
class Received(Event):
    complaint: Subject
    reference: str
    kind: str
    channel: str
    received_at: datetime
    language: str
    unit: Subject
    product: str
    category: str
    is_anonymous: bool
    is_represented: bool
    said_danger: bool
    files: int
    read_back: str
    internal_report: str


@event("complaints.history_recorded", sentence=_("Taken over from %(source)s"))
class HistoryRecorded(Event):
    complaint: Subject
    reference: str
    origin: str
    source: str
    received_at: datetime
    stage: str
    outcome: str


@event("complaints.taken_over", sentence=_("Taken over; its clocks run from now on"))
class TakenOver(Event):
    complaint: Subject


@event("complaints.acknowledged", sentence=_("Receipt confirmed"), audience=Audience.PUBLIC)
class Acknowledged(Event):
    complaint: Subject
    how: str
    is_automatic: bool
    was_late: bool


@event("complaints.assigned", sentence=_("Assigned"))
class Assigned(Event):
    complaint: Subject
    handler: Subject | None
    unit: Subject
    before: Subject | None


@event("complaints.handed_over", sentence=_("Handed over; it waits to be accepted"))
class HandedOver(Event):
    complaint: Subject
    to: Subject | None
    unit: Subject
    due_at: datetime


@event("complaints.hand_over_accepted", sentence=_("Hand-over accepted"))
class HandOverAccepted(Event):
    complaint: Subject
    handler: Subject
    unit: Subject
    before: Subject | None
    was_late: bool


@event("complaints.hand_over_declined", sentence=_("Hand-over declined"))
class HandOverDeclined(Event):
    complaint: Subject
    giver: Subject
