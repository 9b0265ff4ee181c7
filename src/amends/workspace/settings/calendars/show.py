"""A year of a calendar: twelve months, and below them every day that differs from its weekday."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amends.calendars.loading import working_calendar
from amends.calendars.models import CalendarVersion
from amends.calendars.permissions import May
from amends.calendars.working_time import WorkingCalendar
from amends.calendars.years import DayKind, Month, Year, YearDay, year_of
from amends.framework.calendar_uses import Uses, uses_by_calendar
from amends.framework.permissions import May as MayFramework
from amends.permissions.engine import may
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Tag
from amends.workspace.settings.calendars import words
from amends.workspace.settings.calendars.finding import calendar_coded, newest_number, version_of
from amends.workspace.settings.calendars.listing import ends_soon, uses_in_words

#: Years that can be looked at.
FIRST_YEAR, LAST_YEAR = 1900, 2200


@dataclass(frozen=True)
class Cell:
    """A day in its month."""

    day: YearDay
    is_today: bool

    @property
    def words(self) -> str:
        """What is special about it, for those who do not see signs and colours."""
        if self.day.special is None:
            return ""
        named, kind = words.name_of(self.day.special), str(words.KINDS[self.day.kind])
        parts = [named] if named == kind else [named, kind]
        if self.day.is_working_day:
            parts.append(words.hours_in_words(self.day.hours))
        return ", ".join(parts)

    @property
    def sign(self) -> str:
        """The icon of its kind."""
        return words.SIGNS.get(self.day.kind, "")

    @property
    def length(self) -> str:
        """How long people work on a short or extra day."""
        if self.day.kind in {DayKind.HALF_DAY, DayKind.OPENING} and self.day.is_working_day:
            return words.length_in_words(self.day.worked)
        return ""


@dataclass(frozen=True)
class MonthShown:
    """A month as weeks of seven places."""

    name: str
    working_days: int
    weeks: list[list[Cell | None]]


@dataclass(frozen=True)
class SpecialLine:
    """A day below the months."""

    day: date
    tag: Tag
    name: str
    hours: str


@needs(May.SEE)
def calendar(request: StaffVisit, calendar: str) -> HttpResponse:
    """The version that holds."""
    return _page(request, version_of(calendar_coded(calendar)), is_newest=True)


@needs(May.SEE)
def version(request: StaffVisit, calendar: str, number: int) -> HttpResponse:
    """Any version, as it was."""
    found = version_of(calendar_coded(calendar), number)
    return _page(request, found, is_newest=newest_number(found.calendar) == found.number)


def _page(request: StaffVisit, found: CalendarVersion, *, is_newest: bool) -> HttpResponse:
    working = working_calendar(found)
    today = request.now.astimezone(working.zone).date()
    year = _asked(request.GET.get("year", ""), today.year)
    shown = year_of(working, year)
    first_weekday = formatting.reading().first_week_day
    known_from = min((day.year for day in working.days), default=None)
    context = {
        "version": found,
        "calendar": found.calendar,
        "is_newest": is_newest,
        "year": year,
        "previous": year - 1 if year > FIRST_YEAR else None,
        "next": year + 1 if year < LAST_YEAR else None,
        "weekdays": [(words.weekday(number), words.weekday_in_short(number)) for number in _week_from(first_weekday)],
        "months": [_month(month, first_weekday, today) for month in shown.months],
        "legend": [(kind.value, words.KINDS[kind], words.SIGNS.get(kind, "")) for kind in DayKind],
        "figures": _figures(shown),
        "special": [_line(day) for day in shown.special],
        "is_unknown": (working.known_until is not None and year > working.known_until.year)
        or (known_from is not None and year < known_from),
        "week": _week(working),
        "facts": _facts(found, working),
        "uses": _uses(found.calendar.code, request.now) if is_newest else None,
        "known_until": working.known_until,
        "ends_soon": is_newest and ends_soon(working.known_until, today),
        "may_change": is_newest and may(request.actor, May.CHANGE),
        "may_see_settings": may(request.actor, MayFramework.SEE_SETTINGS),
    }
    return render(request, "workspace/settings/calendars/calendar.html", context)


def _asked(typed: str, otherwise: int) -> int:
    """The year in the address; what cannot be shown is the present one."""
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else otherwise
    return asked if FIRST_YEAR <= asked <= LAST_YEAR else otherwise


def _week_from(first: int) -> Sequence[int]:
    """ISO weekdays from the first of the reader's week, which counts from 0 for Monday."""
    return [(first + place) % 7 + 1 for place in range(7)]


def _month(month: Month, first_weekday: int, today: date) -> MonthShown:
    before = (month.first.weekday() - first_weekday) % 7
    cells: list[Cell | None] = [*[None] * before, *(Cell(day, day.day == today) for day in month.days)]
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[start : start + 7] for start in range(0, len(cells), 7)]
    return MonthShown(words.month(month.first.month), month.working_days, weeks)


def _figures(year: Year) -> list[tuple[str, str]]:
    counted = year.counted()
    on_weekdays = sum(day.kind is DayKind.HOLIDAY and day.day.isoweekday() < 6 for day in year.days)
    figures = [
        (_("Working days"), formatting.number(year.working_days)),
        (_("Working hours"), formatting.number(round(year.worked.total_seconds() / 3600, 1))),
        (_("Public holidays"), formatting.number(counted[DayKind.HOLIDAY])),
        (_("Public holidays from Monday to Friday"), formatting.number(on_weekdays)),
        (_("Short days"), formatting.number(counted[DayKind.HALF_DAY])),
        (_("Days closed"), formatting.number(counted[DayKind.CLOSURE])),
        (_("Extra working days"), formatting.number(counted[DayKind.OPENING])),
    ]
    always = 3
    return figures[:always] + [figure for figure in figures[always:] if figure[1] != "0"]


def _line(day: YearDay) -> SpecialLine:
    assert day.special is not None
    return SpecialLine(day.day, words.tag_of(day.kind), words.name_of(day.special), words.hours_in_words(day.hours))


def _week(working: WorkingCalendar) -> list[tuple[str, str]]:
    return [(words.weekday(number), words.hours_in_words(working.week.get(number, ()))) for number in range(1, 8)]


def _facts(found: CalendarVersion, working: WorkingCalendar) -> list[tuple[str, str]]:
    """What a version says besides its week and single days."""
    holidays = found.document.get("holidays", {})
    facts = [(_("Time zone"), str(working.zone)), (_("Public holidays"), words.place(holidays))]
    if working.known_until:
        facts.append((_("Known until"), formatting.day(working.known_until)))
    if holidays.get("from"):
        facts.append((_("Looked up in"), str(holidays["from"])))
    return facts


def _uses(code: str, now: datetime) -> list[tuple[str, str]]:
    return uses_in_words(uses_by_calendar(now).get(code, Uses()))
