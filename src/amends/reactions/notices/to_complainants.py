"""Notices to the person who complained."""

from amends.complaints.acting import who_gets_letters
from amends.complaints.models import Complaint
from amends.journal.models import Entry
from amends.reactions.notices.mailing import Notice, complaint_of, message_of, to_complainant

MESSAGE = Notice.of("message_waiting")
DECISION = Notice.of("decision_ready")
PROGRESS = Notice.of("progress")


def message_waiting(entry: Entry) -> None:
    """There is a message to read."""
    complaint = complaint_of(entry)
    if complaint is not None:
        to_complainant(entry, MESSAGE, complaint, in_full=_text_of(entry, complaint))


def decision_ready(entry: Entry) -> None:
    """The decision can be read."""
    complaint = complaint_of(entry)
    if complaint is not None:
        to_complainant(entry, DECISION, complaint, to=who_gets_letters, in_full=_text_of(entry, complaint))


def progress(entry: Entry) -> None:
    """The complaint has moved."""
    complaint = complaint_of(entry)
    if complaint is not None:
        to_complainant(entry, PROGRESS, complaint)


def _text_of(entry: Entry, complaint: Complaint) -> str:
    message = message_of(entry, complaint)
    return message.text if message is not None else ""
