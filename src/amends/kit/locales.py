"""How each language writes days, numbers and money (CLDR)."""

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

#: Where a language alone would be written as somewhere else: English as in Europe, day before month.
_AS = {"en": "en_GB"}


@lru_cache(maxsize=32)
def locale_of(language: str) -> Locale:
    """The locale of a language code; English where the code is unknown."""
    try:
        return Locale.parse(_AS.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


#: Where CLDR's own full form is not how people write it: no comma after the weekday.
_LONG_DAY = {"en": "EEEE d MMMM y"}


def long_day(day: date, language: str) -> str:
    """A day with its weekday, as it stands in a sentence: Tuesday 8 December 2026."""
    locale = locale_of(language)
    return str(format_date(day, _LONG_DAY.get(locale.language, "full"), locale=locale))


def plain_day(day: date, language: str) -> str:
    """A day: 8 December 2026."""
    return str(format_date(day, "long", locale=locale_of(language)))
