"""What a new wall leaves open: somebody else approves, somebody else handles it, or those who lead are told."""

from django.utils.translation import gettext_lazy as _

from amends.complaints.authority import sums_of_response, who_covers
from amends.complaints.four_eyes import eyes_on
from amends.complaints.models import Complaint, Response
from amends.complaints.recipients import who_hears
from amends.complaints.stages import Stage
from amends.framework.queries import the_organisation
from amends.journal.models import Entry
from amends.people.models import Person
from amends.permissions.roles import Role
from amends.reactions.notices.mailing import Notice, complaint_of, staff_link, to_person
from amends.reactions.notices.to_staff import APPROVAL

_USUAL = ("name", "reference", "link")

NO_HANDLER = Notice(
    name="nobody_handles",
    subject=_("{reference} needs somebody who handles it"),
    body=_(
        "Whoever handled the complaint {reference} cannot do so any more, for a conflict of interest. Please give it "
        "to somebody else:\n{link}"
    ),
    variables=_USUAL,
)

NO_APPROVER = Notice(
    name="nobody_approves",
    subject=_("Nobody is left to decide on {reference}"),
    body=_(
        "A response to {reference} waits for approval, and whoever could decide has a conflict of interest or had a "
        "part in it. Please see to it that somebody can:\n{link}"
    ),
    variables=_USUAL,
)


def wall_raised(entry: Entry) -> None:
    """Find somebody else for what those behind the new wall would have done."""
    complaint = complaint_of(entry)
    if complaint is None or complaint.is_ended:
        return
    if entry.facts.get("before") is not None and complaint.handler_id is None:
        for told in who_hears(complaint, Role.UNIT_MANAGER.value, entry.at):
            _tell(entry, NO_HANDLER, complaint, told.person)
    if complaint.stage == Stage.PROPOSED:
        _find_approver(entry, complaint)


def _find_approver(entry: Entry, complaint: Complaint) -> None:
    response = Response.objects.filter(complaint=complaint, state=Response.State.PROPOSED).first()
    if response is None:
        return
    organisation = the_organisation()
    sums = sums_of_response(response, organisation, entry.at.astimezone(organisation.zone).date())
    barred = eyes_on(complaint, response, organisation, sums).barred
    able = who_covers(complaint, sums, entry.at, organisation, barred=barred)
    for each in able:
        _tell(entry, APPROVAL, complaint, each.person)
    if not able:
        for told in who_hears(complaint, Role.MANAGEMENT_REPRESENTATIVE.value, entry.at):
            _tell(entry, NO_APPROVER, complaint, told.person)


def _tell(entry: Entry, notice: Notice, complaint: Complaint, person: Person) -> None:
    to_person(entry, notice, person, reference=complaint.reference, link=staff_link(complaint))
