"""What is looked into, and what is found (7.6)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Subject, event


@event("complaints.investigation_opened", sentence=_("Investigation opened"), audience=Audience.PUBLIC)
class InvestigationOpened(Event):
    complaint: Subject
    issues: int
    level: str
    suggested_level: str
    repeats: int


@event("complaints.investigation_level_changed", sentence=_("Investigated at another level from now on"))
class InvestigationLevelChanged(Event):
    complaint: Subject
    version: int
    level: str
    before: str


@event("complaints.question_planned", sentence=_("Question %(question)s planned on point %(number)s"))
class QuestionPlanned(Event):
    complaint: Subject
    number: int
    question: int


@event("complaints.question_answered", sentence=_("Question %(question)s on point %(number)s answered"))
class QuestionAnswered(Event):
    complaint: Subject
    number: int
    question: int
    version: int


@event("complaints.issue_added", sentence=_("Point %(number)s added"))
class IssueAdded(Event):
    complaint: Subject
    number: int
    category: str


@event("complaints.finding_recorded", sentence=_("Finding on point %(number)s"))
class FindingRecorded(Event):
    complaint: Subject
    number: int
    version: int
    result: str
    cause: str


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


@event("complaints.evidence_added", sentence=_("Evidence %(number)s taken in"))
class EvidenceAdded(Event):
    complaint: Subject
    number: int
    kind: str
    sha256: str


@event("complaints.evidence_moved", sentence=_("Evidence %(number)s changed hands or place"))
class EvidenceMoved(Event):
    complaint: Subject
    number: int
    step: int
    what: str


@event("complaints.evidence_verified", sentence=_("Evidence %(number)s checked"))
class EvidenceVerified(Event):
    complaint: Subject
    number: int
    step: int


@event("complaints.hearing_recorded", sentence=_("A talk was written down"))
class HearingRecorded(Event):
    complaint: Subject
    number: int
    side: str
    how: str
    held_on: date
    is_confirmed: bool


@event("complaints.hearing_verified", sentence=_("What was said in talk %(number)s was checked"))
class HearingVerified(Event):
    complaint: Subject
    number: int


@event("complaints.subject_left_unheard", sentence=_("Why the person complained about is not heard was recorded"))
class SubjectLeftUnheard(Event):
    complaint: Subject
    reason: str


@event(
    "complaints.interim_measure_taken",
    sentence=_("Something was done at once, with a plan"),
    audience=Audience.PUBLIC,
)
class InterimMeasureTaken(Event):
    complaint: Subject
    number: int
    steps: int
    message: Subject
    channel: str


@event("complaints.planned_step_done", sentence=_("A step of the plan was taken"))
class PlannedStepDone(Event):
    complaint: Subject
    measure: int
    number: int
    done_on: date


@event("complaints.planned_step_undone", sentence=_("A step of the plan was not taken yet after all"))
class PlannedStepUndone(Event):
    complaint: Subject
    measure: int
    number: int
