"""What the person complained about has a right to, and in which order (ISO 10002, annex D)."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Complaint, Disclosure, Party, SubjectNotice
from amends.journal.vocabulary import Subject
from amends.kit.refusal import Refusal


def subjects_of(complaint: Complaint) -> QuerySet[Party]:
    """The people whom a complaint is about, in the order in which they were named."""
    return Party.objects.filter(complaint=complaint, role=Party.Role.SUBJECT).order_by("pk")


def told_about(person_id: int) -> QuerySet[Party]:
    """The complaints about somebody of which they were told, newest first: nothing else is there for them."""
    rows = Party.objects.filter(role=Party.Role.SUBJECT, person_id=person_id, subject_notice__isnull=False)
    return rows.select_related("complaint", "subject_notice").order_by("-subject_notice__at", "-pk")


def subject_of(complaint: Complaint, party: Party) -> Subject:
    """The member of staff behind a party, as the journal names them. Refuses a party of another complaint."""
    if party.complaint_id != complaint.pk or party.role != Party.Role.SUBJECT or party.person is None:
        raise Refusal("not_its_subject", _("The complaint is not about this person. Open it again."))
    return party.person.subject


def check_told(party: Party) -> None:
    """Refuse what comes after the notice while there was none."""
    if not SubjectNotice.objects.filter(party=party).exists():
        raise Refusal("tell_first", _("Tell the person complained about first that there is a complaint."))


def check_details(party: Party) -> None:
    """Refuse to hear somebody who was not given the details: they would not know what to answer to."""
    if not Disclosure.objects.filter(party=party).exists():
        raise Refusal("details_first", _("Hand over the details first. Before that, nobody has to answer."))
