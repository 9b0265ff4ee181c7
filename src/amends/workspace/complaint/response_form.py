"""The form of a response: result in a sentence, reasons, prevention, and up to five remedies."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions.respond import PromisedRemedy, Proposal
from amends.complaints.models import Response
from amends.framework.models import ExchangeRate, RemedyKind
from amends.kit.money import Money, read_amount
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import day_field, long_text, today_at
from amends.workspace.complaint.remedies import remedies_of
from amends.workspace.complaint.stepping import StepForm

MOST_REMEDIES = 5


@dataclass(frozen=True)
class RemedyRow:
    """The fields of one remedy, side by side."""

    number: int
    kind: BoundField
    description: BoundField
    amount: BoundField
    currency: BoundField
    due_on: BoundField

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
        fields = (self.kind, self.description, self.amount, self.currency, self.due_on)
        return any(field.errors for field in fields)


class ResponseForm(StepForm):
    """What we answer. The last version stands in it when it came back."""

    summary = LineField(
        label=_("The result in one sentence"),
        help_text=_("The letter begins with it, after the result."),
        max_length=400,
        error_messages={"required": _("Say the result in one sentence")},
    )
    reasons = long_text(
        _("Reasons"),
        hint=_("For the complainant, in plain words: what we found and why we come to this result."),
        longest=20_000,
        rows=8,
        missing=_("Write the reasons"),
    )
    prevention = long_text(_("What we do so that it does not happen again"), longest=10_000, rows=3, is_required=False)
    language = forms.ChoiceField(label=_("Language of the letter"))
    difference_reason = long_text(
        _("Why this one is answered differently"),
        hint=_("Needed where it promises more or less than all like complaints got. Whoever decides reads it."),
        longest=4000,
        rows=2,
        is_required=False,
    )

    def prepare(self) -> None:
        offered = offered_languages(self.case.organisation)
        self.choose("language", [(code, own_name(code)) for code in offered])
        self.kinds = {kind.code: kind for kind in RemedyKind.objects.in_use().in_order()}
        kinds = [("", _("No remedy")), *((code, str(kind)) for code, kind in self.kinds.items())]
        own = self.case.organisation.currency
        others = ExchangeRate.objects.exclude(currency=own).order_by("currency").values_list("currency", flat=True)
        self.currencies = [own, *others.distinct()]
        for number in range(1, MOST_REMEDIES + 1):
            self._add_row(number, kinds)
        complaint = self.case.complaint
        self.initial["language"] = complaint.language if complaint.language in offered else offered[0]
        last = Response.objects.filter(complaint=complaint, round=complaint.round).order_by("-version").first()
        if last is not None:
            self._start_from(last)

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

    def _start_from(self, last: Response) -> None:
        self.initial.update(
            {
                "summary": last.summary,
                "reasons": last.reasons,
                "prevention": last.prevention,
                "language": last.language,
                "difference_reason": last.difference_reason,
            }
        )
        remedies = [remedy for remedy in remedies_of(self.case.complaint) if remedy.response_id == last.pk]
        for number, remedy in enumerate(remedies[:MOST_REMEDIES], start=1):
            worth = remedy.amount if remedy.amount is not None else remedy.value
            amount = Money(worth, remedy.currency).decimal if worth is not None else ""
            self.initial.update(
                {
                    f"kind_{number}": remedy.kind.code,
                    f"description_{number}": remedy.description,
                    f"amount_{number}": str(amount),
                    f"currency_{number}": remedy.currency or self.case.organisation.currency,
                    f"due_on_{number}": remedy.due_on,
                }
            )

    @property
    def rows(self) -> Iterator[RemedyRow]:
        """The remedies, a row each."""
        for number in range(1, MOST_REMEDIES + 1):
            names = (f"{name}_{number}" for name in _COLUMNS)
            yield RemedyRow(number, *(self[name] for name in names))

    def clean_language(self) -> str:
        """A letter in a language without the text about outside bodies could never be sent."""
        language = str(self.cleaned_data["language"])
        if language not in self.case.organisation.external_body:
            raise forms.ValidationError(
                _(
                    "The text about outside bodies is missing in this language. Choose another language, or ask an "
                    "administrator to add it."
                )
            )
        return language

    def clean(self) -> dict[str, Any]:
        """Each row that is begun has to be whole."""
        given = super().clean() or self.cleaned_data
        self.promised = [self._promised(number, given) for number in range(1, MOST_REMEDIES + 1)]
        return given

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
        if due_on is None:
            self.add_error(f"due_on_{number}", _("Enter the day by which it will be done"))
        elif due_on < today_at(self.case):
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

    @property
    def proposal(self) -> Proposal:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return Proposal(
            summary=given["summary"],
            reasons=given["reasons"],
            language=given["language"],
            prevention=given["prevention"],
            remedies=[remedy for remedy in self.promised if remedy is not None],
            difference_reason=given["difference_reason"],
        )


_COLUMNS = ("kind", "description", "amount", "currency", "due_on")
