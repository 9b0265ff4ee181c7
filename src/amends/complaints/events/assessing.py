"""How grave it is, and who has to know (7.5)."""

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Subject, event


@event("complaints.assessed", sentence=_("Assessed: priority %(priority)s"), audience=Audience.PUBLIC)
class Assessed(Event):
    complaint: Subject
    version: int
    severity: int
    is_safety: bool
    complexity: str
    impact: int
    immediate_needed: bool
    immediate_possible: bool
    priority: int
    suggested_priority: int
    new_handler: Subject | None
    #: The alert to top management that it raised, and the criteria met; 0 for none.
    alert: int = 0
    significant: tuple[str, ...] = ()
    #: Whether the priority before was two or more steps away, and so was wrong.
    was_wrong: bool = False


@event("complaints.priority_found_wrong", sentence=_("Priority %(priority)s was found to be wrong"))
class PriorityFoundWrong(Event):
    complaint: Subject
    version: int
    priority: int


@event("complaints.significant_raised", sentence=_("Top management was told that it is significant"))
class SignificantRaised(Event):
    complaint: Subject
    alert: int
    told: int


@event("complaints.significant_read", sentence=_("Has read that it is significant"))
class SignificantRead(Event):
    complaint: Subject
    count: int


@event("complaints.significant_reacted", sentence=_("Said what is being done about a significant complaint"))
class SignificantReacted(Event):
    complaint: Subject
    alert: int
    minutes: int


@event("complaints.ruled_out", sentence=_("Out of scope"), audience=Audience.PUBLIC)
class RuledOut(Event):
    complaint: Subject
    reason: str
