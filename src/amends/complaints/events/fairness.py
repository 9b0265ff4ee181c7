"""Those it is about, walls, and names that are kept (annex D)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Event, Retention, Subject, event


@event("complaints.subject_named", sentence=_("The person complained about was named, and walls were built"))
class SubjectNamed(Event):
    complaint: Subject
    person: Subject
    walls: int
    read_before: int
    before: Subject | None
    new_handler: Subject | None
    ended_tasks: int = 0
    ended_hand_over: bool = False
    set_aside: bool = False


@event("complaints.conflict_declared", sentence=_("A conflict of interest was declared, and a wall was built"))
class ConflictDeclared(Event):
    complaint: Subject
    person: Subject
    is_their_own: bool
    read_before: int
    before: Subject | None
    new_handler: Subject | None
    ended_tasks: int = 0
    ended_hand_over: bool = False
    set_aside: bool = False


@event("complaints.walls_followed", sentence=_("Walls were built after a change among the staff"))
class WallsFollowed(Event):
    complaint: Subject
    people: tuple[Subject, ...]
    read_before: int
    before: Subject | None
    new_handler: Subject | None
    ended_tasks: int
    ended_hand_over: bool
    set_aside: bool


@event("complaints.wall_lifted", sentence=_("A wall was taken down again"))
class WallLifted(Event):
    complaint: Subject
    person: Subject
    why: str


@event("complaints.subject_told", sentence=_("The person complained about was told"))
class SubjectTold(Event):
    complaint: Subject
    person: Subject
    how: str


@event("complaints.details_given", sentence=_("The details were handed to the person complained about"))
class DetailsGiven(Event):
    complaint: Subject
    person: Subject
    number: int
    how: str


@event("complaints.support_person_named", sentence=_("Somebody supports the person complained about"))
class SupportPersonNamed(Event):
    complaint: Subject
    person: Subject


@event("complaints.statement_taken", sentence=_("Statement of the person complained about"))
class StatementTaken(Event):
    complaint: Subject
    person: Subject
    number: int
    how: str


@event("complaints.subject_result_told", sentence=_("The person complained about was told the result"))
class SubjectResultTold(Event):
    complaint: Subject
    person: Subject
    round: int
    how: str


@event("complaints.passed_to_hr", sentence=_("It was passed on as a personnel matter"))
class HandedToHr(Event):
    """The addressee stands in the payload; what follows there is no part of the complaint."""

    complaint: Subject
    person: Subject
    passed_on: date


@event(
    "complaints.shielded",
    sentence=_("The name of the complainant is kept from those who handle it"),
    retention=Retention.SECURITY,
)
class Shielded(Event):
    complaint: Subject
    pseudonym: str


@event("complaints.unshielded", sentence=_("The name of the complainant is shown again"), retention=Retention.SECURITY)
class Unshielded(Event):
    complaint: Subject


@event("complaints.detriment_reported", sentence=_("The complainant reports harm for having complained"))
class DetrimentReported(Event):
    complaint: Subject
    number: int


@event("complaints.identity_revealed", sentence=_("Contact details shown"), retention=Retention.SECURITY)
class IdentityRevealed(Event):
    complaint: Subject
    reason: str
