"""Money: integer minor units and a currency, written and read as each language does."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel import Locale
from babel.numbers import (
    NumberFormatError,
    format_currency,
    get_currency_name,
    get_currency_precision,
    get_currency_symbol,
    is_currency,
    parse_decimal,
)

from amends.kit.text import fold


@dataclass(frozen=True)
class Money:
    """An amount in the smallest unit of its currency (cents, kuruş)."""

    minor: int
    currency: str

    @property
    def decimal(self) -> Decimal:
        """The amount in whole units of the currency."""
        return Decimal(self.minor).scaleb(-get_currency_precision(self.currency))

    def in_words_of(self, locale: Locale) -> str:
        """The amount as it is written in that language."""
        return str(format_currency(self.decimal, self.currency, locale=locale))


# What may stand beside a number; whether it names the currency is looked up.
_MARK = r"[^\d.,'’\s−–-][^\d,'’−–-]{0,30}"
_TYPED = re.compile(
    rf"(?P<minus>[-−]?)\s*(?P<before>(?:{_MARK})?)\s*(?P<minus_behind>[-−]?)\s*"
    rf"(?P<number>\d(?:[\d.,'’ ]*\d)?|[.,]\d+)(?P<even>[.,][-–—]{{0,2}})?\s*(?P<after>(?:{_MARK})?)"
)
_BETWEEN_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d*)?|[^ ]*")
# How people write a currency where CLDR knows only the official names.
_EVERYDAY = {"TRY": {"tl"}, "EUR": {"euri"}, "USD": {"us$"}}
_SYMBOLS = {"TRY": "₺", "GBP": "£", "JPY": "¥", "CNY": "¥", "INR": "₹", "UAH": "₴", "PLN": "zł", "CZK": "kč"}
LONGEST_TYPED = 60


def read_amount(typed: str, currency: str, locale: Locale) -> Money | None:
    """The money a person typed (`12,50`, `1 200`, `12.50 €`, `12,-`); None when it cannot be read.

    Nothing is guessed: `1.234` in English is no amount with three decimals and no thousand, `12 50` is neither, and
    `12 USD` is nothing in euros. Digits may be those of any script.
    """
    if len(typed) > LONGEST_TYPED:
        return None
    found = _TYPED.fullmatch(re.sub(r"\s", " ", typed).strip())
    if found is None or not _are_marks_of(currency, locale, found.group("before"), found.group("after")):
        return None
    minuses = len(found.group("minus")) + len(found.group("minus_behind"))
    number = _read_number("".join(_in_ascii(sign) for sign in found.group("number")), locale)
    if number is None or minuses > 1:
        return None
    minor = (-number if minuses else number).scaleb(get_currency_precision(currency))
    if minor != minor.to_integral_value() or abs(minor) >= 10**15:
        return None
    return Money(int(minor), currency)


def _in_ascii(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _read_number(text: str, locale: Locale) -> Decimal | None:
    if _BETWEEN_THOUSANDS.fullmatch(text) is None:
        return None
    bare = text.replace(" ", "")
    try:
        return Decimal(parse_decimal(bare, locale=locale, strict=True))
    except (NumberFormatError, InvalidOperation):
        # People type the comma or the full stop that they know; with one or two digits behind it is no thousand.
        plain = bare.replace(",", ".")
        return Decimal(plain) if re.fullmatch(r"[0-9]*\.[0-9]{1,2}", plain) else None


def _are_marks_of(currency: str, locale: Locale, *marks: str) -> bool:
    """Whether what stands beside the number names this currency, where anything does."""
    known = {fold(currency), *_EVERYDAY.get(currency, ())}
    for language in (locale, Locale("en")):
        known.add(fold(get_currency_symbol(currency, locale=language)))
        known |= {fold(get_currency_name(currency, count=count, locale=language)) for count in (None, 1, 2)}
    # `lira` for the Turkish one, `$` for the one whose symbol in this language is US$.
    known |= {name.split()[-1] for name in known} | {name[-1] for name in known if not name[-1].isalnum()}
    known.add(fold(_SYMBOLS.get(currency, "")))
    return all(fold(mark.strip(" .")) in known for mark in marks if mark.strip(" ."))


def known_currency(code: str) -> bool:
    """Whether this is an ISO 4217 code that we can write."""
    return len(code) == 3 and is_currency(code)
