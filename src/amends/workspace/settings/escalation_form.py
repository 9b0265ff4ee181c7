"""Who is told when a deadline has passed, level by level, and when nobody is disturbed, as a form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.calendars.limits import Unit
from amends.framework.ladder import MOST_LEVELS, Quiet, Rungs
from amends.kit.refusal import Refusal
from amends.ui.definition_forms import LineField
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.settings.ladder_words import RECIPIENTS
from amends.workspace.settings.lengths import Length, add_length, length_of, typed_length

UNITS = (Unit.WORKING_DAYS, Unit.WORKING_HOURS, Unit.DAYS, Unit.HOURS)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
_WRONG_TIME = gettext_lazy("Enter times such as 20:00 and 07:00.")
#: Which field a refusal of the verb belongs to.
_FIELDS = {"recipient_unknown": "to", "level_unit": "count", "levels_backward": "count"}


@dataclass(frozen=True)
class LevelFields:
    """One level, for the template."""

    number: int
    after: Length
    to: BoundField


class TimeField(LineField):
    """A time of day as people write it: 20:00, 20.00 or 20."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = _TIME.fullmatch(typed)
        if not typed:
            return None
        try:
            return time(int(found[1]), int(found[2] or 0)) if found else self._refused()
        except ValueError:
            return self._refused()

    def _refused(self) -> None:
        raise forms.ValidationError(_WRONG_TIME)


class LadderForm(forms.Form):
    """`rows` levels. `seen` is the version that was on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    rows = forms.IntegerField(widget=forms.HiddenInput)
    quiet_from = TimeField(
        label=gettext_lazy("Nobody is disturbed from"),
        help_text=gettext_lazy("A time such as 20:00. Leave both empty to send at any hour."),
        required=False,
        max_length=10,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr"}),
    )
    quiet_until = TimeField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("What waited goes out then."),
        required=False,
        max_length=10,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr"}),
    )
    days_off = forms.BooleanField(
        label=gettext_lazy("Not on days without work either"),
        help_text=gettext_lazy("Where a person may be in danger, nothing waits."),
        required=False,
    )

    def __init__(self, *args: Any, levels: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = levels
        for place in range(levels):
            add_length(self, f"level{place}", _("After the deadline"), units=UNITS)
            self.fields[f"level{place}_to"] = forms.ChoiceField(
                label=_("Who is told"),
                choices=[("", _("Choose one")), *RECIPIENTS.items()],
                error_messages={**NOT_OFFERED, "required": _("Choose who is told.")},
            )

    @property
    def level_fields(self) -> list[LevelFields]:
        """Every level with its fields."""
        hint = _("0 means at once.")
        return [
            LevelFields(
                place + 1,
                length_of(self, f"level{place}", _("After the deadline"), hint if place == 0 else ""),
                self[f"level{place}_to"],
            )
            for place in range(self.count)
        ]

    @property
    def has_room(self) -> bool:
        """Whether there may be another level."""
        return self.count < MOST_LEVELS

    def levels(self) -> list[dict[str, Any]]:
        """What was typed, as the verb takes it. A level without a time is an error of the form."""
        found = []
        for place in range(self.count):
            after = typed_length(self, f"level{place}")
            if after is None and f"level{place}_count" not in self.errors:
                self.add_error(f"level{place}_count", _("Write how long after the deadline, or remove the level."))
            if after is not None:
                found.append({"after": after, "to": self.cleaned_data[f"level{place}_to"]})
        return found

    def quiet(self) -> dict[str, Any]:
        """What was typed, as the verb takes it; empty for none."""
        begins, ends = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
        if begins is None and ends is None and not self.cleaned_data["days_off"]:
            return {}
        for name, value in (("quiet_from", begins), ("quiet_until", ends)):
            if value is None:
                self.add_error(name, _("Enter both times: what waited goes out when the quiet time ends."))
        if begins is None or ends is None:
            return {}
        return {"from": f"{begins:%H:%M}", "until": f"{ends:%H:%M}", "days_off": self.cleaned_data["days_off"]}

    def show(self, refusal: Refusal) -> None:
        """What the verb refuses stands at the level that it is about."""
        level = refusal.facts.get("level")
        field = f"level{level - 1}_{_FIELDS[refusal.code]}" if level and refusal.code in _FIELDS else None
        if refusal.field == "quiet":
            field = "quiet_from"
        self.add_error(field if field in self.fields else None, str(refusal.sentence))


def initial_of(rungs: Rungs) -> dict[str, Any]:
    """What holds now, by the names of the fields."""
    values: dict[str, Any] = {"seen": rungs.version, "rows": len(rungs.levels), **_initial_quiet(rungs.quiet)}
    for place, level in enumerate(rungs.levels):
        values[f"level{place}_count"] = level.after.count
        values[f"level{place}_unit"] = level.after.unit.value
        values[f"level{place}_to"] = level.to
    return values


def _initial_quiet(quiet: Quiet | None) -> dict[str, Any]:
    if quiet is None:
        return {"quiet_from": "", "quiet_until": "", "days_off": False}
    begins, ends = f"{quiet.begins:%H:%M}", f"{quiet.ends:%H:%M}"
    return {"quiet_from": begins, "quiet_until": ends, "days_off": quiet.days_off}


def rows_in(data: Mapping[str, str]) -> int:
    """How many levels a page was sent with."""
    typed = data.get("rows", "")
    return min(int(typed), MOST_LEVELS) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1


def with_another_level(data: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, with one more level at the end."""
    return {**data, "rows": str(min(rows_in(data) + 1, MOST_LEVELS))}


def without_level(data: Mapping[str, str], number: str) -> dict[str, Any]:
    """What was typed, without one level; those below it move up."""
    rows = rows_in(data)
    kept = [place for place in range(rows) if str(place + 1) != number]
    found = {name: value for name, value in data.items() if not re.match(r"level\d", name)}
    for place, old in enumerate(kept):
        for part in ("count", "unit", "to"):
            found[f"level{place}_{part}"] = data.get(f"level{old}_{part}", "")
    return {**found, "rows": str(len(kept))}
