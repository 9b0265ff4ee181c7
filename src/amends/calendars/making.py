"""Putting a calendar document together from weekly hours, public holidays and days of one's own."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from amends.calendars.public_holidays import library, resolve

#: Years before and after the present one for which holidays are resolved: complaints may be old, promises are not.
YEARS_BACK = 15
YEARS_AHEAD = 10

USUAL_WEEK: dict[str, list[list[str]]] = {str(day): [["09:00", "17:00"]] for day in range(1, 6)}


def calendar_document(
    *,
    zone: str,
    this_year: int,
    week: Mapping[str, Sequence[Sequence[str]]] = USUAL_WEEK,
    country: str = "",
    region: str = "",
    half_days: bool = True,
    own_days: Mapping[str, Mapping[str, Any]] | None = None,
    languages: Sequence[str] = ("en",),
) -> dict[str, Any]:
    """A document as `read_calendar` takes it. Own days win over holidays; both stand in it apart, to be edited."""
    years = range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)
    days: dict[str, Any] = {}
    if country:
        days |= resolve(country, region, years, half_days=half_days, languages=languages)
    for day, special in days.items():
        if "ends" in special:
            days[day] = {key: value for key, value in special.items() if key != "ends"} | {
                "intervals": _until(week, day, special["ends"])
            }
    own = {day: dict(special) | {"own": True} for day, special in (own_days or {}).items()}
    return {
        "zone": zone,
        "week": {str(day): [list(interval) for interval in intervals] for day, intervals in week.items() if intervals},
        "days": dict(sorted((days | own).items())),
        "known_until": f"{this_year + YEARS_AHEAD}-12-31",
        "holidays": {"country": country, "region": region, "half_days": half_days, "from": library()}
        if country
        else {},
    }


def _until(week: Mapping[str, Sequence[Sequence[str]]], day: str, end: str) -> list[list[str]]:
    """The usual hours of that weekday, cut where the short day ends."""
    usual = week.get(str(date.fromisoformat(day).isoweekday()), [])
    return [[begin, min(stop, end)] for begin, stop in usual if begin < end]
