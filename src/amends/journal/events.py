"""What the journal says of itself."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Event, Retention, Subject, event


@event("journal.reads_digested", sentence=_("The reading log of %(day)s was sealed"), retention=Retention.SYSTEM)
class ReadsDigested(Event):
    journal: Subject
    day: date
    count: int
    digest: str


@event("journal.erased", sentence=_("Text was erased from %(count)s entries"), retention=Retention.SYSTEM)
class Erased(Event):
    subject: Subject
    count: int
    reason: str
    entries: tuple[str, ...]
