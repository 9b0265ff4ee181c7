"""The reply that says why it takes longer and until when, composed of the parts that the rule pack demands."""

from datetime import datetime

from django.utils.translation import gettext as _

from amends.complaints.letter_blocks import Composed, blocks_of, composed, recourse
from amends.complaints.models import Complaint, Deadline
from amends.framework.models import Organisation
from amends.framework.rules.parts import Clock
from amends.framework.rules.vocabulary import HoldingPart, LetterKind
from amends.framework.which_packs import rules_of
from amends.kit.locales import long_day
from amends.rendering.wording import Wording

_ALWAYS = (HoldingPart.REASON.value, HoldingPart.NEW_DATE.value)


def compose(
    complaint: Complaint,
    deadline: Deadline,
    clock: Clock,
    reason: str,
    organisation: Organisation,
    language: str = "",
) -> Composed:
    """Write it, in the language of the complaint if no other is chosen.

    Raises Refusal `block_missing` as the decision letter does.
    """
    language, rules = language or complaint.language, rules_of(complaint.pack)
    wanted = blocks_of(rules, LetterKind.HOLDING, _ALWAYS)
    wanted += [part for part in (*_ALWAYS, *clock.holding_parts) if part not in wanted]
    writers = {
        "reason": lambda: reason,
        "new_date": lambda: _new_date(deadline.due_at, organisation, language),
        "external_right": lambda: recourse(organisation, language),
    }
    return composed("letter_holding", rules, LetterKind.HOLDING, [str(part) for part in wanted], writers, language)


def _new_date(due_at: datetime, organisation: Organisation, language: str) -> str:
    text = Wording(_("We need more time. You will hear from us by {day}."), ("day",))
    return text.fill(day=long_day(due_at.astimezone(organisation.zone), language))
