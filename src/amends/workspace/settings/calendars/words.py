"""Calendars in words: weekdays, kinds of days, countries and regions, hours, and what differs between versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from babel.dates import get_day_names, get_month_names
from babel.units import format_unit
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amends.calendars.comparing import Change, DayChange, Difference
from amends.calendars.public_holidays import region_names
from amends.calendars.working_time import Interval, SpecialDay, Why
from amends.calendars.years import DayKind
from amends.kit.text import fold
from amends.kit.translated import TranslatedText
from amends.ui import formatting
from amends.ui.parts import Tag, Tone
from amends.workspace.settings.calendars.hours import written_hours

KINDS: dict[DayKind, str | Promise] = {
    DayKind.WORKING: gettext_lazy("Working day"),
    DayKind.WEEKEND: gettext_lazy("Weekend"),
    DayKind.HOLIDAY: gettext_lazy("Public holiday"),
    DayKind.HALF_DAY: gettext_lazy("Short day"),
    DayKind.CLOSURE: pgettext_lazy("day", "Closed"),
    DayKind.OPENING: gettext_lazy("Extra working day"),
}
#: Each kind has its own sign, so that none is told by colour alone.
SIGNS: dict[DayKind, str] = {
    DayKind.HOLIDAY: "flag",
    DayKind.HALF_DAY: "clock",
    DayKind.CLOSURE: "lock",
    DayKind.OPENING: "add",
}
_TONES: dict[DayKind, Tone] = {
    DayKind.HOLIDAY: "info",
    DayKind.HALF_DAY: "line",
    DayKind.CLOSURE: "wait",
    DayKind.OPENING: "ok",
}
_CHANGES: dict[Change, Tag] = {
    Change.ADDED: Tag(gettext_lazy("Added"), "info", "add"),
    Change.REMOVED: Tag(gettext_lazy("Removed"), "line", "minus"),
    Change.CHANGED: Tag(gettext_lazy("Changed"), "", "refresh"),
}
#: Days of years far from today are folded where they are more than this.
FOLDED_FROM = 30
_RENAMED = Tag(gettext_lazy("Renamed"), "line", "pencil")


def weekday(number: int) -> str:
    """Monday for 1."""
    return str(get_day_names("wide", "stand-alone", formatting.reading())[number - 1])


def weekday_in_short(number: int) -> str:
    """Mo for 1, for the head of a month."""
    return str(get_day_names("short", "stand-alone", formatting.reading())[number - 1])


def month(number: int) -> str:
    """January for 1."""
    return str(get_month_names("wide", "stand-alone", formatting.reading())[number])


def tag_of(kind: DayKind) -> Tag:
    """A kind of day as a word with its sign."""
    return Tag(KINDS[kind], _TONES.get(kind, ""), SIGNS.get(kind, ""))


def name_of(special: SpecialDay) -> str:
    """What a special day is called, else what kind it is."""
    return str(TranslatedText(special.name)) or str(KINDS[DayKind(special.why.value)])


def hours_in_words(intervals: Sequence[Interval]) -> str:
    """09:00–12:30, 13:00–17:00; that nobody works, where there are none."""
    return written_hours(tuple(intervals)) or _("Day off")


def length_in_words(worked: timedelta) -> str:
    """5 h, in the letters of the reader's language."""
    hours = round(worked / timedelta(hours=1), 1)
    return str(format_unit(hours, "hour", "narrow", locale=formatting.reading()))


