"""Working times of a day as people type them: 09:00–12:30, 13:00–17:00 or 9-17; nothing for a day off."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amends.calendars.working_time import Interval, check_calendar
from amends.kit.text import fold, shortened
from amends.ui.definition_forms import LineField

Pairs = list[list[str]]

#: What a time may look like: 9, 9:00, 09.00, 9h30, 0930, 9 am.
_CLOCK = r"(\d{1,2}?)(?:(?:\s?[:.h]\s?)?(\d{2}))?\s?h?\s?([ap]\.?m\.?)?"
_TO = r"\s*(?:[-‐‑‒–—−~]+|\.\.+|\bto\b|\buntil\b|\btill\b|\bkuni\b|\bile\b)\s*"
_RANGE = re.compile(rf"(?<![\d:.]){_CLOCK}{_TO}{_CLOCK}(?![\d:.])")
#: What may stand between two times, in the languages offered.
_BETWEEN = re.compile(r"[\s,;/|&+]+|\band\b|\bja\b|\bve\b")
#: Ways to say that nobody works, folded.
_DAY_OFF = {"", "-", "–", "—", "x", "0", "off", "closed", "day off", "vaba", "suletud", "kapali", "tatil"}


class HoursField(LineField):
    """Cleaned into pairs of begin and end, in order, as a calendar document has them.

    One of many on a page is `one_of_many`: what is wrong with it begins with its label.
    """

    def __init__(self, *, one_of_many: bool = False, **kwargs: Any) -> None:
        self.one_of_many = one_of_many
        usual: dict[str, Any] = {"required": False, "max_length": 200}
        super().__init__(**{**usual, "widget": forms.TextInput({"autocomplete": "off", "dir": "ltr"}), **kwargs})

    def clean(self, value: Any) -> Any:
        try:
            return in_order(read_hours(super().clean(value)))
        except ValidationError as error:
            if not self.one_of_many:
                raise
            raise ValidationError([f"{self.label}: {sentence}" for sentence in error.messages]) from error


def read_hours(typed: str) -> Pairs:
    """The pairs that were meant. Raises ValidationError for what cannot be read; the order of times is not checked."""
    text = fold(typed).strip()
    if text in _DAY_OFF:
        return []
    pairs = []
    for found in _RANGE.finditer(text):
        begin, end = _minutes(*found.groups()[:3]), _minutes(*found.groups()[3:])
        if begin is None or end is None or begin == _WHOLE_DAY:
            raise _unreadable(found.group())
        pairs.append((begin, end or _WHOLE_DAY))
    if not pairs or _BETWEEN.sub("", _RANGE.sub(" ", text)):
        raise _unreadable(shortened(typed, 40))
    return [[_clock(begin), _clock(end)] for begin, end in sorted(pairs)]


def in_order(pairs: Pairs) -> Pairs:
    """The same pairs. Raises ValidationError where one ends before it begins, or two overlap."""
    for problem in check_calendar({"week": {"1": pairs}}):
        if problem.where == "week.1":
            raise ValidationError(str(problem.sentence), code="hours")
    return pairs


_WHOLE_DAY = 24 * 60


def _minutes(hours: str, minutes: str | None, half: str | None) -> int | None:
    """Minutes since midnight; None where no clock shows that."""
    hour, minute = int(hours), int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    since = hour * 60 + minute
    return since if minute < 60 and since <= _WHOLE_DAY else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _unreadable(part: str) -> ValidationError:
    return ValidationError(
        _(
            "“%(part)s” cannot be read as working times. Write when work begins and ends, such as "
            "09:00–12:30, 13:00–17:00, or leave the field empty for a day off."
        )
        % {"part": part},
        code="unreadable",
    )


def typed_hours(pairs: Any) -> str:
    """Pairs of a document as people type them."""
    return ", ".join(f"{begin}–{'24:00' if end == '00:00' else end}" for begin, end in pairs)


def written_hours(intervals: tuple[Interval, ...]) -> str:
    """Intervals of a calendar in the same form."""
    return typed_hours([(f"{begin:%H:%M}", f"{end:%H:%M}") for begin, end in intervals])
