"""Days as people write them: 16 November 2026, 16.11.2026, last Monday, eile, dün."""

from datetime import date, datetime, time
from typing import Any

import dateparser

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
