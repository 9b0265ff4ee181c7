"""What the forms of all screens have in common."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal
from amends.ui.parts import StaleField

Words = str | Promise

#: Where an answer was changed on its way: the page never offered it.
NOT_OFFERED = {"invalid_choice": _("Choose one of the answers shown"), "required": _("Choose one of the answers shown")}

#: What no change of an answer can mend: it becomes a page of its own.
_BEYOND_FORMS = {"not_permitted", "stale"}


@contextmanager
def shown_in(*answered: forms.BaseForm) -> Iterator[None]:
    """What a verb refuses stands in the form, at the field that has to change where it names one."""
    try:
        yield
    except Refusal as refusal:
        if refusal.code in _BEYOND_FORMS:
            raise
        owner = next((form for form in answered if refusal.field in form.fields), None)
        if owner is None:
            answered[0].add_error(None, str(refusal.sentence))
        else:
            owner.add_error(refusal.field, str(refusal.sentence))


class Together(forms.Form):
    """Several forms of one page as one, for the summary of errors on top and for the title."""

    def __init__(self, answered: Sequence[forms.BaseForm]) -> None:
        super().__init__()
        self._parts = answered
        self.fields = {name: field for form in answered for name, field in form.fields.items()}

    @property
    def errors(self) -> ErrorDict:
        """Those of all, by the names of their fields."""
        found = ErrorDict()
        for form in self._parts:
            for name, errors in form.errors.items():
                found.setdefault(name, ErrorList()).extend(errors.as_data())
        return found

    def __getitem__(self, name: str) -> BoundField:
        return next(form[name] for form in self._parts if name in form.fields)


def status_of(*answered: forms.BaseForm) -> int:
    """422 for a page that shows a form with mistakes."""
    return 422 if any(form.is_bound and form.errors for form in answered) else 200


def both_versions(saved: forms.BaseForm, typed: forms.BaseForm) -> list[StaleField]:
    """Every answer that differs from what is saved now, for a page that somebody else was faster on."""
    rows = []
    for name, field in typed.fields.items():
        if isinstance(field.widget, forms.HiddenInput | forms.FileInput):
            continue
        theirs = in_words(field, saved.get_initial_for_field(saved.fields[name], name))
        yours = in_words(field, field.widget.value_from_datadict(typed.data, typed.files, typed.add_prefix(name)))
        if theirs != yours:
            rows.append(StaleField(field.label or name, theirs, yours))
    return rows


def in_words(field: forms.Field, value: Any) -> str:
    """An answer as people read it: labels for choices, yes and no for boxes."""
    if isinstance(field, forms.BooleanField):
        return gettext("Yes") if value else gettext("No")
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ChoiceField):
        return str(dict(_flat(field.choices)).get(str(value), value))
    return str(value)


def _flat(choices: Any) -> list[tuple[str, Words]]:
    found: list[tuple[str, Words]] = []
    for value, label in choices:
        found += _flat(label) if isinstance(label, list | tuple) else [(str(value), label)]
    return found
