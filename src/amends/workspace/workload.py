"""The workload: open complaints by handler and unit, age and lateness; each number leads to its list (4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.candidates import away_on
from amends.complaints.fitness import HANDLING_ROLES
from amends.complaints.permissions import May
from amends.complaints.queries import AGES, Filters, View, visible_to
from amends.complaints.relations import OVERSEERS
from amends.complaints.workload import Load, loads_by_handler, loads_by_unit
from amends.framework.actions.set_capacity import MOST, set_capacity
from amends.framework.models import Capacity
from amends.framework.permissions import May as MayFramework
from amends.framework.queries import the_organisation
from amends.people.models import Person, RoleGrant, Unit
from amends.permissions.engine import may
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Tag
from amends.workspace.answering import NOT_OFFERED, shown_in, status_of
from amends.workspace.queue_filters import AGE_NAMES, Asked
from amends.workspace.tree import in_order

Words = str | Promise


@dataclass(frozen=True)
class Number:
    """How many, and where they are listed; no address for none."""

    text: str
    href: str
    label: Words


@dataclass(frozen=True)
class Row:
    """Somebody or a unit with their numbers."""

    name: Words
    numbers: Sequence[Number]
    capacity: str = ""
    tags: Sequence[Tag] = ()


class CapacityForm(forms.Form):
    """How many open complaints are enough for a person."""

    use_required_attribute = False

    person = forms.ChoiceField(label=gettext_lazy("Person"), error_messages=NOT_OFFERED)
    complaints = forms.IntegerField(
        label=gettext_lazy("Open complaints at most"),
        help_text=gettext_lazy("From this number on they count as overloaded. Leave it empty to say nothing."),
        required=False,
        min_value=1,
        max_value=MOST,
        error_messages={
            "invalid": gettext_lazy("Enter a number from 1 to 1000, or leave it empty."),
            "min_value": gettext_lazy("Enter a number from 1 to 1000, or leave it empty."),
            "max_value": gettext_lazy("Enter a number from 1 to 1000, or leave it empty."),
        },
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose one")), *((key, person.name) for key, person in self.people.items())]


@needs(May.SEE_WORKLOAD)
def workload(request: StaffVisit) -> HttpResponse:
    """The numbers of those complaints that this person may read; posting says what is enough for somebody."""
    people = _handlers(request)
    form = None
    if may(request.actor, MayFramework.SET_CAPACITY):
        form = CapacityForm(request.POST or None, people=people)
        if request.method == "POST" and form.is_valid():
            with shown_in(form):
                person = form.people[form.cleaned_data["person"]]
                set_capacity(person, form.cleaned_data["complaints"], by=request.actor, at=request.now)
                messages.success(request, _("The capacity is saved."))
                return redirect("workspace:workload")
    seen = visible_to(request.actor)
    by_unit = {load.key: load for load in loads_by_unit(seen, request.now)}
    units = in_order(list(Unit.objects.filter(pk__in=[key for key in by_unit if key is not None])))
    context = {
        "columns": [_("Open"), _("Overdue"), *AGE_NAMES.values()],
        "people": _people_rows(request, people, loads_by_handler(seen, request.now)),
        "units": [Row(unit.name, _numbers(by_unit[unit.pk], unit=str(unit.pk))) for unit in units],
        "form": form,
    }
    return render(request, "workspace/workload.html", context, status=status_of(form) if form else 200)


def _handlers(request: StaffVisit) -> list[Person]:
    """Those who handle complaints in the units that this person oversees, by name."""
    scope = request.actor.scope(*OVERSEERS)
    grants = RoleGrant.objects.in_force(request.now).filter(role__in=[role.value for role in HANDLING_ROLES])
    if not scope.everywhere:
        grants = grants.filter(unit_id__in=scope.units)
    return list(Person.objects.filter(pk__in=grants.values("person_id"), is_active=True).order_by("name", "pk"))


def _people_rows(request: StaffVisit, people: Sequence[Person], loads: Sequence[Load]) -> list[Row]:
    """Handlers with and without complaints, whoever has most first; and what nobody handles."""
    found = {load.key: load for load in loads}
    known = {person.pk: person for person in people}
    others = [key for key in found if key is not None and key not in known]
    known |= {person.pk: person for person in Person.objects.filter(pk__in=others)}
    capacities = dict(Capacity.objects.filter(person__in=known).values_list("person_id", "complaints"))
    away = away_on(known.values(), request.now.astimezone(the_organisation().zone).date())
    none = Load(None, 0, 0, [0] * len(AGES))
    rows = []
    for person in sorted(known.values(), key=lambda each: (-found.get(each.pk, none).open, each.name, each.pk)):
        load, most = found.get(person.pk, none), capacities.get(person.pk)
        tags = [Tag(_("Overloaded"), "danger", "alert")] if most is not None and load.open >= most else []
        if person.pk in away:
            tags.append(
                Tag(_("Away until %(day)s") % {"day": formatting.short_day(away[person.pk])}, "wait", "calendar")
            )
        numbers = _numbers(load, handler=str(person.pk))
        rows.append(Row(person.name, numbers, formatting.number(most) if most is not None else "", tags))
    if None in found:
        rows.append(Row(_("Nobody yet"), _numbers(found[None], view=View.UNASSIGNED)))
    return rows


def _numbers(load: Load, *, view: View = View.OPEN, **narrowed: str) -> list[Number]:
    """Open, late, and by age."""
    shown: list[tuple[int, Words, dict[str, str]]] = [
        (load.open, _("Open"), {}),
        (load.late, _("Overdue"), {"due": "overdue"}),
        *((count, AGE_NAMES[name], {"age": name}) for name, count in zip(AGES, load.ages, strict=True)),
    ]
    address = reverse("workspace:complaints")
    return [
        Number(
            formatting.number(count),
            Asked(address, view, filters=Filters(**narrowed, **more)).href() if count else "",
            label,
        )
        for count, label, more in shown
    ]
