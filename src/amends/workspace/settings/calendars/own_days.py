"""Days of one's own: closures, short days and extra working days, as they are entered, listed and kept in the form."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.calendars.working_time import DAY, Why, check_calendar, read_calendar, read_intervals
from amends.calendars.years import DayKind
from amends.framework.models import Organisation
from amends.kit.text import clean_line
from amends.ui import formatting
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField
from amends.ui.parts import Tag
from amends.ui.widgets import RadioChips
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.settings.calendars import words
from amends.workspace.settings.calendars.hours import HoursField

OwnDays = dict[str, dict[str, Any]]

#: Days that can be entered at once, and altogether: a closure of a year, and of every year.
MOST_AT_ONCE, MOST = 366, 4_000
_LONGEST_NAME = 120
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-zA-Z]{2,8})?")
_KINDS = [
    (Why.CLOSURE.value, words.KINDS[DayKind.CLOSURE]),
    (Why.HALF_DAY.value, words.KINDS[DayKind.HALF_DAY]),
    (Why.OPENING.value, words.KINDS[DayKind.OPENING]),
]
_DAY = {"required": _("Choose a day"), "invalid": _("Enter a day, like 31.12.2026")}


def written(days: Mapping[str, Mapping[str, Any]]) -> str:
    """Days as they stand in the form from page to page."""
    return json.dumps(days, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class OwnDaysField(forms.CharField):
    """The days that were entered so far, as the page carries them along. Cleaned into the `days` of a document."""

    def clean(self, value: Any) -> Any:
        try:
            return _checked(json.loads(str(value or "") or "{}"))
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
            raise ValidationError(
                _("The days of your own cannot be read. Open the page again and enter them once more."), code="own"
            ) from error


def _checked(days: Any) -> OwnDays:
    if len(days) > MOST or check_calendar({"week": {"1": [["09:00", "17:00"]]}, "days": days}):
        raise ValueError("not the days of a calendar")
    return {
        day: {
            "intervals": [[str(clock) for clock in pair] for pair in special.get("intervals", [])],
            "why": str(special["why"]),
            "name": {
                language: clean_line(text)[:_LONGEST_NAME]
                for language, text in special.get("name", {}).items()
                if _LANGUAGE.fullmatch(language)
            },
        }
        for day, special in sorted(days.items())
    }


class DayForm(forms.Form):
    """One more day, or several in a row, that differ from the week."""

    prefix = "day"
    use_required_attribute = False

    first = forms.DateField(
        label=_("First day"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DAY,
    )
    last = forms.DateField(
        label=_("Last day"),
        help_text=_("Only for several days in a row."),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=_DAY,
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=_KINDS, initial=Why.CLOSURE.value, widget=RadioChips, error_messages=NOT_OFFERED
    )
    hours = HoursField(
        label=_("Working times"),
        help_text=_("For a short or an extra working day, such as 09:00–13:00. A day that is closed has none."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = offered_languages(organisation)
        for code in self.codes:
            self.fields[f"name_{code}"] = LineField(
                label=_("Name (%(language)s)") % {"language": own_name(code)},
                required=False,
                max_length=_LONGEST_NAME,
            )

    @property
    def name_fields(self) -> list[forms.BoundField]:
        """The name in each language."""
        return [self[f"name_{code}"] for code in self.codes]

    @property
    def was_begun(self) -> bool:
        """Whether somebody has typed something into it: that must not be lost when they go on without adding it."""
        return any(self[name].value() for name in self.fields if name != "kind")

    def clean(self) -> dict[str, Any]:
        """Days in order and not too many; hours where the kind has them."""
        super().clean()
        said = self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and not 1900 <= first.year <= 2200:
            self.add_error("first", gettext("Enter a day between 1900 and 2200."))
        elif first and last and last < first:
            self.add_error("last", gettext("The last day lies before the first. Enter a later one, or leave it out."))
        elif first and last and (last - first).days >= MOST_AT_ONCE:
            self.add_error("last", gettext("These are more than 366 days. Enter them in several steps."))
        kind, is_readable = said.get("kind"), "hours" not in self.errors
        if kind == Why.CLOSURE and said.get("hours"):
            self.add_error(
                "hours", gettext("A day that is closed has no working times. Leave them out, or choose another kind.")
            )
        elif kind in {Why.HALF_DAY, Why.OPENING} and is_readable and not said.get("hours"):
            self.add_error("hours", gettext("Enter the working times of this day, such as 09:00–13:00."))
        return said

    def added_to(self, days: OwnDays, week: Mapping[str, Any]) -> OwnDays:
        """The days with those of this form. A short day needs a usual one: weekends between stay as they are.

        Raises ValidationError for days that are in the list already.
        """
        said = self.cleaned_data
        first, last = said["first"], said["last"] or said["first"]
        wanted = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        if said["kind"] == Why.HALF_DAY and len(wanted) > 1:
            wanted = [day for day in wanted if week.get(str(day.isoweekday()))]
        taken = next((day for day in wanted if day.isoformat() in days), None)
        if taken is not None:
            raise ValidationError(
                gettext("%(day)s is in the list already. Remove it there first, or choose other days.")
                % {"day": formatting.day(taken)}
            )
        if not wanted:
            raise ValidationError(gettext("None of these days is a working day. Choose other days."))
        if len(days) + len(wanted) > MOST:
            raise ValidationError(gettext("There are too many days in the list. Remove some that are long past."))
        special = {
            "intervals": said["hours"],
            "why": said["kind"],
            "name": {code: said[f"name_{code}"] for code in self.codes if said[f"name_{code}"]},
        }
        return {**days, **{day.isoformat(): special for day in wanted}}


@dataclass(frozen=True)
class OwnLine:
    """One day of the list, or several in a row that are the same."""

    first: date
    last: date
    tag: Tag
    name: str
    hours: str

    @property
    def key(self) -> str:
        """What a button that removes it sends."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def lines_of(days: OwnDays) -> list[OwnLine]:
    """The list as people read it, in order."""
    special = read_calendar({"zone": "UTC", "week": {}, "days": days}).days
    groups: list[list[date]] = []
    for day in sorted(special):
        if groups and day - groups[-1][-1] == DAY and special[day] == special[groups[-1][-1]]:
            groups[-1].append(day)
        else:
            groups.append([day])
    return [
        OwnLine(
            group[0],
            group[-1],
            words.tag_of(DayKind(special[group[0]].why.value)),
            words.name_of(special[group[0]]),
            words.hours_in_words(read_intervals(days[group[0].isoformat()]["intervals"])),
        )
        for group in groups
    ]


def without(days: OwnDays, key: str) -> OwnDays:
    """The days without those that a button names; all of them where it names none."""
    first, _slash, last = key.partition("/")
    return {day: special for day, special in days.items() if not first <= day <= (last or first)}
