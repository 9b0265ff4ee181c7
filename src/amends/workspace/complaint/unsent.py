"""Letters that could not go out by themselves: what was to be said, what is missing, and what to do instead."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from amends.complaints.models import UnsentLetter
from amends.framework.rules.vocabulary import LetterKind
from amends.ui.current import own_name
from amends.workspace.complaint.opening import Case
from amends.workspace.settings.rules.words import BLOCKS, LETTERS


@dataclass(frozen=True)
class Unsent:
    """One letter in words. `languages`: those in which the statement exists."""

    letter: str | Promise
    block: str | Promise
    language: str
    languages: str
    at: datetime


def unsent_of(case: Case) -> list[Unsent]:
    """Those of a complaint that nobody has seen to yet, the oldest first."""
    rows = UnsentLetter.objects.filter(complaint=case.complaint).waiting().order_by("at", "id")
    return [
        Unsent(
            LETTERS[LetterKind(row.letter)],
            BLOCKS.get(row.block, row.block),
            own_name(row.language),
            ", ".join(own_name(code) for code in row.languages),
            row.at,
        )
        for row in rows
    ]
