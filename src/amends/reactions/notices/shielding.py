"""What follows when a complainant reports harm, and when a consent is taken back."""

from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Wall
from amends.complaints.recipients import holders
from amends.journal.erasing import erase_payloads
from amends.journal.models import Entry
from amends.kit import clock
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from amends.reactions.notices.mailing import Notice, complaint_of, staff_link, to_person

DETRIMENT = Notice(
    name="detriment",
    subject=_("A complainant reports harm: {reference}"),
    body=_(
        "The complainant of {reference} says that they suffer for having complained. Only you and data protection can "
        "read what they wrote. Please look at it at once:\n{link}"
    ),
    variables=("name", "reference", "link"),
)


def detriment(entry: Entry) -> None:
    """Tell the management representative; never somebody behind a wall of this complaint."""
    complaint = complaint_of(entry)
    if complaint is None:
        return
    walled = set(Wall.objects.filter(complaint=complaint).values_list("person_id", flat=True))
    for person in holders(complaint, Role.MANAGEMENT_REPRESENTATIVE, entry.at):
        if person.pk not in walled:
            link = f"{staff_link(complaint)}detriment/"
            to_person(entry, DETRIMENT, person, reference=complaint.reference, link=link)


def consent_withdrawn(entry: Entry) -> None:
    """Erase what the entries about a need committed to. Running twice finds nothing the second time."""
    about = complaint_of(entry)
    if about is None:
        return
    of_the_need = Entry.objects.filter(
        subject=entry.subject, event__in=["complaints.need_recorded", "complaints.adjustment_given"]
    )
    number = entry.facts["number"]
    doomed = [one for one in of_the_need.filter(payload__isnull=False) if one.facts["number"] == number]
    if doomed:
        erase_payloads(doomed, about=about.subject, reason="consent_withdrawn", by=SYSTEM, at=clock.now())
