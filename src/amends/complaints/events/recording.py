"""The record itself: joined with others, put right, set aside, handed out."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Subject, event


@event("complaints.merged", sentence=_("Merged: it goes on in another complaint"), audience=Audience.PUBLIC)
class Merged(Event):
    complaint: Subject
    into: Subject
    is_same_person: bool
    held_clocks: int
    facts: str


@event("complaints.unmerged", sentence=_("Not merged any more: it goes on by itself"), audience=Audience.PUBLIC)
class Unmerged(Event):
    complaint: Subject
    out_of: Subject
    stage: str
    facts_before: str
    facts: str


@event("complaints.letter_queued", sentence=_("A letter waits to be printed and posted"))
class LetterQueued(Event):
    complaint: Subject
    message: Subject


@event(
    "complaints.letter_held_back",
    sentence=_("A letter could not go out: a statement that the rules demand is missing"),
)
class LetterHeldBack(Event):
    complaint: Subject
    letter: str
    block: str
    language: str


@event("complaints.letter_printed", sentence=_("A letter was printed"))
class LetterPrinted(Event):
    complaint: Subject
    message: Subject


@event("complaints.letter_posted", sentence=_("A letter was posted"))
class LetterPosted(Event):
    complaint: Subject
    message: Subject
    posted_on: date


@event("complaints.void_asked", sentence=_("Somebody asks that this entry be void"))
class VoidAsked(Event):
    complaint: Subject
    why: str


@event("complaints.void_declined", sentence=_("The entry stands: it is not void"))
class VoidDeclined(Event):
    complaint: Subject


@event("complaints.voided", sentence=_("Void: nothing follows from this entry any more"))
class Voided(Event):
    complaint: Subject
    why: str
    stage: str
    held_clocks: int
    is_by_one_person: bool


@event("complaints.unvoided", sentence=_("Taken up again: the entry is not void any more"))
class Unvoided(Event):
    complaint: Subject
    stage: str


@event("complaints.linked", sentence=_("Linked with another complaint"))
class Linked(Event):
    complaint: Subject
    other: Subject
    kind: str
    wants_joint_answer: bool


@event("complaints.unlinked", sentence=_("Not linked with another complaint any more"))
class Unlinked(Event):
    complaint: Subject
    other: Subject
    kind: str


@event("complaints.corrected", sentence=_("A fact that was recorded wrongly is corrected"))
class Corrected(Event):
    complaint: Subject
    facts_of_it: tuple[str, ...]
    moved: int


@event("complaints.converted", sentence=_("It is of another kind"))
class Converted(Event):
    complaint: Subject
    before: str
    kind: str


@event("complaints.register_exported", sentence=_("%(count)d rows of the register were exported"))
class RegisterExported(Event):
    register: Subject
    file_format: str
    columns: tuple[str, ...]
    narrowed_by: tuple[str, ...]
    count: int
