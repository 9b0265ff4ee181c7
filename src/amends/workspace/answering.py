"""What the forms of all screens have in common."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal

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
