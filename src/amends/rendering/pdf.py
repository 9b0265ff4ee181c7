"""Paper: tagged PDF (PDF/UA-1) from our own templates, in the fonts that come with the package.

What people wrote reaches a template as data only: a string in JSON, which typst never reads as markup. Everything is
a pure function of its input: the same data at the same moment are the same bytes.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import typst
from django.utils.functional import Promise

from amends.rendering.glyphs import covered_by

_HERE = Path(__file__).parent
_FONTS = _HERE / "vendor"
_TEMPLATES = _HERE / "typst"

#: Set in well under a second; whoever has more to say makes several documents of it.
MOST_CHARACTERS = 1_000_000
#: Stands for a sign that our fonts do not have.
MISSING = "\ufffd"
#: A word without an end would run off the page; a hash stays whole, so that it can be copied.
_ENDLESS = re.compile(r"\S{31,}")
_PIECE = 24
_HASH = re.compile(r"[0-9a-f]{64}")
_LINE_BREAKS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
#: Signs that steer the direction of what follows reach further than their own text.
_STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")

Value = str | Promise | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]
Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]


class Template(StrEnum):
    """Our templates, by the names of their files."""

    SHEET = "sheet"
    RECORD = "record"
    LEAFLET = "leaflet"
    POSTER = "poster"
    LETTER = "letter"
    FORM = "form"


class TooLongError(ValueError):
    """More text than one document takes."""


def pdf(template: Template, data: Mapping[str, Value], *, title: str, language: str, at: datetime) -> bytes:
    """A document as PDF. `language` is that of its own words; `at` its moment, written into it.

    Raises TooLongError beyond `MOST_CHARACTERS`. Signs without a glyph are shown as �, which `lacks_signs` foretells.
    """
    whole = {"title": title, "lang": language, **data}
    said = json.dumps(plain(whole), ensure_ascii=False, allow_nan=False)
    if len(said) > MOST_CHARACTERS * 2:
        raise TooLongError
    compiler = typst.Compiler(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": said},
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(at.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError("typst gave no document")
    return made


def plain(value: Value) -> Plain:
    """The value as JSON can hold it, with only such text as our fonts can show."""
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, str | Promise):
        return _shown(str(value))
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value]


def lacks_signs(text: str) -> bool:
    """Whether some sign of the text cannot be shown on paper."""
    return any(MISSING in _one_sign(sign) for sign in set(text)) and MISSING not in text


def _shown(text: str) -> str:
    text = _STEERING.sub("", _LINE_BREAKS.sub("\n", unicodedata.normalize("NFC", text)))
    if not text.isascii() or not text.isprintable():
        text = "".join(map(_one_sign, text))
    return _ENDLESS.sub(_breakable, text)


def _breakable(found: re.Match[str]) -> str:
    word = found.group()
    if _HASH.fullmatch(word):
        return word
    return "\u200b".join(word[place : place + _PIECE] for place in range(0, len(word), _PIECE))


@lru_cache(maxsize=20_000)
def _one_sign(sign: str) -> str:
    if sign == "\n":
        return sign
    if sign == "\t":
        return " "
    kind = unicodedata.category(sign)
    if kind in {"Cc", "Cf"}:
        return sign if sign in "\u200b\u200c\u200d\u200e\u200f\u00ad" else ""
    return sign if ord(sign) in _covered() else MISSING


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    """What every style can show: Arabic has no italic of its own and falls back to upright."""
    latin = [covered_by(path) for path in sorted((_FONTS / "noto-sans").glob("*.ttf"))]
    arabic = [covered_by(path) for path in sorted((_FONTS / "noto-sans-arabic").glob("*.ttf"))]
    return frozenset.intersection(*latin) | frozenset.intersection(*arabic)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
