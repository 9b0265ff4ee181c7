"""The words of a kind of message in a language: the organisation's own, else those that Amends begins with."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation

from amends.framework.message_kinds import MessageKind
from amends.framework.models import MessageTemplate
from amends.rendering.wording import Wording


@dataclass(frozen=True)
class MessageText:
    """Subject and body before they are filled. `template` is None where the organisation has no words of its own."""

    subject: str
    body: str
    template: MessageTemplate | None


def newest(kind: MessageKind) -> MessageTemplate | None:
    """The version in use."""
    return MessageTemplate.objects.filter(kind=kind.code).order_by("-version").first()


def starter(kind: MessageKind, language: str) -> MessageText:
    """What Amends begins with."""
    with translation.override(language):
        return MessageText(str(kind.subject), kind.body(), None)


def text_of(kind: MessageKind, language: str) -> MessageText:
    """The words in use in a language."""
    found, begun = newest(kind), starter(kind, language)
    if found is None or language not in found.body:
        return begun
    return MessageText(found.subject.get(language, begun.subject), found.body[language], found)


def filled(text: MessageText, kind: MessageKind, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body with everything in its place; what is empty leaves no gap."""
    given = {name: values.get(name, "") for name in kind.variables}
    subject = Wording(text.subject, kind.variables).fill_line(**given)
    body = Wording(text.body, kind.variables).fill(**given)
    return subject, without_gaps(body)


def without_gaps(text: str) -> str:
    """Paragraphs with one empty line between them."""
    parts: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            parts[-1].append(line.rstrip())
        elif parts[-1]:
            parts.append([])
    return "\n\n".join("\n".join(part) for part in parts if part)
