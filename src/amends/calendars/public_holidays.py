"""Public holidays of countries and regions, resolved to days once and then kept.

The library is asked when a calendar is published, never when a deadline is counted: an upgrade of it may know a
holiday better, but moves no date that somebody was told.
"""

from collections.abc import Sequence
from datetime import date, time
from importlib.metadata import version
from typing import Any

import holidays

from amends.kit.text import fold

#: Short days given by law: work ends at this time (Türkiye: Law 2429, the holiday begins at 13:00).
SHORT_DAY_ENDS: dict[str, time] = {"TR": time(13, 0)}
#: Or the usual day is so many hours shorter (Estonia: Employment Contracts Act § 53).
SHORT_DAY_LOSES: dict[str, int] = {"EE": 3}


def countries() -> list[str]:
    """ISO codes of the countries whose holidays are known."""
    return sorted(code for code in holidays.list_supported_countries(include_aliases=False))


def regions(country: str) -> list[str]:
    """Codes of the regions of a country that have holidays of their own."""
    return sorted(holidays.list_supported_countries(include_aliases=False).get(country, []))


def region_names(country: str) -> dict[str, str]:
    """The regions of a country by code, each as people there call it where that is known, in the order of the names."""
    called: dict[str, str] = {}
    for name, code in getattr(holidays, country).subdivisions_aliases.items() if regions(country) else ():
        called.setdefault(str(code), str(name))
    named = {code: called.get(code, code) for code in regions(country)}
    return dict(sorted(named.items(), key=lambda each: fold(each[1])))


def has_short_days(country: str) -> bool:
    """Whether the law of a country knows days on which work ends earlier."""
    return country in SHORT_DAY_ENDS or country in SHORT_DAY_LOSES


def library() -> str:
    """Which release of the library was asked, for the record."""
    return f"holidays {version('holidays')}"


def resolve(
    country: str, region: str, years: Sequence[int], *, half_days: bool = True, languages: Sequence[str] = ("en",)
) -> dict[str, dict[str, Any]]:
    """The `days` part of a calendar document: each holiday with its name. A short day says when it `ends`, or how many
    hours it `loses`: its hours follow from the week (see `making`).

    Raises ValueError for an unknown country or region.
    """
    if country not in holidays.list_supported_countries(include_aliases=False):
        raise ValueError(f"no holidays are known for {country!r}")
    if region and region not in regions(country):
        raise ValueError(f"{country} has no region {region!r}")
    days: dict[str, dict[str, Any]] = {}
    if half_days and has_short_days(country):
        for day, names in _named(country, region, years, "half_day", languages).items():
            days[day.isoformat()] = {**_shortened(country), "why": "half_day", "name": names}
    for day, names in _named(country, region, years, "public", languages).items():
        days[day.isoformat()] = {"intervals": [], "why": "holiday", "name": names}
    return dict(sorted(days.items()))


def _shortened(country: str) -> dict[str, Any]:
    if country in SHORT_DAY_LOSES:
        return {"loses": SHORT_DAY_LOSES[country]}
    return {"ends": SHORT_DAY_ENDS[country].isoformat("minutes")}


def _named(
    country: str, region: str, years: Sequence[int], category: str, languages: Sequence[str]
) -> dict[date, dict[str, str]]:
    kind = getattr(holidays, country)
    if category not in kind.supported_categories:
        return {}
    spoken = kind.supported_languages
    found: dict[date, dict[str, str]] = {}
    for language in languages:
        code = next((known for known in spoken if known.split("_")[0] == language), None)
        if code is None and found:
            continue
        asked = holidays.country_holidays(
            country, subdiv=region or None, years=list(years), categories=(category,), language=code
        )
        for day, name in asked.items():
            found.setdefault(day, {})[language] = str(name)
    return found
