"""An item of a controlled list as a form: its name in each language offered, and where it belongs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.framework.models import Category, Cause, Organisation, Product, RemedyKind
from amends.kit.translated import TranslatedText
from amends.people.models import Unit
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField
from amends.workspace import tree
from amends.workspace.answering import NOT_OFFERED

Model = type[Category] | type[Product] | type[RemedyKind] | type[Cause]
Item = Category | Product | RemedyKind | Cause

#: The lists by their name in the address.
LISTS: dict[str, Model] = {
    "categories": Category,
    "products": Product,
    "remedies": RemedyKind,
    "causes": Cause,
}
#: Every label is this long at most.
LONGEST = 120


class ItemForm(forms.Form):
    """The name of an item per language; for a new one its group, for a product the unit that leads."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, model: Model, organisation: Organisation, item: Item | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.codes = offered_languages(organisation)
        for code in self.codes:
            self.fields[f"label_{code}"] = LineField(
                label=_("Name (%(language)s)") % {"language": own_name(code)}, required=False, max_length=LONGEST
            )
        if item is None and model in {Category, Product}:
            self._add_group(model)
        if model is Product:
            self._add_unit()
        if item is not None:
            self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
            self.fields["is_active"] = forms.BooleanField(
                label=_("Can be chosen"),
                help_text=_("What carries it already keeps it, also when it cannot be chosen any more."),
                required=False,
            )

    def _add_group(self, model: Any) -> None:
        groups = model.objects.in_use().in_order().filter(parent__isnull=True)
        self.groups = {group.code: group for group in groups}
        choices = [
            ("", _("None: it is a group of its own")),
            *((code, str(each)) for code, each in self.groups.items()),
        ]
        self.fields["parent"] = forms.ChoiceField(
            label=_("Group"), choices=choices, required=False, error_messages=NOT_OFFERED
        )

    def _add_unit(self) -> None:
        units = list(Unit.objects.open())
        self.units = {str(unit.pk): unit for unit in units}
        self.fields["lead_unit"] = forms.ChoiceField(
            label=_("Unit that leads"),
            help_text=_("Complaints about it go there."),
            choices=[("", _("The organisation itself")), *tree.choices(units)],
            required=False,
            error_messages=NOT_OFFERED,
        )

    @property
    def label_fields(self) -> list[forms.BoundField]:
        """The name in each language."""
        return [self[f"label_{code}"] for code in self.codes]

    def label(self) -> TranslatedText:
        """What was typed; names in languages that are not offered now stay as they are."""
        before = dict(self.item.label) if self.item else {}
        return TranslatedText({**before, **{code: self.cleaned_data[f"label_{code}"].strip() for code in self.codes}})

    def chosen_group(self) -> Any:
        """The group it goes into."""
        return self.groups.get(self.cleaned_data.get("parent", "")) if "parent" in self.fields else None

    def chosen_unit(self) -> Unit | None:
        """The unit that leads."""
        return self.units.get(self.cleaned_data.get("lead_unit", "")) if "lead_unit" in self.fields else None

    def add_error(self, field: str | None, error: Any) -> None:
        """The verbs speak of one name; here it is the one in the first language."""
        super().add_error(f"label_{self.codes[0]}" if field == "label" else field, error)


def initial_of(item: Item, organisation: Organisation) -> dict[str, Any]:
    """What is saved, by the names of the fields."""
    initial: dict[str, Any] = {f"label_{code}": item.label.get(code, "") for code in offered_languages(organisation)}
    initial |= {"is_active": item.is_active, "seen": item.version}
    if isinstance(item, Product):
        initial["lead_unit"] = str(item.lead_unit_id or "")
    return initial
