"""Telling the complainant that we are late: an apology, why, and the new date, where the rules promise one."""

from amends.complaints.automatic_letters import why_late
from amends.complaints.letter_blocks import statements
from amends.complaints.models import Complaint
from amends.framework.queries import the_organisation
from amends.framework.rules.vocabulary import LetterKind
from amends.framework.which_packs import rules_of
from amends.journal.models import Entry
from amends.kit.locales import long_day
from amends.reactions.held_back import or_held_back
from amends.reactions.notices.alerts import deadline_of
from amends.reactions.notices.mailing import Notice, complaint_of, to_complainant

DELAY = Notice.of("delay")


def delay(entry: Entry) -> None:
    """Only where a new date was promised, and only as long as the matter is still open."""
    deadline = deadline_of(entry)
    if deadline is None or deadline.promised_at is None or not deadline.is_open:
        return
    complaint = complaint_of(entry)
    if complaint is not None:
        day = long_day(deadline.promised_at.astimezone(the_organisation().zone), complaint.language)
        with or_held_back(entry, complaint, LetterKind.DELAY):
            to_complainant(entry, DELAY, complaint, lambda _organisation: _values(complaint, day))


def _values(complaint: Complaint, day: str) -> dict[str, str]:
    demanded = statements(rules_of(complaint.pack), LetterKind.DELAY, complaint.language)
    return {"day": day, "why": why_late(complaint), "statements": demanded}
