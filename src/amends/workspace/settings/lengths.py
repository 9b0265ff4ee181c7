"""A length of time as two controls of a form: how many, and of what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.calendars.limits import MOST, LimitError, Unit, read_limit
from amends.workspace.answering import NOT_OFFERED

Words = str | Promise
#: A limit as JSON: {"count": 15, "unit": "working_days"}.
Written = Mapping[str, Any]

UNITS: dict[Unit, Words] = {
    Unit.HOURS: gettext_lazy("hours"),
    Unit.WORKING_HOURS: gettext_lazy("working hours"),
    Unit.DAYS: gettext_lazy("days"),
    Unit.WORKING_DAYS: gettext_lazy("working days"),
    Unit.WEEKS: gettext_lazy("weeks"),
    Unit.MONTHS: gettext_lazy("months"),
    Unit.YEARS: gettext_lazy("years"),
}
_NUMBER = {"invalid": gettext_lazy("Write a whole number, like 15.")}


@dataclass(frozen=True)
class Length:
    """Both controls under one label, for the template."""

    label: str
    hint: str
    count: BoundField
    unit: BoundField

    @property
    def errors(self) -> list[str]:
        """Those of either."""
        return [*self.count.errors, *self.unit.errors]


def add_length(form: forms.Form, name: str, label: str, *, units: Sequence[Unit] = tuple(UNITS)) -> None:
    """Two fields for a length. The label is said to those who do not see that both belong together."""
    form.fields[f"{name}_count"] = forms.IntegerField(
        label=label,
        required=False,
        error_messages=_NUMBER,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "input length-count"}),
    )
    form.fields[f"{name}_unit"] = forms.ChoiceField(
        label=_("Of what: %(name)s") % {"name": label},
        choices=[(unit.value, UNITS[unit]) for unit in units],
        required=False,
        error_messages=NOT_OFFERED,
        widget=forms.Select({"class": "input length-unit"}),
    )


def length_of(form: forms.Form, name: str, label: str, hint: str = "") -> Length:
    """The two fields together."""
    return Length(label, hint, form[f"{name}_count"], form[f"{name}_unit"])


def initial_length(name: str, written: Written | None, usual: Unit = Unit.WORKING_DAYS) -> dict[str, Any]:
    """What is saved, by the names of the two fields; for none an empty number and the usual unit."""
    if not written:
        return {f"{name}_count": "", f"{name}_unit": usual.value}
    return {f"{name}_count": written["count"], f"{name}_unit": written["unit"]}


def typed_length(form: forms.Form, name: str, before: Written | None = None) -> dict[str, Any] | None:
    """What was typed as JSON; None where no number was. What else a limit says stays while its unit does.

    A number that nobody can count by is an error of the form.
    """
    count = form.cleaned_data.get(f"{name}_count")
    unit = form.cleaned_data.get(f"{name}_unit") or Unit.WORKING_DAYS.value
    if count is None:
        return None
    kept = dict(before) if before and before["unit"] == unit else {}
    written = {**kept, "count": count, "unit": unit}
    try:
        read_limit(written)
    except LimitError:
        most = {"most": MOST[Unit(unit)]}
        form.add_error(f"{name}_count", _("Write a whole number from 0 to %(most)d.") % most)
        return None
    return written