def countries_by_name(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Countries to choose from, in the order of their names in the reader's language."""
    named = [(code, country(code)) for code in codes]
    return sorted(named, key=lambda each: fold(each[1]))


def country(code: str) -> str:
    """A country as the reader's language calls it."""
    return str(formatting.reading().territories.get(code, code))


def place(holidays: Mapping[str, Any]) -> str:
    """United Kingdom, England: where the public holidays of a document come from."""
    if not holidays:
        return _("None")
    region = holidays.get("region", "")
    named = [country(holidays["country"]), region_names(holidays["country"]).get(region, region)]
    return ", ".join(part for part in named if part)


@dataclass(frozen=True)
class Fact:
    """Something that differs: what it is, before and after."""

    label: str | Promise
    before: str
    after: str


@dataclass(frozen=True)
class DayLine:
    """A day that differs."""

    day: date
    tag: Tag
    before: str
    after: str


@dataclass(frozen=True)
class DaysOfYears:
    """The days that differ in one year, or in many that are folded into one: those far from today."""

    first: int
    last: int
    lines: list[DayLine]
    is_open: bool

    @property
    def words(self) -> str:
        """2026, or 2011–2025."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class DifferenceInWords:
    """A difference as the page shows it."""

    facts: list[Fact]
    years: list[DaysOfYears]
    added: int
    removed: int
    changed: int


def difference_in_words(difference: Difference, today: date) -> DifferenceInWords:
    """A difference, ready to be shown; days of this year and the next stand open."""
    near = {today.year, today.year + 1}

    def group_of(change: DayChange) -> tuple[int, bool]:
        year = change.day.year
        return (year, True) if year in near else (-1 if year < today.year else today.year + 2, False)

    groups = [(is_near, list(changes)) for (_year, is_near), changes in groupby(difference.days, group_of)]
    return DifferenceInWords(
        facts=_facts(difference),
        years=[
            DaysOfYears(
                changes[0].day.year,
                changes[-1].day.year,
                [_line(change) for change in changes],
                is_open=is_near or (len(groups) == 1 and len(changes) <= FOLDED_FROM),
            )
            for is_near, changes in groups
        ],
        added=len(difference.of(Change.ADDED)),
        removed=len(difference.of(Change.REMOVED)),
        changed=len(difference.of(Change.CHANGED)),
    )


def _facts(difference: Difference) -> list[Fact]:
    facts = [
        Fact(weekday(each.weekday), hours_in_words(each.before), hours_in_words(each.after)) for each in difference.week
    ]
    if difference.zone:
        facts.append(Fact(_("Time zone"), *difference.zone))
    if difference.holidays:
        before, after = difference.holidays
        facts += _only_differing(Fact(_("Public holidays"), place(before), place(after)))
        facts += _only_differing(Fact(_("Short days before holidays"), _short_days(before), _short_days(after)))
        facts += _only_differing(Fact(_("Source of the holidays"), before.get("from", "—"), after.get("from", "—")))
    if difference.known_until:
        days = [formatting.day(day) if day else "—" for day in difference.known_until]
        facts.append(Fact(_("Holidays are known until"), *days))
    return facts


def _only_differing(fact: Fact) -> list[Fact]:
    return [fact] if fact.before != fact.after else []


def _short_days(holidays: Mapping[str, Any]) -> str:
    if not holidays:
        return "—"
    return _("Counted as short") if holidays.get("half_days") else _("Counted as whole days")


def _line(change: DayChange) -> DayLine:
    before, after = change.before, change.after
    if before and after and (before.why, before.intervals) == (after.why, after.intervals):
        return DayLine(change.day, _RENAMED, _all_names(before), _all_names(after))
    return DayLine(
        change.day, _CHANGES[change.change], _state(before, change.hours_before), _state(after, change.hours_after)
    )


def _all_names(special: SpecialDay) -> str:
    """A day in every language: it may be called the same in the reader's own."""
    return " / ".join(dict.fromkeys(text for text in special.name.values() if text)) or name_of(special)


def _state(special: SpecialDay | None, hours: Sequence[Interval]) -> str:
    """New Year's Day · Day off; usual hours where nothing is special."""
    if special is None:
        return hours_in_words(hours)
    if special.why is Why.HOLIDAY and not hours:
        return name_of(special)
    return f"{name_of(special)} · {hours_in_words(hours)}"
