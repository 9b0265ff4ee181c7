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
    years: range | None = None,
) -> dict[str, Any]:
    """A document as `read_calendar` takes it. Own days win over holidays; both stand in it apart, to be edited.

    `years` are those for which holidays are looked up; left out, the usual ones around `this_year`.
    """
    years = years or usual_years(this_year)
    days: dict[str, Any] = {}
    if country:
        days |= resolve(country, region, years, half_days=half_days, languages=languages)
    for day, special in list(days.items()):
        if special["why"] != "half_day":
            continue
        if _usual(week, day):
            days[day] = {"intervals": _hours_of(special, week, day), "why": "half_day", "name": special["name"]}
        else:  # a day off cannot be shorter
            del days[day]
    own = {day: dict(special) | {"own": True} for day, special in (own_days or {}).items()}
    return {
        "zone": zone,
        "week": {str(day): [list(interval) for interval in intervals] for day, intervals in week.items() if intervals},
        "days": dict(sorted((days | own).items())),
        "known_until": f"{years[-1]}-12-31",
        "holidays": {"country": country, "region": region, "half_days": half_days, "from": library()}
        if country
        else {},
    }


def usual_years(this_year: int) -> range:
    """The years for which a calendar that is made now knows its holidays."""
    return range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)


def own_days_of(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The days of a document that nobody looked up: they were entered, and stay when holidays are looked up again."""
    has_source = bool(document.get("holidays"))
    return {
        day: {key: value for key, value in special.items() if key != "own"}
        for day, special in document.get("days", {}).items()
        if special.get("own") or not has_source
    }


def years_of(document: Mapping[str, Any], this_year: int) -> range:
    """The years for which holidays stand in a document, so that those before stay when it is made again."""
    known_until = document.get("known_until")
    if not known_until:
        return usual_years(this_year)
    last = date.fromisoformat(known_until).year
    first = min((int(day[:4]) for day in document.get("days", {})), default=last - YEARS_AHEAD - YEARS_BACK)
    return range(min(first, last), last + 1)


def _hours_of(special: Mapping[str, Any], week: Mapping[str, Sequence[Sequence[str]]], day: str) -> list[list[str]]:
    """The usual hours of that weekday, cut at their end: at a time of day, or by so many hours of work."""
    usual = [(_minutes(begin), _minutes(stop, ends=True)) for begin, stop in _usual(week, day)]
    if "ends" in special:
        end = _minutes(special["ends"])
        kept = [(begin, min(stop, end)) for begin, stop in usual if begin < end]
        return [[_clock(begin), _clock(stop)] for begin, stop in kept]
    kept, to_lose = [], special["loses"] * 60
    for begin, stop in sorted(usual, reverse=True):
        lost = min(to_lose, stop - begin)
        to_lose -= lost
        if stop - lost > begin:
            kept.append((begin, stop - lost))
    return [[_clock(begin), _clock(stop)] for begin, stop in sorted(kept)]


def _usual(week: Mapping[str, Sequence[Sequence[str]]], day: str) -> Sequence[Sequence[str]]:
    return week.get(str(date.fromisoformat(day).isoweekday()), [])


def _minutes(clock: str, *, ends: bool = False) -> int:
    """Minutes since midnight; an end of 00:00 is the midnight at which the day ends."""
    hours, minutes = (int(part) for part in clock.split(":"))
    return hours * 60 + minutes or (_WHOLE_DAY if ends else 0)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


_WHOLE_DAY = 24 * 60
