"""What goes out by itself and cannot, because a statement is missing, becomes something that a person has to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from amends.complaints.actions import hold_back_letter
from amends.complaints.models import Complaint
from amends.framework.rules.vocabulary import LetterKind
from amends.journal.models import Entry
from amends.kit import clock
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM


@contextmanager
def or_held_back(entry: Entry, complaint: Complaint, letter: LetterKind) -> Iterator[None]:
    """Run what writes and sends the letter; noted once where it cannot be written, and not tried again."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code != "block_missing":
            raise
        hold_back_letter(complaint, letter, refusal, cause=entry.uid, by=SYSTEM, at=clock.now())
