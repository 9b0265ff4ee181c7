"""Days as people write them: 16 November 2026, 16.11.2026, last Monday, eile, dün."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import dateparser
from babel import Locale

from amends.kit.text import fold

#: Where dateparser knows no wording of its own.
_LONGEST = 60


def read_day(typed: str, *, language: str, today: date) -> date | None:
    """The day a person meant, looking back where they name a weekday; None when it cannot be read.

    Numbers are read day first, as all three languages write them; 2026-11-16 is read as ISO writes it.
    """
    text = typed.strip()
    if not text or len(text) > _LONGEST or not any(c.isalnum() for c in text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    by_weekday = _weekday(text, today)
    if by_weekday is not None:
        return by_weekday
    settings: dict[str, Any] = {
        "DATE_ORDER": "DMY",
        "RELATIVE_BASE": datetime.combine(today, time(12)),
        "PREFER_DATES_FROM": "past",
        "REQUIRE_PARTS": ["day"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    for languages in ([language.partition("-")[0]], ["en", "et", "tr"]):
        found: datetime | None = dateparser.parse(text, languages=languages, settings=settings)
        if found is not None and 1900 <= found.year <= 2200:
            return found.date()
    return None


#: Words that say "the one before today", folded.
_LAST = {"last", "past", "previous", "eelmine", "eelmisel", "moodunud", "gecen", "gectigimiz"}
#: Words that stand beside a weekday and say nothing more.
_BESIDE = {"on", "gunu"}


def _weekday(text: str, today: date) -> date | None:
    """The latest day of that name: Monday, last Monday, eelmisel esmaspäeval, geçen pazartesi günü.

    dateparser does not take a weekday for a day while a day is required. Said on a Monday, "Monday" is today and "last
    Monday" a week ago.
    """
    words = fold(text).split()
    names = [word for word in words if word not in _LAST | _BESIDE]
    number = _weekdays().get(names[0]) if len(names) == 1 else None
    if number is None:
        return None
    back = (today.weekday() - number) % 7
    return today - timedelta(days=back or (7 if _LAST & set(words) else 0))


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    """Names of weekdays in our languages, folded; Monday is 0. Estonian "on Monday" is one word with an ending."""
    names: dict[str, int] = {}
    for language in ("en", "et", "tr"):
        for number, name in Locale.parse(language).days["format"]["wide"].items():
            names[fold(name)] = number
            if language == "et":
                names |= dict.fromkeys((fold(name) + "al", fold(name) + "l"), number)
    return names
