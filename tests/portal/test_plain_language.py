"""Plain language on the public pages (R-4.5-02, R-7.1-02): words that nobody needs, and sentences that are too long.

Every text of the portal's templates and modules and of the form, in each language. No database is asked.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[2] / "src" / "amends"
PLACES = ("portal", "complaints/form_definition.py", "ui/templates/layouts/portal.html", "rendering/wording.py")

_TRANSLATED = re.compile(
    r'{%\s*translate\s+(?P<q>["\'])(?P<text>.*?)(?P=q)[^%]*%}|_\((?P<p>["\'])(?P<inner>[^"\']*?)(?P=p)\)'
)
_BLOCK = re.compile(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*endblocktranslate\s*%}", re.DOTALL)
_PLURAL = re.compile(r"{%\s*plural\s*%}")
_SLOT = re.compile(r"{{\s*(\w+)\s*}}")
_MARKUP = re.compile(r"<[^>]+>|%\(\w+\)[sd]|{\w+}|{{[^}]+}}|%[sd]")
_SENTENCE = re.compile(r"(?<=[.?!:;])\s+|\n+")

#: DESIGN words: those of offices and of computers, blame, and shouting. Roots, so that their endings are found too.
FORBIDDEN = {
    "en": (
        r"tickets?\b|(?<!any )\bcases?\b(?! of)|\bSLA\b|\bresolv|\backnowledg|\bstakeholder|\b(in)?valid\b|\boops\b|"
        r"click here|\bsubmit|\bfailed to\b|\bplease note\b|\bherewith\b|\bpursuant\b|\bin order to\b|!"
    ),
    "et": r"\bpilet|\bjuhtum(?!a|ist? |i?b|us)\b|klõps(a|ake) siin|\bups\b|\bkäesolev|\bhuvirühm|!",
    "tr": r"\bbilet|\bvaka\b|\btalep numaras|buraya tıkla|\bhay aksi\b|\bişbu\b|\bpaydaş|!",
}
#: Words in a sentence. Estonian and Turkish say more in one word.
LONGEST = {"en": 30, "et": 26, "tr": 26}
MEAN = {"en": 13.0, "et": 11.0, "tr": 11.0}


def texts() -> set[str]:
    """What the public reads, as it stands in the source."""
    found: set[str] = set()
    for place in PLACES:
        root = SOURCE / place
        for path in [root] if root.is_file() else sorted(root.rglob("*")):
            if path.suffix == ".html":
                found |= set(_of_template(path.read_text()))
            elif path.suffix == ".py":
                found |= set(_of_module(ast.parse(path.read_text())))
    return found


def _of_template(source: str) -> Iterator[str]:
    for match in _TRANSLATED.finditer(source):
        yield match["text"] or match["inner"] or ""
    for block in _BLOCK.findall(source):
        for part in _PLURAL.split(block):
            lines = " ".join(line.strip() for line in part.strip().splitlines())
            yield _SLOT.sub(r"%(\1)s", lines)


def _of_module(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "gettext", "gettext_lazy", "ngettext"}:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def in_language(language: str) -> dict[str, str]:
    """Each text with what it is in a language."""
    if language == "en":
        return {text: text for text in texts() if text}
    with (SOURCE / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    said: dict[str, str] = {}
    for message in catalogue:
        ids, words = ([each] if isinstance(each, str) else list(each) for each in (message.id, message.string))
        said |= dict(zip(ids, words, strict=False))
    return {text: said[text] for text in texts() if text and said.get(text)}


def sentences(text: str) -> Iterator[str]:
    """Its sentences without markup; a slot counts as one word."""
    for sentence in _SENTENCE.split(_MARKUP.sub(" x ", text)):
        if sentence.strip():
            yield sentence.strip()


@pytest.mark.parametrize("language", ["en", "et", "tr"])
def test_public_texts_are_plain(language: str) -> None:
    said = in_language(language)
    assert len(said) > 250, "the texts were found"
    forbidden = re.compile(FORBIDDEN[language], re.IGNORECASE)
    wrong = [
        f"{found.group()}: {text}" for text in said.values() for found in forbidden.finditer(_MARKUP.sub(" ", text))
    ]
    assert wrong == []
    lengths = {sentence: len(sentence.split()) for text in said.values() for sentence in sentences(text)}
    assert [sentence for sentence, words in lengths.items() if words > LONGEST[language]] == []
    whole = [words for words in lengths.values() if words > 3]  # labels and headings are no sentences
    assert sum(whole) / len(whole) <= MEAN[language]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Your ticket was resolved."),
        ("en", "Please submit the form"),
        ("et", "Teie pilet on suletud"),
        ("tr", "Biletiniz kapandı"),
        ("en", "Thank you!"),
    ],
)
def test_the_check_finds_what_it_is_for(language: str, text: str) -> None:
    assert re.search(FORBIDDEN[language], text, re.IGNORECASE)
