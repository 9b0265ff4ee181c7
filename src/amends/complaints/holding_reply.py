"""The reply that says why it takes longer and until when, composed of the parts that the rule pack demands."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from amends.complaints.decision_letter import recourse
from amends.complaints.models import Complaint, Deadline
from amends.framework.models import Organisation
from amends.framework.rules.parts import Clock
from amends.framework.rules.vocabulary import HoldingPart, LetterKind
from amends.framework.which_packs import rules_of
from amends.kit.locales import long_day
from amends.rendering.wording import Wording


def compose(complaint: Complaint, deadline: Deadline, clock: Clock, reason: str, organisation: Organisation) -> str:
    """Write it in the language of the complaint. Raises Refusal `block_missing` as the decision letter does."""
    language = complaint.language
    with translation.override(language):
        parts = [reason, _new_date(deadline.due_at, organisation, language)]
        if HoldingPart.EXTERNAL_RIGHT in clock.holding_parts:
            parts.append(_external_right(complaint, organisation, language))
    return "\n\n".join(parts)


def _external_right(complaint: Complaint, organisation: Organisation, language: str) -> str:
    """Where else one can turn: as the pack words it, else as the organisation does."""
    worded = rules_of(complaint.pack).wording.get(LetterKind.HOLDING, {}).get(HoldingPart.EXTERNAL_RIGHT.value)
    return worded[language] if worded and language in worded else recourse(organisation, language)


def _new_date(due_at: datetime, organisation: Organisation, language: str) -> str:
    text = Wording(_("We need more time. You will hear from us by {day}."), ("day",))
    return text.fill(day=long_day(due_at.astimezone(organisation.zone), language))
