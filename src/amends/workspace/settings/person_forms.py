"""The small forms on the page of a person."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal
from amends.people.actions.reset_second_factor import CHECKS
from amends.people.models import Person, RoleGrant, Unit
from amends.permissions.roles import Role
from amends.ui.current import own_name
from amends.ui.definition_forms import LineField
from amends.workspace import tree
from amends.workspace.answering import NOT_OFFERED

_DAY_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"]
_NEEDED = {"required": _("Choose a day"), "invalid": _("Enter a day, like 31.12.2026")}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=_DAY_FORMATS,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=_NEEDED,
    )


def _people_except(person: Person) -> QuerySet[Person]:
    return Person.objects.filter(is_active=True).exclude(pk=person.pk).order_by("name", "id")


class _AboutPerson(forms.Form):
    """A form about one person, told apart from its neighbours by its prefix."""

    use_required_attribute = False
    others: tuple[str, ...] = ()

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        for name in self.others:
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = _people_except(person)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class _WithUnit(_AboutPerson):
    """Cleans a unit that was chosen from the tree."""

    unit = forms.ChoiceField(
        label=_("Unit"),
        help_text=_("The role counts for the unit and everything below it."),
        error_messages={"required": _("Choose a unit"), "invalid_choice": _("Choose a unit")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in Unit.objects.open()}
        self._choose("unit", [*tree.choices(list(self.units.values()))])

    def clean_unit(self) -> Unit:
        """The unit itself."""
        return self.units[self.cleaned_data["unit"]]

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])


class DetailsForm(_AboutPerson):
    """Name, language and direct manager."""

    prefix = "details"
    others = ("manager",)

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = LineField(label=_("Name"), required=False, max_length=120, widget=forms.TextInput({"autocomplete": "off"}))
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[(code, own_name(code)) for code, _name in settings.LANGUAGES],
        error_messages=NOT_OFFERED,
    )
    manager = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Direct manager"),
        required=False,
        empty_label=_("Nobody"),
        error_messages=NOT_OFFERED,
    )


class RoleForm(_WithUnit):
    """A role for a unit."""

    prefix = "role"

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label) for role in Role],
        error_messages={"required": _("Choose a role"), "invalid_choice": _("Choose a role")},
    )
    field_order = ("role", "unit")


class AbsenceForm(_AboutPerson):
    """Days away, with somebody who stands in."""

    prefix = "absence"
    others = ("substitute",)

    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"))
    substitute = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who stands in"),
        required=False,
        empty_label=_("Nobody"),
        error_messages=NOT_OFFERED,
    )


class DelegationForm(_WithUnit):
    """A role lent to somebody until the end of a day."""

    prefix = "delegation"
    others = ("holder",)

    role = forms.ChoiceField(
        label=_("Role"), error_messages={"required": _("Choose a role"), "invalid_choice": _("Choose a role")}
    )
    holder = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Lend it to"),
        empty_label=_("Choose one"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose who gets the role")),
    )
    starts_at = _day(_("From"))
    ends_at = _day(_("Until the end of"))
    field_order = ("holder", "role", "unit", "starts_at", "ends_at")

    def __init__(self, *args: Any, at: datetime, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at, self.zone = at, zone
        held = RoleGrant.objects.in_force(at).filter(person=self.person).order_by("role")
        roles = dict.fromkeys(held.values_list("role", flat=True))
        self._choose("role", [(role, Role(role).label) for role in roles])

    def clean_starts_at(self) -> datetime:
        """From now on, or from the beginning of a later day where the organisation is."""
        day = self.cleaned_data["starts_at"]
        return max(self.at, datetime.combine(day, time.min, self.zone).astimezone(UTC))

    def clean_ends_at(self) -> datetime:
        """The end of the day where the organisation is."""
        day = self.cleaned_data["ends_at"] + timedelta(days=1)
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)


class SecondFactorForm(forms.Form):
    """How somebody made sure who is asking."""

    use_required_attribute = False
    check = forms.ChoiceField(
        label=_("How did you make sure that it is really this person?"),
        choices=[("", _("Choose one")), *CHECKS.items()],
        required=False,
        error_messages=NOT_OFFERED,
    )


class LeavingForm(_AboutPerson):
    """Who takes over."""

    others = ("successor",)
    successor = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Who takes over their work?"),
        help_text=_("Complaints that this person cannot handle go back to their unit."),
        required=False,
        empty_label=_("Nobody"),
        error_messages=NOT_OFFERED,
    )


def chosen(rows: QuerySet[Any], key: str) -> Any:
    """A row that was named in a form, among those that may be named there. Refuses with `not_found`."""
    found = rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    if found is None:
        raise Refusal("not_found", _("This is not there any more. Open the page again."))
    return found
