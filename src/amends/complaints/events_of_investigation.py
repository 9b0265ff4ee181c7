"""What happens while a complaint is investigated, as the journal tells it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Event, Subject, event


@event("complaints.task_given", sentence=_("Somebody was asked to help with task %(number)s"))
class TaskGiven(Event):
    complaint: Subject
    number: int
    person: Subject | None
    unit: Subject | None
    due_at: datetime
    files: int


@event("complaints.task_answered", sentence=_("Task %(number)s answered"))
class TaskAnswered(Event):
    complaint: Subject
    number: int
    files: int
    was_late: bool


@event("complaints.task_cancelled", sentence=_("Task %(number)s cancelled"))
class TaskCancelled(Event):
    complaint: Subject
    number: int
