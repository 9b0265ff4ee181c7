"""What comes of the decision, to the end (7.9)."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Subject, event


@event("complaints.accepted", sentence=_("The complainant accepts the decision"), audience=Audience.PUBLIC)
class Accepted(Event):
    complaint: Subject
    round: int
    channel: str


@event("complaints.rejected", sentence=_("The complainant does not agree"), audience=Audience.PUBLIC)
class Rejected(Event):
    complaint: Subject
    round: int
    channel: str


@event("complaints.contact_attempted", sentence=_("An attempt to reach the complainant"))
class ContactAttempted(Event):
    complaint: Subject
    channel: str
    count: int


@event("complaints.review_opened", sentence=_("Internal review started"), audience=Audience.PUBLIC)
class ReviewOpened(Event):
    complaint: Subject
    round: int
    handler: Subject | None
    message: Subject


@event("complaints.remedy_proved", sentence=_("Remedy %(number)s carried out"), audience=Audience.PUBLIC)
class RemedyProved(Event):
    complaint: Subject
    number: int
    kind: str
    done_on: date
    is_last: bool


@event("complaints.remedies_verified", sentence=_("Remedies verified"))
class RemediesVerified(Event):
    complaint: Subject
    count: int
    is_by_one_person: bool


@event("complaints.remedies_exported", sentence=_("%(count)d rows of the ledger of remedies were exported"))
class RemediesExported(Event):
    ledger: Subject
    file_format: str
    count: int


@event("complaints.redress_opened", sentence=_("Others are put right too: redress %(number)s"))
class RedressOpened(Event):
    complaint: Subject
    redress: Subject
    number: int
    people: int | None
    due_on: date
    owner: Subject


@event("complaints.redress_progressed", sentence=_("Redress %(number)s: progress"))
class RedressProgressed(Event):
    complaint: Subject
    redress: Subject
    number: int
    people: int | None
    contacted: int
    put_right: int


@event("complaints.redress_ended", sentence=_("Redress %(number)s: ended"))
class RedressEnded(Event):
    complaint: Subject
    redress: Subject
    number: int
    is_done: bool


@event("complaints.closed", sentence=_("Closed"), audience=Audience.PUBLIC)
class Closed(Event):
    complaint: Subject
    reason: str
    outcome: str
    is_settled: bool
    dropped_remedies: int
    #: What the complainant was written about it; nothing where the mail that it has changed says enough.
    message: Subject | None = None


@event("complaints.reopened", sentence=_("Reopened"), audience=Audience.PUBLIC)
class Reopened(Event):
    complaint: Subject
    round: int


@event("complaints.withdrawal_taken_back", sentence=_("The withdrawal was taken back"), audience=Audience.PUBLIC)
class WithdrawalTakenBack(Event):
    complaint: Subject
    stage: str
    due_at: datetime | None


@event("complaints.withdrawn", sentence=_("Withdrawn"), audience=Audience.PUBLIC)
class Withdrawn(Event):
    complaint: Subject
