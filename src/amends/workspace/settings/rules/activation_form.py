"""Which pack applies to what, and from when, as a form."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.framework.models import Activation, Product, RulePackVersion
from amends.framework.queries import grouped
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.settings.rules.finding import names_of_versions, pack_version

#: Complaints may be older than the installation; what nobody plans for is a slip of the pen.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
_DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
_CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Choose a version"))


class ActivationForm(forms.Form):
    """Everything but whether running complaints are looked at again, which is asked when the effect is known."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    pack = forms.ChoiceField(label=_("Pack and version"), error_messages=_CHOOSE)
    role = forms.ChoiceField(
        label=_("How it applies"),
        choices=Activation.Role.choices,
        initial=Activation.Role.MAIN,
        error_messages=NOT_OFFERED,
        widget=RadioRows(
            hints={
                "main": _("It takes the place of the pack that applied to these complaints."),
                "beside": _("Its clocks run as well, beside those of the pack of the complaint."),
            }
        ),
    )
    product = forms.ChoiceField(label=_("Only about this product or service"), required=False)
    site = LineField(
        label=_("Only at this site"),
        help_text=_("As complaints name it. Small and capital letters are the same."),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    complainant_kind = forms.ChoiceField(
        label=_("Only by this kind of complainant"),
        required=False,
        choices=[("", _("Any")), *Activation.Complainant.choices],
        error_messages=NOT_OFFERED,
    )
    starts_on = forms.DateField(
        label=_("From the beginning of this day"),
        help_text=_("Leave it empty to begin now. It counts when a complaint was received."),
        required=False,
        input_formats=_DAY_FORMATS,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a day, like 31.12.2026")},
    )
    reason = LineField(
        label=_("Why these rules apply"),
        help_text=_("It stays in the list for whoever asks later."),
        required=False,
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    moves_running = forms.BooleanField(
        label=_("Apply them to complaints that run, too"),
        help_text=_(
            "Their clocks are counted again from when they were received. Some may be late at once. "
            "Without this they keep the rules they have."
        ),
        required=False,
    )

    def __init__(self, *args: Any, zone: ZoneInfo, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        versions = [(f"{pack}.{number}", label) for (pack, number), label in names_of_versions().items()]
        self._choose("pack", [("", _("Choose one")), *versions])
        products = list(Product.objects.in_use().in_order())
        self.products = {product.code: product for product in products}
        self._choose("product", [("", _("Any")), *_indented(products)])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages |= {"invalid_choice": NOT_OFFERED["invalid_choice"]} if name != "pack" else {}

    def clean_starts_on(self) -> date | None:
        """A day that somebody can mean."""
        day: date | None = self.cleaned_data["starts_on"]
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Enter a day of this century."))
        return day

    @property
    def version(self) -> RulePackVersion:
        """The version that was chosen. Raises Http404 when it is gone."""
        pack, _dot, number = self.cleaned_data["pack"].rpartition(".")
        return pack_version(pack, int(number))

    @property
    def starts_at(self) -> datetime:
        """Now, or the beginning of the day where the organisation is."""
        day = self.cleaned_data["starts_on"]
        return self.now if day is None else datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def as_verb_takes_it(self) -> dict[str, Any]:
        """Everything that an activation is made of, but for the version."""
        said = self.cleaned_data
        return {
            "starts_at": self.starts_at,
            "reason": said["reason"],
            "role": said["role"],
            "product": self.products.get(said["product"]),
            "site": said["site"],
            "complainant_kind": said["complainant_kind"],
        }


def _indented(products: list[Product]) -> list[tuple[str, str]]:
    found = []
    for group, below in grouped(products):
        found.append((group.code, str(group)))
        found += [(item.code, f"\u2003{item}") for item in below]
    return found
