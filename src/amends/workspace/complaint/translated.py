"""What was translated of a complaint, as staff see it beside the originals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language

from amends.complaints.models import CaseText
from amends.complaints.translating import Translations, newest_translations
from amends.correspondence.models import Message
from amends.ui.languages import called, direction_of
from amends.ui.parts import Translated
from amends.workspace.complaint.opening import Case

TEXT = "text"
NONE = Translations()


def shown(rows: Iterable[CaseText], case: Case) -> list[Translated]:
    """Translations with who or what made them, as these eyes may read them."""
    return [
        Translated(
            case.mask.hides(row.text),
            row.language,
            called(row.language),
            direction_of(row.language),
            row.is_by_machine,
            who=row.translator or (row.person.name if row.person else ""),
            version=row.version,
        )
        for row in rows
    ]


def spoken_with(case: Case) -> list[int]:
    """The keys of all messages to and from the complainant in their order; the first is number 1. One query."""
    rows = Message.objects.filter(thread_id=case.complaint.thread_id).exclude(direction=Message.Direction.NOTE)
    return list(rows.order_by("id").values_list("pk", flat=True))


@dataclass(frozen=True)
class Beside:
    """Translations for the messages of a page, and where one can be added. Two queries at most."""

    rows: dict[int, list[Translated]] = field(default_factory=dict)
    hrefs: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, messages: Sequence[Message], case: Case) -> "Beside":
        """The complaint's own text is its first message: what was translated of it stands there."""
        if not messages:
            return cls()
        # The head of the whole page knows already whether there are any.
        found = newest_translations(case.complaint) if getattr(case.complaint, "is_translated", True) else NONE
        rows = {key: shown(each, case) for key, each in found.of_messages.items()}
        rows |= {
            one.pk: shown(found.of_text, case) for one in messages if found.of_text and is_the_complaint(one, case)
        }
        return cls(rows, _hrefs(messages, case))


def is_the_complaint(message: Message, case: Case) -> bool:
    """Whether it is the complaint itself, as it came."""
    return message.direction == Message.Direction.IN and message.at == case.complaint.received_at


def _hrefs(messages: Sequence[Message], case: Case) -> dict[int, str]:
    """Where to translate what is written in another language than these eyes read now."""
    here = (get_language() or "")[:2]
    foreign = [one for one in messages if one.language and one.language[:2] != here]
    if not foreign or "translate" not in case.open_to:
        return {}
    keys = spoken_with(case)
    return {
        one.pk: case.at("translation", of=TEXT if is_the_complaint(one, case) else f"message-{keys.index(one.pk) + 1}")
        for one in foreign
        if one.pk in keys
    }
