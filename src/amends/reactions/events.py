"""What operators do about follow-ups, as the journal tells it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from amends.journal.models import FollowUp
from amends.journal.vocabulary import Event, Retention, Subject, event


@event("reactions.tried_again", sentence=_("%(reaction)s was put back into the queue"), retention=Retention.SYSTEM)
class TriedAgain(Event):
    follow_up: Subject
    reaction: str
    entry: UUID
    attempts: int


@event(
    "reactions.journal_verified",
    sentence=_("The journal was checked: %(entries)d entries, %(problems)d problems"),
    retention=Retention.SYSTEM,
)
class JournalVerified(Event):
    journal: Subject
    entries: int
    problems: int
    unchecked: int
    anchors: int


def subject_of(follow_up: FollowUp) -> Subject:
    """The follow-up as the journal names it."""
    return Subject("follow_up", follow_up.pk)
