"""Letters made of blocks: those that the rule pack demands, in the organisation's words where it has some (7.8).

A letter does not go out while a block that the rules demand does not exist in its language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from amends.framework.message_kinds import KINDS
from amends.framework.message_texts import filled, text_of
from amends.framework.models import MessageTemplate, Organisation
from amends.framework.rules.parts import Pack
from amends.framework.rules.vocabulary import OWN_BLOCKS, LetterKind
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.rendering.wording import Wording

Writers = Mapping[str, Callable[[], str]]


@dataclass(frozen=True)
class Composed:
    """The text, the names of the blocks it is made of, and the organisation's words that hold them together."""

    text: str
    blocks: list[str]
    template: MessageTemplate | None = None


def blocks_of(rules: Pack, letter: LetterKind, otherwise: Sequence[str]) -> list[str]:
    """What the rules demand of a letter, or what it has where they say nothing of it."""
    return list(rules.letters.get(letter, otherwise))


def composed(
    code: str, rules: Pack, letter: LetterKind, wanted: Sequence[str], writers: Writers, language: str
) -> Composed:
    """The letter in a language. `writers` are the blocks that are written from the facts.

    Raises Refusal `block_missing` with the languages in which the block exists.
    """
    kind, demanded = KINDS[code], rules.wording.get(letter, {})
    with translation.override(language):
        words = {block: _written(block, demanded, writers, language) for block in wanted}
        text = text_of(kind, language)
        if text.template is None:
            return Composed("\n\n".join(said for said in words.values() if said), list(wanted))
        others = [said for block, said in words.items() if block not in kind.blocks]
        values = {**{block: words.get(block, "") for block in kind.blocks}, "statements": "\n\n".join(others)}
        _subject, body = filled(text, kind, values)
    return Composed(body, list(wanted), text.template)


def statements(rules: Pack, letter: LetterKind, language: str) -> str:
    """What the rules demand word for word, for a mail that says the rest in its own way.

    Raises Refusal `block_missing`.
    """
    demanded = rules.wording.get(letter, {})
    named = [block for block in rules.letters.get(letter, ()) if block in demanded or block not in OWN_BLOCKS[letter]]
    return "\n\n".join(_written(block, demanded, {}, language) for block in named)


def worded(code: str, values: Mapping[str, str], language: str) -> tuple[str, MessageTemplate | None]:
    """A letter of which the rules demand no blocks, and the organisation's words that it has."""
    kind = KINDS[code]
    text = text_of(kind, language)
    return filled(text, kind, values)[1], text.template


def _written(block: str, demanded: Mapping[str, TranslatedText], writers: Writers, language: str) -> str:
    if block in demanded:
        if language not in demanded[block]:
            raise missing(block, language, demanded[block])
        return demanded[block][language]
    if block not in writers:
        raise missing(block, language, TranslatedText())
    return writers[block]()


def missing(block: str, language: str, exists: TranslatedText) -> Refusal:
    """The refusal, with the choice that there is."""
    facts = {"block": block, "language": language, "languages": sorted(exists)}
    if exists:
        sentence = _(
            "The message cannot go out: the rules demand a statement (%(block)s) that they do not have in this "
            "language, only in: %(languages)s. Write in one of these, or ask an administrator to add the statement "
            "to a copy of the rule pack."
        )
    else:
        sentence = _(
            "The message cannot go out: the rules demand a statement (%(block)s) that nobody has worded. Ask an "
            "administrator to add it to a copy of the rule pack."
        )
    named = {"block": block, "languages": ", ".join(sorted(exists))}
    return Refusal("block_missing", _later(sentence, named), facts=facts)


def _in_words(sentence: Promise, named: Mapping[str, str]) -> str:
    return str(sentence) % named


#: Read by whoever writes the letter, in their language and not in that of the letter.
_later = lazy(_in_words, str)


def recourse(organisation: Organisation, language: str) -> str:
    """Where else the complainant can turn. Raises Refusal `block_missing` where it is not written in that language."""
    if language not in organisation.external_body:
        raise Refusal(
            "block_missing",
            _(
                "The decision cannot go out: the text about outside bodies is missing in this language. Ask an "
                "administrator to add it under Administration, or answer in another language."
            ),
            facts={"block": "recourse", "language": language, "languages": sorted(organisation.external_body)},
        )
    text = Wording(translation.gettext("At any time you can also turn to {body}."), ("body",))
    return text.fill(body=organisation.external_body[language].rstrip("."))
