"""Money: integer minor units and a currency, written and read as each language does."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from babel import Locale
from babel.numbers import (
    NumberFormatError,
    format_currency,
    get_currency_precision,
    is_currency,
    parse_decimal,
)


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


def read_amount(typed: str, currency: str, locale: Locale) -> Money | None:
    """The money a person typed (`12,50`, `1 200`, `12.50 €`); None when it cannot be read.

    Grouping that the language does not use is refused rather than guessed: `1.234` in English is no amount with
    three decimals and no thousand.
    """
    bare = "".join(character for character in typed if character.isdigit() or character in ".,-'’ \u00a0\u202f")
    bare = bare.strip().replace("\u00a0", " ").replace("\u202f", " ").replace(" ", "")
    if not bare:
        return None
    try:
        number = Decimal(parse_decimal(bare, locale=locale, strict=True))
    except (NumberFormatError, InvalidOperation):
        plain = bare.replace(",", ".")
        if plain.count(".") > 1 or "'" in plain or "’" in plain:
            return None
        whole, _, part = plain.partition(".")
        if len(part) > 2 or not whole.lstrip("-").isdigit():
            return None
        number = Decimal(plain)
    precision = get_currency_precision(currency)
    minor = number.scaleb(precision).to_integral_value(rounding=ROUND_HALF_UP)
    if minor != number.scaleb(precision) or abs(minor) >= 10**15:
        return None
    return Money(int(minor), currency)


def known_currency(code: str) -> bool:
    """Whether this is an ISO 4217 code that we can write."""
    return len(code) == 3 and is_currency(code)
