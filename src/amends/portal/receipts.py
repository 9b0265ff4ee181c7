"""Proof for the complainant that their complaint stands in the journal."""

from amends.complaints.events import Received
from amends.complaints.models import Complaint
from amends.journal.models import Entry
from amends.journal.pseudonyms import known_name_of
from amends.journal.receipts import Receipt, receipt_of


def receipt_for(complaint: Complaint) -> Receipt | None:
    """The proof of receipt. None for a complaint that was taken over from elsewhere."""
    name = known_name_of(complaint.subject)
    if name is None:
        return None
    entry = Entry.objects.filter(subject=name, event=Received.name).order_by("id").first()
    return receipt_of(entry) if entry is not None else None
