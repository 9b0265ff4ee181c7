"""What the forms of all screens have in common."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from amends.kit.refusal import Refusal

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


def status_of(*answered: forms.BaseForm) -> int:
    """422 for a page that shows a form with mistakes."""
    return 422 if any(form.is_bound and form.errors for form in answered) else 200
