"""What a value becomes in a cell of a table, so that no spreadsheet ever calculates with what somebody typed (P-36)."""

import math
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.kit.money import Money
from amends.kit.translated import TranslatedText

Value = str | int | float | Decimal | Money | date | datetime | TranslatedText | Promise | None

#: What a cell of a spreadsheet holds, counted in UTF-16 units as spreadsheets do. Excel lets the rest of a longer CSV
#: cell run into the next row, where it could begin like a formula: so both formats are cut here.
LONGEST_TEXT = 32_767
#: Beyond this a spreadsheet rounds a number.
MOST_DIGITS = 15

# Signs that begin a formula in some spreadsheet, with their full-width, small, raised and mathematical forms.
_CALCULATES = "=+@＝＋－＠﹦﹢﹣﹫⁼⁺₌₊−⩵⩶﬩-"
# What a spreadsheet may skip before it looks for such a sign: white space, quotation marks, signs that are not seen.
_SKIPPED = '\\s"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff'
_BEGINS = re.compile(rf"[\t\r\n]|[{_SKIPPED}]*+[{_CALCULATES}]")
# A file with commas that is read with semicolons or tabulators falls into other cells: those begin here.
_BEGINS_INSIDE = re.compile(rf"(?<![;{_SKIPPED}])[;{_SKIPPED}]++(?=[{_CALCULATES}])")
_SEPARATES = re.compile(r"[;\t\n]")

# Neither XML 1.0 nor CSV readers agree on control characters, halves of characters and non-characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_BREAKS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")


def written_text(text: str) -> str:
    """The text as both formats can hold it: writable characters, plain line breaks, cut with a note where too long."""
    text = _UNWRITABLE.sub("", _LINE_BREAKS.sub("\n", text))
    if _units(text) <= LONGEST_TEXT:
        return text
    note = "… " + _("[Cut here: %(length)s characters in all.]") % {"length": len(text)}
    room = LONGEST_TEXT - _units(note)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + note


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def may_calculate(text: str) -> bool:
    """Whether some spreadsheet could take this for a formula, were it typed into a cell."""
    return _BEGINS.match(text) is not None


def quieted(text: str) -> str:
    """The text with an apostrophe wherever a cell that begins like a formula could begin in a CSV file."""

    def after_separator(found: re.Match[str]) -> str:
        return found.group() + ("'" if _SEPARATES.search(found.group()) else "")

    if may_calculate(text):
        text = "'" + text
    return _BEGINS_INSIDE.sub(after_separator, text)


@dataclass(frozen=True)
class Number:
    """A number to calculate with; `unit` is a currency code or empty."""

    value: Decimal
    unit: str = ""

    @property
    def fits(self) -> bool:
        """Whether a spreadsheet keeps every digit."""
        return len(self.value.normalize().as_tuple().digits) <= MOST_DIGITS and abs(self.value) < Decimal(10) ** 300


Cell = str | Number | bool | date | datetime | None


def cell_of(value: Value, zone: tzinfo = UTC) -> Cell:
    """A value as one of the kinds that a table knows; moments in the given zone, without naming it.

    Raises TypeError for anything else: a table never shows how Python writes an object.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return written_text("".join(value))
    for kind, convert in _KINDS:
        if isinstance(value, kind):
            return convert(value)
    if isinstance(value, datetime):
        return _local(value, zone)
    if isinstance(value, date):
        return value
    raise TypeError(f"a table cannot hold a {type(value).__name__}")


def _number(value: Decimal) -> Cell:
    return Number(value) if value.is_finite() else str(value)


def _float(value: float) -> Cell:
    return Number(Decimal(repr(value))) if math.isfinite(value) else str(value)


def _money(value: Money) -> Cell:
    if re.fullmatch(r"[A-Z]{3}", value.currency) is None:
        raise ValueError("money has a currency of three letters")
    return Number(value.decimal, value.currency)


_KINDS: tuple[tuple[type, Callable[..., Cell]], ...] = (
    (int, lambda value: Number(Decimal(value))),
    (float, _float),
    (Decimal, _number),
    (Money, _money),
    (TranslatedText, lambda value: written_text(str(value))),
    (Promise, lambda value: written_text(str(value))),
)


def _local(moment: datetime, zone: tzinfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment in a table has a time zone")
    # The first and the last hours that Python can tell have no local time everywhere: they stay in their own.
    with suppress(OverflowError):
        moment = moment.astimezone(zone)
    return moment.replace(tzinfo=None, microsecond=0)
