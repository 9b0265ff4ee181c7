"""Representatives, persons and what they need (3.1, 4.5)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from amends.journal.vocabulary import Event, Subject, event


@event("complaints.authority_recorded", sentence=_("The permission of the representative was seen"))
class AuthorityRecorded(Event):
    complaint: Subject
    has_document: bool
    valid_until: date | None
    letters_to: str


@event("complaints.authority_ended", sentence=_("The permission of the representative has ended"))
class AuthorityEnded(Event):
    complaint: Subject
    reason: str


@event("complaints.contact_linked", sentence=_("Linked with other complaints of the same person"))
class ContactLinked(Event):
    complaint: Subject
    contact: Subject
    role: str


@event("complaints.contact_unlinked", sentence=_("Not the same person: the link was cut"))
class ContactUnlinked(Event):
    complaint: Subject
    contact: Subject
    role: str


@event("complaints.contact_corrected", sentence=_("A way to reach somebody was corrected"))
class ContactCorrected(Event):
    contact: Subject
    kind: str
    complaints: tuple[Subject, ...]


@event("complaints.contact_changed", sentence=_("The complainant changed how we reach them"))
class ContactChanged(Event):
    complaint: Subject
    number: int
    changed: tuple[str, ...]
    contact_by: str


@event("complaints.contacts_merged", sentence=_("Two contacts are one person"))
class ContactsMerged(Event):
    contact: Subject
    into: Subject


@event("complaints.contacts_parted", sentence=_("Two contacts are not one person after all"))
class ContactsParted(Event):
    contact: Subject
    out_of: Subject


@event("complaints.need_recorded", sentence=_("An adjustment was agreed"))
class NeedRecorded(Event):
    complaint: Subject
    number: int
    basis: str
    basis_on: date


@event("complaints.adjustment_given", sentence=_("An adjustment was given"))
class AdjustmentGiven(Event):
    complaint: Subject
    number: int


@event("complaints.consent_withdrawn", sentence=_("Consent was taken back, and what was kept erased"))
class ConsentWithdrawn(Event):
    complaint: Subject
    number: int
