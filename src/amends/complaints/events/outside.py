"""Outside bodies, what left the house, and when somebody looks again (7.9, 4.10)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Audience, Event, Retention, Subject, event


@event("complaints.referred", sentence=_("With an outside body"), audience=Audience.PUBLIC)
class Referred(Event):
    complaint: Subject
    referred_on: date
    number: int = 1
    told_on: date | None = None
    file_due_on: date | None = None
    body: Subject | None = None


@event("complaints.referral_updated", sentence=_("More is known from the outside body"))
class ReferralUpdated(Event):
    complaint: Subject
    number: int
    told_on: date
    file_due_on: date | None


@event("complaints.external_result_recorded", sentence=_("The outside body has decided"), audience=Audience.PUBLIC)
class ExternalResultRecorded(Event):
    complaint: Subject
    number: int = 1
    outcome: str = ""
    compared: str = ""
    decided_on: date | None = None
    ordered: int = 0


@event("complaints.remedy_left", sentence=_("Remedy %(number)s is not carried out"))
class RemedyLeft(Event):
    complaint: Subject
    number: int
    kind: str
    is_ordered: bool


@event("complaints.disclosed", sentence=_("Passed on outside"), retention=Retention.SECURITY)
class Disclosed(Event):
    complaint: Subject
    number: int
    what: str
    ground: str
    names_complainant: bool
    digest: str
    pieces: int
    to_outside_body: bool


@event(
    "complaints.disclosures_exported",
    sentence=_("%(count)d rows of the register of disclosures were exported"),
    retention=Retention.SECURITY,
)
class DisclosuresExported(Event):
    register: Subject
    file_format: str
    count: int


@event("complaints.next_look_set", sentence=_("Looked how it stands"))
class NextLookSet(Event):
    complaint: Subject
    number: int
    look_on: date | None
