"""The forms of the limits of authority, of exchange rates and of four eyes."""

from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.models.complaint import Severity
from amends.framework.actions.change_four_eyes import FourEyes
from amends.framework.models import ExchangeRate, FourEyesRule, Organisation, RemedyKind
from amends.framework.models.authority import DECIDING_ROLES
from amends.kit.money import Money, read_amount
from amends.people.models import Training, Unit
from amends.permissions.roles import Role
from amends.ui import formatting
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace import tree
from amends.workspace.answering import NOT_OFFERED

_AMOUNT_UNREAD = _("Enter the amount in numbers, for example 120 or 49.90.")


def amount_of(form: forms.Form, name: str, currency: str) -> int | None:
    """What was typed as money, in the smallest unit; None, with a reason in the form, where it cannot be read."""
    typed = form.cleaned_data.get(name, "")
    if not typed:
        return None
    money = read_amount(typed, currency, formatting.reading())
    if money is None or money.minor < 0:
        form.add_error(name, _AMOUNT_UNREAD)
        return None
    return money.minor


class LimitForm(forms.Form):
    """A role, where, for what, up to how much, and what it needs."""

    use_required_attribute = False

    role = forms.ChoiceField(
        label=_("Role"), choices=[(r.value, r.label) for r in DECIDING_ROLES], error_messages=NOT_OFFERED
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False, error_messages=NOT_OFFERED)
    kind = forms.ChoiceField(label=_("Kind of remedy"), required=False, error_messages=NOT_OFFERED)
    most = LineField(label=_("Up to"), max_length=40, required=False)
    has_no_ceiling = forms.BooleanField(label=_("Without a ceiling"), required=False)
    course = LineField(
        label=_("Training that it needs"),
        help_text=_("Without this training, valid on the day of the decision, the limit does not count."),
        max_length=64,
        required=False,
        widget=forms.TextInput({"list": "courses", "autocomplete": "off"}),
    )
    reason = LineField(label=_("Why"), max_length=500, error_messages={"required": _("Say why, in a few words.")})
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        units = list(Unit.objects.open())
        self.units = {str(unit.pk): unit for unit in units}
        self.kinds = {kind.code: kind for kind in RemedyKind.objects.in_use().in_order()}
        self._choose("unit", [("", _("All units")), *tree.choices(units)])
        self._choose("kind", [("", _("All kinds together")), *((code, str(k)) for code, k in self.kinds.items())])
        self.fields["most"].label = gettext("Up to (%(currency)s)") % {"currency": organisation.currency}
        self.courses = list(Training.objects.order_by("course").values_list("course", flat=True).distinct()[:50])

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """An amount, or none on purpose."""
        given = super().clean() or self.cleaned_data
        self.amount = amount_of(self, "most", self.organisation.currency)
        if given.get("has_no_ceiling"):
            if given.get("most"):
                self.add_error("most", _("Leave the amount empty where there is no ceiling."))
        elif self.amount is None and "most" not in self.errors:
            self.add_error("most", _("Enter an amount, or choose that there is no ceiling."))
        return given

    @property
    def chosen(self) -> dict[str, Any]:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return {
            "role": Role(given["role"]),
            "unit": self.units.get(given["unit"]),
            "kind": self.kinds.get(given["kind"]),
            "most": self.amount,
            "course": given["course"],
            "reason": given["reason"],
        }


class EndingForm(forms.Form):
    """Why a limit holds no longer."""

    use_required_attribute = False

    limit = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    reason = LineField(label=_("Why"), max_length=500, error_messages={"required": _("Say why, in a few words.")})


class FourEyesForm(forms.Form):
    """When two people decide."""

    use_required_attribute = False

    mode = forms.ChoiceField(
        label=_("When do two people decide?"),
        choices=FourEyesRule.Mode.choices,
        widget=RadioRows,
        error_messages=NOT_OFFERED,
    )
    above = LineField(label=_("Above this amount"), max_length=40, required=False)
    severity_from = forms.ChoiceField(label=_("From this severity on"), required=False, error_messages=NOT_OFFERED)
    with_safety = forms.BooleanField(label=_("Where a person may be in danger"), required=False)
    with_subject = forms.BooleanField(label=_("Where a member of staff is complained about"), required=False)
    investigator_apart = forms.BooleanField(
        label=_("Whoever recorded a finding does not decide"),
        help_text=_("Counts wherever two people decide."),
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        severity = self.fields["severity_from"]
        assert isinstance(severity, forms.ChoiceField)
        severity.choices = [("", _("Severity does not matter")), *((str(k), v) for k, v in Severity.choices)]
        self.fields["above"].label = gettext("Above this amount (%(currency)s)") % {"currency": organisation.currency}
        self.fields["above"].help_text = gettext("Leave it empty where the amount does not matter.")

    def clean(self) -> dict[str, Any]:
        """The amount is read as money."""
        given = super().clean() or self.cleaned_data
        self.amount = amount_of(self, "above", self.organisation.currency)
        return given

    @property
    def chosen(self) -> FourEyes:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return FourEyes(
            mode=given["mode"],
            above=self.amount,
            severity_from=int(given["severity_from"]) if given["severity_from"] else None,
            with_safety=given["with_safety"],
            with_subject=given["with_subject"],
            investigator_apart=given["investigator_apart"],
        )


def initial_of(rule: FourEyesRule, organisation: Organisation) -> dict[str, Any]:
    """What is saved, by the names of the fields."""
    above = "" if rule.above is None else str(Money(rule.above, organisation.currency).decimal)
    names = ("mode", "with_safety", "with_subject", "investigator_apart")
    return {
        **{name: getattr(rule, name) for name in names},
        "above": above,
        "severity_from": str(rule.severity_from or ""),
        "seen": rule.version,
    }


class RateForm(forms.Form):
    """What one unit of another currency is worth."""

    use_required_attribute = False

    currency = LineField(
        label=_("Currency"),
        max_length=3,
        error_messages={"required": _("Enter a currency by its three letters, like USD.")},
    )
    rate = LineField(label=_("Rate"), max_length=24, error_messages={"required": _("Enter the rate")})
    valid_on = forms.DateField(
        label=_("Valid from"),
        widget=forms.DateInput({"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter a day, like 31.12.2026"), "invalid": _("Enter a day, like 31.12.2026")},
    )
    source = LineField(
        label=_("Where the rate stands"),
        max_length=200,
        error_messages={"required": _("Say where the rate stands, for example with which bank.")},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rate"].help_text = gettext(
            "How much one unit of it is worth in %(currency)s, for example 0.86."
        ) % {"currency": organisation.currency}

    def clean_rate(self) -> Decimal:
        """With a full stop or a comma."""
        try:
            rate = Decimal(str(self.cleaned_data["rate"]).replace(",", "."))
        except InvalidOperation:
            rate = Decimal("NaN")
        if not rate.is_finite():
            raise forms.ValidationError(_("Enter the rate in numbers, for example 0.86."))
        return rate


def rate_in_words(rate: ExchangeRate, own: str) -> str:
    """1 USD = 0.79 GBP."""
    value = format_decimal(rate.rate.normalize(), "#,##0.##########", locale=formatting.reading())
    return gettext("1 %(currency)s = %(rate)s %(own)s") % {"currency": rate.currency, "rate": value, "own": own}
