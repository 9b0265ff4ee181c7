"""Translations beside the texts of a case: the newest version in each language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from amends.complaints.models import CaseText, Complaint, Issue
from amends.complaints.models.text import CaseTextQuerySet
from amends.correspondence.models import Message


@dataclass(frozen=True)
class Translations:
    """The newest of each language, of the complaint's own text and of points and messages by their keys."""

    of_text: list[CaseText] = field(default_factory=list)
    of_points: dict[int, list[CaseText]] = field(default_factory=dict)
    of_messages: dict[int, list[CaseText]] = field(default_factory=dict)


def translations_of(complaint: Complaint, of: Issue | Message | None) -> CaseTextQuerySet:
    """Every version for one text, the newest of a language first."""
    issue, message = of if isinstance(of, Issue) else None, of if isinstance(of, Message) else None
    return CaseText.objects.translations().filter(complaint=complaint, issue=issue, message=message)


def newest_translations(complaint: Complaint) -> Translations:
    """Everything that was translated of a complaint. One query."""
    rows = CaseText.objects.translations().filter(complaint=complaint).select_related("person")
    return _sorted(rows)


def told_translations(messages: Sequence[Message]) -> dict[int, list[CaseText]]:
    """What the complainant sees beside our own words, by the key of the message. One query, none without messages."""
    if not messages:
        return {}
    ours = [message.pk for message in messages]
    rows = CaseText.objects.translations().filter(message__in=ours, message__direction=Message.Direction.OUT)
    return _sorted(rows).of_messages


def _sorted(rows: Iterable[CaseText]) -> Translations:
    found, known = Translations(), set[tuple[int | None, int | None, str]]()
    for row in rows:
        key = (row.issue_id, row.message_id, row.language)
        if key in known:
            continue
        known.add(key)
        if row.issue_id is not None:
            found.of_points.setdefault(row.issue_id, []).append(row)
        elif row.message_id is not None:
            found.of_messages.setdefault(row.message_id, []).append(row)
        else:
            found.of_text.append(row)
    return found
