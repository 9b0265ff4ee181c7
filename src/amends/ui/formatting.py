"""Days, moments, money and sizes as the reader's language writes them, in the time zone that is active."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from amends.calendars.limits import Limit, Unit
from amends.kit.money import Money

#: English here is written as in Britain: 8 December 2026, week from Monday.
_REGION = {"en": "en_GB"}
#: Where CLDR's own full form is not how people write it.
_LONG_DAY = {"en": "EEEE d MMMM y"}


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Babel's locale for one of our language codes."""
    return Locale.parse(_REGION.get(language, language.replace("-", "_")))


def reading() -> Locale:
    """The locale of whoever reads the page that is being made."""
    return locale_of(get_language() or "en")


def _here(value: date | datetime) -> date:
    """The day, or the moment in the active time zone (of the organisation, see the language middleware)."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def long_day(value: date | datetime) -> str:
    """Tuesday 8 December 2026."""
    locale = reading()
    return str(format_date(_here(value), _LONG_DAY.get(locale.language, "full"), locale))


def day(value: date | datetime) -> str:
    """8 December 2026."""
    return str(format_date(_here(value), "long", reading()))


def short_day(value: date | datetime) -> str:
    """8 Dec, for tables."""
    return str(format_skeleton("MMMd", _here(value), tzinfo=None, locale=reading()))


def weekday(value: date | datetime) -> str:
    """Thu 26 Nov, for what is near."""
    return str(format_skeleton("MMMEd", _here(value), tzinfo=None, locale=reading()))


def weekday_of_year(value: date | datetime) -> str:
    """Thu, 26 Nov 2026, for what may lie in another year."""
    return str(format_skeleton("yMMMEd", _here(value), tzinfo=None, locale=reading()))


def dated(value: date | datetime) -> str:
    """8 Dec 2026, for tables that reach over years."""
    return str(format_skeleton("yMMMd", _here(value), tzinfo=None, locale=reading()))


def month(value: date | datetime) -> str:
    """December 2026."""
    return str(format_skeleton("yMMMM", _here(value), tzinfo=None, locale=reading()))


def short_month(value: date | datetime) -> str:
    """Dec 2026, below a picture."""
    return str(format_skeleton("yMMM", _here(value), tzinfo=None, locale=reading()))


def month_day(value: date | datetime) -> str:
    """8 December: within a page that names the year."""
    return str(format_skeleton("MMMMd", _here(value), tzinfo=None, locale=reading()))


def clock(value: datetime) -> str:
    """10:05."""
    return str(format_datetime(_here(value), "HH:mm", tzinfo=None, locale=reading()))


def moment(value: datetime) -> str:
    """8 December 2026, 10:05."""
    locale = reading()
    here = _here(value)
    pattern = f"{locale.date_formats['long'].pattern} HH:mm"
    if locale.language == "en":
        pattern = "d MMMM y, HH:mm"
    return str(format_datetime(here, pattern, tzinfo=None, locale=locale))


def short_moment(value: datetime, now: datetime) -> str:
    """Today 10:05, Yesterday 10:05, 8 Dec 10:05: for a timeline."""
    here, today = _here(value), _here(now)
    day_of = here.date() if isinstance(here, datetime) else here
    day_now = today.date() if isinstance(today, datetime) else today
    if day_of == day_now:
        return gettext("Today %(time)s") % {"time": clock(value)}
    if day_of == day_now - timedelta(days=1):
        return gettext("Yesterday %(time)s") % {"time": clock(value)}
    short = short_day(value) if day_of.year == day_now.year else day(value)
    return f"{short} {clock(value)}"


def money(value: Money) -> str:
    """€120.00, 120,00 €."""
    return value.in_words_of(reading())


def number(value: float) -> str:
    """1,684."""
    return str(format_decimal(value, locale=reading()))


def file_size(octets: int) -> str:
    """2.1 MB, in powers of ten as file managers show it."""
    locale = reading()
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if octets >= size:
            return f"{format_decimal(round(octets / size, 1), locale=locale)}\u00a0{unit}"
    return f"{format_decimal(octets, locale=locale)}\u00a0B"


@dataclass(frozen=True)
class TimeLeft:
    """How a deadline stands at a moment. `tone` is danger (late), warn (today) or empty."""

    text: str
    tone: str
    is_late: bool = False

    def __str__(self) -> str:
        return self.text


def until(due: datetime, now: datetime) -> TimeLeft:
    """2 days late, 3 h late, Today 16:00, 10 days left."""
    if due < now:
        return _late(now - due)
    days = _days_between(now, due)
    if days == 0:
        return TimeLeft(gettext("Today %(time)s") % {"time": clock(due)}, "warn")
    return TimeLeft(ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}, "")


def due_day(due: datetime, now: datetime) -> TimeLeft:
    """As `until`, but what is still ahead as a date: Thu 26 Nov, 8 Dec, 8 December 2027."""
    if due < now:
        return _late(now - due)
    days = _days_between(now, due)
    if days == 0:
        return TimeLeft(gettext("Today %(time)s") % {"time": clock(due)}, "warn")
    if days < 7:
        return TimeLeft(weekday(due), "")
    return TimeLeft(short_day(due) if _here(due).year == _here(now).year else day(due), "")


def _late(by: timedelta) -> TimeLeft:
    if by >= timedelta(days=1):
        text = ngettext("%(count)d day late", "%(count)d days late", by.days) % {"count": by.days}
    elif by >= timedelta(hours=1):
        text = gettext("%(count)d h late") % {"count": by.seconds // 3600}
    else:
        text = gettext("%(count)d min late") % {"count": by.seconds // 60}
    return TimeLeft(text, "danger", is_late=True)


def _days_between(earlier: datetime, later: datetime) -> int:
    """Midnights between two moments at the place of the organisation."""
    return (timezone.localtime(later).date() - timezone.localtime(earlier).date()).days


def limit(value: Limit) -> str:
    """15 working days, 8 weeks: a value that stands alone, never inside a sentence."""
    numbers = {"count": value.count}
    match value.unit:
        case Unit.HOURS:
            return ngettext("%(count)d hour", "%(count)d hours", value.count) % numbers
        case Unit.WORKING_HOURS:
            return ngettext("%(count)d working hour", "%(count)d working hours", value.count) % numbers
        case Unit.DAYS:
            return ngettext("%(count)d day", "%(count)d days", value.count) % numbers
        case Unit.WEEKS:
            return ngettext("%(count)d week", "%(count)d weeks", value.count) % numbers
        case Unit.MONTHS:
            return ngettext("%(count)d month", "%(count)d months", value.count) % numbers
        case Unit.YEARS:
            return ngettext("%(count)d year", "%(count)d years", value.count) % numbers
        case Unit.WORKING_DAYS:
            return ngettext("%(count)d working day", "%(count)d working days", value.count) % numbers
