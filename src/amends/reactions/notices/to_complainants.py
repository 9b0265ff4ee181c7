"""Notices to the person who complained."""

from amends.complaints.acting import who_gets_letters
from amends.journal.models import Entry
from amends.reactions.notices.mailing import Notice, complaint_of, to_complainant

MESSAGE = Notice.of("message_waiting")
DECISION = Notice.of("decision_ready")
PROGRESS = Notice.of("progress")


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
