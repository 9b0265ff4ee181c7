"""Rows of a form with a remedy each: what, how much, by which day, and where it matters who sees to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale
from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions.respond import PromisedRemedy
from amends.framework.models import ExchangeRate, RemedyKind
from amends.kit.money import Money, read_amount
from amends.people.models import Person
from amends.ui.definition_forms import LineField
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.complaint.choices import day_field, handlers_for, today_at
from amends.workspace.complaint.stepping import StepForm

_COLUMNS = ("kind", "description", "amount", "currency", "due_on")


@dataclass(frozen=True)
class RemedyRow:
    """The fields of one remedy, side by side."""

    number: int
    kind: BoundField
    description: BoundField
    amount: BoundField
    currency: BoundField
    due_on: BoundField
    owner: BoundField | None = None

    @property
    def is_used(self) -> bool:
        """Whether anything stands in it."""
        return any(field.value() for field in (self.kind, self.description, self.amount, self.due_on)) or self.errors

    @property
    def has_currencies(self) -> bool:
        """Whether there is a currency to choose."""
        return isinstance(self.currency.field.widget, forms.Select)

    @property
    def errors(self) -> bool:
        """Whether anything in it has to be mended."""
        fields = (self.kind, self.description, self.amount, self.currency, self.due_on, self.owner)
        return any(field.errors for field in fields if field is not None)


class RemedyRowsForm(StepForm):
    """A form with some remedies in it. A row that is begun has to be whole; the others stay out."""

    most_rows = 5
    #: Whether each row says who sees to it.
    has_owners = False

    def add_rows(self) -> None:
        """Add the fields; called from `prepare`."""
        self.kinds = {kind.code: kind for kind in RemedyKind.objects.in_use().in_order()}
        kinds = [("", _("No remedy")), *((code, str(kind)) for code, kind in self.kinds.items())]
        own = self.case.organisation.currency
        others = ExchangeRate.objects.exclude(currency=own).order_by("currency").values_list("currency", flat=True)
        self.currencies = [own, *others.distinct()]
        self.owners = handlers_for(self.case, self.case.complaint.lead_unit) if self.has_owners else {}
        for number in range(1, self.most_rows + 1):
            self._add_row(number, kinds)

    def _add_row(self, number: int, kinds: Any) -> None:
        currency = self.case.organisation.currency
        day = day_field(_("By when"), missing="")
        day.required = False
        self.fields[f"kind_{number}"] = forms.ChoiceField(label=_("Remedy"), choices=kinds, required=False)
        self.fields[f"description_{number}"] = LineField(
            label=_("What exactly will be done"), max_length=500, required=False
        )
        several = len(self.currencies) > 1
        in_currency = gettext("Amount or worth in %(currency)s") % {"currency": currency}
        self.fields[f"amount_{number}"] = LineField(
            label=gettext("Amount or worth") if several else in_currency, max_length=20, required=False
        )
        self.fields[f"currency_{number}"] = forms.ChoiceField(
            label=_("Currency"),
            choices=[(code, code) for code in self.currencies],
            required=False,
            widget=forms.Select if several else forms.HiddenInput,
        )
        self.initial[f"currency_{number}"] = currency
        self.fields[f"due_on_{number}"] = day
        if self.has_owners:
            people = [(key, person.name) for key, person in self.owners.items()]
            self.fields[f"owner_{number}"] = forms.ChoiceField(
                label=_("Who sees to it"), choices=people, required=False, error_messages=NOT_OFFERED
            )
            handler = str(self.case.complaint.handler_id)
            self.initial[f"owner_{number}"] = handler if handler in self.owners else next(iter(self.owners), "")

    @property
    def rows(self) -> Iterator[RemedyRow]:
        """The remedies, a row each."""
        for number in range(1, self.most_rows + 1):
            kind, description, amount, currency, due_on = (self[f"{name}_{number}"] for name in _COLUMNS)
            owner = self[f"owner_{number}"] if self.has_owners else None
            yield RemedyRow(number, kind, description, amount, currency, due_on, owner)

    def clean(self) -> dict[str, Any]:
        """Each row that is begun has to be whole."""
        given = super().clean() or self.cleaned_data
        self.promised = [self._promised(number, given) for number in range(1, self.most_rows + 1)]
        return given

    def first_day(self) -> date | None:
        """The earliest day by which something can be due; None where any day will do."""
        return today_at(self.case)

    def owner_of(self, number: int) -> Person:
        """Who was chosen in a row that is whole."""
        return self.owners[self.cleaned_data[f"owner_{number}"]]

    def _promised(self, number: int, given: dict[str, Any]) -> PromisedRemedy | None:
        code, description = given.get(f"kind_{number}", ""), given.get(f"description_{number}", "")
        typed, due_on = given.get(f"amount_{number}", ""), given.get(f"due_on_{number}")
        if not (code or description or typed or due_on) or any(f"{n}_{number}" in self.errors for n in _COLUMNS):
            return None
        kind = self.kinds.get(code)
        money = self._money(number, typed, given.get(f"currency_{number}") or self.case.organisation.currency)
        if kind is None:
            self.add_error(f"kind_{number}", _("Choose what kind of remedy it is"))
        elif kind.is_money and not typed:
            self.add_error(f"amount_{number}", _("Enter how much money it is"))
        elif kind.has_value and not typed:
            self.add_error(f"amount_{number}", _("Enter what it is worth"))
        if not description:
            self.add_error(f"description_{number}", _("Say what exactly will be done"))
        if self.has_owners and not given.get(f"owner_{number}"):
            self.add_error(f"owner_{number}", _("Choose who sees to it"))
        first = self.first_day()
        if due_on is None:
            self.add_error(f"due_on_{number}", _("Enter the day by which it will be done"))
        elif first is not None and due_on < first:
            self.add_error(f"due_on_{number}", _("Choose a day from today on"))
        if kind is None or due_on is None:
            return None
        amount = money.minor if money else None
        return PromisedRemedy(
            kind,
            description,
            due_on,
            amount=amount if kind.is_money else None,
            value=None if kind.is_money else amount,
            currency=money.currency if money else "",
        )

    def _money(self, number: int, typed: str, currency: str) -> Money | None:
        if not typed:
            return None
        locale = Locale.parse(get_language() or "en")
        money = read_amount(typed, currency, locale)
        if money is None or money.minor <= 0:
            self.add_error(f"amount_{number}", _("Enter the amount in numbers, for example 120 or 49.90."))
            return None
        return money
