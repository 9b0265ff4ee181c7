"""The tree of units: adding, renaming, moving, closing."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.framework.permissions import May as MayFramework
from amends.journal.pseudonyms import names_of
from amends.kit.refusal import Refusal
from amends.people.actions import add_unit, change_unit, close_unit
from amends.people.models import Unit
from amends.people.permissions import May
from amends.permissions.engine import may, require
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.parts import StaleField
from amends.workspace import tree
from amends.workspace.answering import NOT_OFFERED, both_versions, shown_in, status_of
from amends.workspace.naming import unit_named


class UnitForm(forms.Form):
    """Name and place of a unit. The organisation itself has no place above it."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = LineField(
        label=gettext_lazy("Name of the unit"), required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    parent = forms.ChoiceField(label=gettext_lazy("Stands below"), error_messages=NOT_OFFERED)

    def __init__(self, *args: Any, units: list[Unit], is_root: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        if is_root:
            del self.fields["parent"]
            return
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ChoiceField)
        parent.choices = tree.choices(units)

    def parent_unit(self) -> Unit | None:
        """The unit that was chosen to stand above."""
        return self.units.get(self.cleaned_data.get("parent", ""))


class ClosingForm(forms.Form):
    """Who takes over from a unit."""

    use_required_attribute = False
    successor = forms.ModelChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Which unit takes over?"),
        empty_label=gettext_lazy("Choose one"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose the unit that takes over")),
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor = self.fields["successor"]
        assert isinstance(successor, forms.ModelChoiceField)
        successor.queryset = Unit.objects.open().exclude(pk=unit.pk).order_by("name", "pk")


@needs(MayFramework.SEE_SETTINGS)
def units(request: StaffVisit) -> HttpResponse:
    """The whole tree, closed units greyed at their place; posting adds one."""
    found = tree.in_order(
        list(Unit.objects.annotate(staff=_staff(request), led=Count("leads_products", distinct=True)))
    )
    names = names_of("unit", [unit.pk for unit in found])
    mine = [unit for unit in found if unit.closed_at is None and may(request.actor, May.MANAGE_UNITS, unit)]
    form = UnitForm(request.POST or None, units=mine)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            name, parent = form.cleaned_data["name"], form.parent_unit()
            unit = add_unit(name, parent=parent, by=request.actor, at=request.now)
            messages.success(
                request, _("The unit %(name)s is added. Give somebody a role in it.") % {"name": unit.name}
            )
            return redirect("workspace:units")
    rows = [{"unit": unit, "name": names[unit.pk], "may_manage": unit in mine} for unit in found]
    context = {"rows": rows, "form": form if mine else None}
    return render(request, "workspace/settings/units.html", context, status=status_of(form))


def _staff(request: StaffVisit) -> Count:
    in_force = Q(grants__ends_at__isnull=True) | Q(grants__ends_at__gt=request.now)
    return Count("grants__person", filter=in_force, distinct=True)


@needs(May.MANAGE_UNITS)
def unit(request: StaffVisit, name: UUID) -> HttpResponse:
    """Renaming and moving one unit."""
    found = unit_named(name)
    require(request.actor, May.MANAGE_UNITS, found)
    others = [other for other in Unit.objects.open() if not other.path.startswith(found.path)]
    form = _form_of(found, others, request.POST or None)
    stale: list[StaleField] = []
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "seen")}
        try:
            with shown_in(form):
                change_unit(found, **given, parent=form.parent_unit(), by=request.actor, at=request.now)
                messages.success(request, _("The unit is saved."))
                return redirect("workspace:units")
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            fresh = unit_named(name)
            form = _form_of(fresh, others, {**request.POST.dict(), "seen": str(fresh.version)})
            stale = both_versions(_form_of(fresh, others, None), form)
    context = {"unit": unit_named(name), "name": name, "form": form, "stale": stale}
    return render(request, "workspace/settings/unit.html", context, status=409 if stale else status_of(form))


def _form_of(unit: Unit, others: list[Unit], data: Any) -> UnitForm:
    initial = {"name": unit.name, "parent": str(unit.parent_id or ""), "seen": unit.version}
    return UnitForm(data, initial=initial, units=others, is_root=unit.is_root)


@needs(May.MANAGE_UNITS)
def closing(request: StaffVisit, name: UUID) -> HttpResponse:
    """Closing a unit; another one is named that people are sent to."""
    found = unit_named(name)
    require(request.actor, May.MANAGE_UNITS, found)
    form = ClosingForm(request.POST or None, unit=found)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            close_unit(found, successor=form.cleaned_data["successor"], by=request.actor, at=request.now)
            messages.success(request, _("The unit is closed. What it did stays readable under its name."))
            return redirect("workspace:units")
    context = {"unit": found, "name": name, "form": form}
    return render(request, "workspace/settings/close_unit.html", context, status=status_of(form))
