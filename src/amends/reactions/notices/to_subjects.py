"""Notices to members of staff who are complained about: there is something to read, and never what."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.subject_rights import How
from amends.complaints.subject_rights import told_about
from amends.journal.models import Entry
from amends.journal.pseudonyms import subjects_named
from amends.reactions.notices.mailing import Notice, complaint_of, to_person

ABOUT_YOU = Notice(
    name="about_you",
    subject=_("There is something for you to read"),
    body=_("There is something for you to read in Amends that is for nobody else. Sign in and open:\n{link}"),
    variables=("name", "link"),
)


def about_you(entry: Entry) -> None:
    """Tell the person complained about to look at their page, where that is the way that was chosen."""
    complaint = complaint_of(entry)
    if complaint is None or entry.facts.get("how") != How.PAGE:
        return
    named = subjects_named([UUID(entry.facts["person"])])
    for subject in named.values():
        party = told_about(subject.key).filter(complaint=complaint).select_related("person").first()
        if party is not None and party.person is not None:
            to_person(entry, ABOUT_YOU, party.person, link=f"{settings.AMENDS_PUBLIC_URL}/staff/about-me/")
