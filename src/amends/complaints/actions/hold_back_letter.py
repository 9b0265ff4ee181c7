"""A letter that goes out by itself cannot: whoever handles the complaint tells it instead (ISO 10002, 7.4, 7.8)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from amends.complaints import events
from amends.complaints.models import Complaint, UnsentLetter
from amends.complaints.permissions import May
from amends.framework.rules.vocabulary import LetterKind
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def hold_back_letter(
    complaint: Complaint, letter: LetterKind, refusal: Refusal, *, cause: UUID, by: engine.Person, at: datetime
) -> UnsentLetter:
    """Note which statement is missing, once for the journal entry that the letter would have followed."""
    engine.require(by, May.KEEP_TIME, complaint)
    facts = refusal.facts or {}
    missing = {"block": facts["block"], "language": facts["language"], "languages": facts["languages"]}
    unsent, is_new = UnsentLetter.objects.get_or_create(
        cause=cause, defaults={"complaint": complaint, "letter": letter.value, "at": at, **missing}
    )
    if is_new:
        record(
            events.LetterHeldBack(
                complaint=complaint.subject, letter=letter.value, block=unsent.block, language=unsent.language
            ),
            by=by,
            at=at,
        )
    return unsent
