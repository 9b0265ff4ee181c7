"""What happens to clocks (7.3)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Subject, event


@event("complaints.reminded", sentence=_("Reminder: a deadline comes near"))
class Reminded(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    due_at: datetime


@event("complaints.reminded_of", sentence=_("Reminder: something waits for an answer or ends soon"))
class RemindedOf(Event):
    """`what` is `hand_over`, `authority` or `significant`; `key` the row that it is about."""

    complaint: Subject
    what: str
    key: int
    due_at: datetime


@event("complaints.update_wanted", sentence=_("The complainant is to hear where the complaint stands"))
class UpdateWanted(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    due_at: datetime


@event("complaints.deadline_missed", sentence=_("A deadline has passed"))
class DeadlineMissed(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    due_at: datetime
    promised_at: datetime | None


@event("complaints.time_lapsed", sentence=_("The time for it is over"))
class TimeLapsed(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    due_at: datetime


@event(
    "complaints.deemed",
    sentence=_("No answer was given in time; by law that counts as an answer"),
    audience=Audience.PUBLIC,
)
class Deemed(Event):
    complaint: Subject
    clock: str
    number: int
    outcome: str
    due_at: datetime


@event("complaints.escalated", sentence=_("A late deadline was taken to level %(level)s"))
class Escalated(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    level: int
    to: str
    told: tuple[Subject, ...]
    stood_in: int


@event("complaints.paused", sentence=_("The clocks stand still"), audience=Audience.PUBLIC)
class Paused(Event):
    complaint: Subject
    why: str
    clocks: tuple[str, ...]
    ends_by: datetime


@event("complaints.resumed", sentence=_("The clocks run on"), audience=Audience.PUBLIC)
class Resumed(Event):
    complaint: Subject
    clocks: tuple[str, ...]
    is_by_itself: bool
    due_at: datetime | None


@event("complaints.extended", sentence=_("More time was taken, with a reason"), audience=Audience.PUBLIC)
class Extended(Event):
    complaint: Subject
    clock: str
    number: int
    kind: str
    times: int
    from_due_at: datetime
    to_due_at: datetime
    message: Subject | None


@event("complaints.deadlines_moved", sentence=_("Deadlines were counted again with another calendar"))
class DeadlinesMoved(Event):
    complaint: Subject
    calendar: Subject
    number: int
    count: int
    next_due_at: datetime | None


@event("complaints.packs_changed", sentence=_("Other rules apply"))
class PacksChanged(Event):
    complaint: Subject
    pack: str
    version: int
    beside: int
    started: int
    dropped: int
