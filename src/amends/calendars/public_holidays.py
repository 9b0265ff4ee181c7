"""Public holidays of countries and regions, resolved to days once and then kept.

The library is asked when a calendar is published, never when a deadline is counted: an upgrade of it may know a
holiday better, but moves no date that somebody was told.
"""

from collections.abc import Sequence
from datetime import date, time
from importlib.metadata import version
from typing import Any

import holidays

#: Law-given short days, by country: work ends at this time (Estonia: Public Holidays and Days of National Importance
#: Act and Employment Contracts Act § 53, three hours shorter; Türkiye: Law 2429, from 13:00 on).
SHORT_DAY_ENDS: dict[str, time] = {"EE": time(14, 0), "TR": time(13, 0)}


def countries() -> list[str]:
    """ISO codes of the countries whose holidays are known."""
    return sorted(code for code in holidays.list_supported_countries(include_aliases=False))


def regions(country: str) -> list[str]:
    """Codes of the regions of a country that have holidays of their own."""
    return sorted(holidays.list_supported_countries(include_aliases=False).get(country, []))


def library() -> str:
    """Which release of the library was asked, for the record."""
    return f"holidays {version('holidays')}"


def resolve(
    country: str, region: str, years: Sequence[int], *, half_days: bool = True, languages: Sequence[str] = ("en",)
) -> dict[str, dict[str, Any]]:
    """The `days` part of a calendar document: each holiday with its name, short days with their hours.

    Raises ValueError for an unknown country or region.
    """
    if country not in holidays.list_supported_countries(include_aliases=False):
        raise ValueError(f"no holidays are known for {country!r}")
    if region and region not in regions(country):
        raise ValueError(f"{country} has no region {region!r}")
    days: dict[str, dict[str, Any]] = {}
    if half_days and country in SHORT_DAY_ENDS:
        for day, names in _named(country, region, years, "half_day", languages).items():
            end = SHORT_DAY_ENDS[country].isoformat("minutes")
            days[day.isoformat()] = {"ends": end, "why": "half_day", "name": names}
    for day, names in _named(country, region, years, "public", languages).items():
        days[day.isoformat()] = {"intervals": [], "why": "holiday", "name": names}
    return dict(sorted(days.items()))


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
