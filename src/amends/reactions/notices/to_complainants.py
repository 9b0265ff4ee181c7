"""Notices to the person who complained."""

from django.utils.translation import gettext_lazy as _

from amends.complaints.acting import who_gets_letters
from amends.journal.models import Entry
from amends.reactions.notices.mailing import Notice, complaint_of, to_complainant

_USUAL = ("reference", "link", "organisation")

MESSAGE = Notice(
    name="message_waiting",
    subject=_("There is a message about {reference}"),
    body=_(
        "We have written to you about {reference}. You can read our message and answer it here, with your reference "
        "and access code:\n{link}\n\n{organisation}"
    ),
    variables=_USUAL,
)

DECISION = Notice(
    name="decision_ready",
    subject=_("Our decision on {reference} is ready"),
    body=_(
        "We have decided on {reference}. You can read the decision with its reasons, and tell us whether you accept "
        "it, here:\n{link}\n\n{organisation}"
    ),
    variables=_USUAL,
)

PROGRESS = Notice(
    name="progress",
    subject=_("Something has changed about {reference}"),
    body=_(
        "There is news about {reference}. You can see where it stands here, with your reference and access code:\n"
        "{link}\n\n{organisation}"
    ),
    variables=_USUAL,
)


def message_waiting(entry: Entry) -> None:
    """There is a message to read."""
    complaint = complaint_of(entry)
    if complaint is not None:
        to_complainant(entry, MESSAGE, complaint)


def decision_ready(entry: Entry) -> None:
    """The decision can be read."""
    complaint = complaint_of(entry)
    if complaint is not None:
        to_complainant(entry, DECISION, complaint, to=who_gets_letters)


def progress(entry: Entry) -> None:
    """The complaint has moved."""
    complaint = complaint_of(entry)
    if complaint is not None:
        to_complainant(entry, PROGRESS, complaint)
