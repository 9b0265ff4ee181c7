"""Routing: which unit gets which complaints, and who there is suggested first (7.3)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amends.complaints.fitness import HANDLING_ROLES
from amends.framework.actions.change_routing import add_routing_rule, end_routing_rule
from amends.framework.models import Category, Product, RoutingRule
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.routing import rules_in_force
from amends.journal.pseudonyms import name_of, subjects_named
from amends.people.models import Person, RoleGrant, Unit
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField
from amends.workspace import tree
from amends.workspace.answering import NOT_OFFERED, shown_in, status_of
from amends.workspace.settings.rules.crumbs import first_crumbs

Words = str | Promise


class RuleForm(forms.Form):
    """What such complaints have in common, and where they go."""

    use_required_attribute = False

    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False, error_messages=NOT_OFFERED)
    product = forms.ChoiceField(label=gettext_lazy("Product or service"), required=False, error_messages=NOT_OFFERED)
    site = LineField(label=gettext_lazy("Place"), required=False, max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, error_messages=NOT_OFFERED)
    unit = forms.ChoiceField(label=gettext_lazy("Goes to"), error_messages=NOT_OFFERED)
    preferred = forms.MultipleChoiceField(
        label=gettext_lazy("Suggested first"),
        help_text=gettext_lazy("As long as they handle complaints of that unit, are there and have room."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=NOT_OFFERED,
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.categories = {item.code: item for item in Category.objects.in_use().in_order()}
        self.products = {item.code: item for item in Product.objects.in_use().in_order()}
        self.units = {str(unit.pk): unit for unit in Unit.objects.open()}
        self.people = {str(person.pk): person for person in people}
        languages = [(code, own_name(code)) for code in offered_languages(the_organisation())]
        self._choose("category", [("", _("Any")), *((code, str(item)) for code, item in self.categories.items())])
        self._choose("product", [("", _("Any")), *((code, str(item)) for code, item in self.products.items())])
        self._choose("language", [("", _("Any")), *languages])
        self._choose("unit", tree.choices(list(self.units.values())))
        self._choose("preferred", [(key, person.name) for key, person in self.people.items()])

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def add(self, request: StaffVisit) -> None:
        """What was typed, as the verb takes it."""
        given = self.cleaned_data
        add_routing_rule(
            self.units[given["unit"]],
            category=self.categories.get(given["category"]),
            product=self.products.get(given["product"]),
            site=given["site"],
            language=given["language"],
            preferred=[self.people[key] for key in given["preferred"]],
            by=request.actor,
            at=request.now,
        )


@dataclass(frozen=True)
class Row:
    """A rule in words; `name` ends it."""

    name: UUID
    conditions: list[Words]
    unit: str
    preferred: str


@needs(May.SEE_RULES)
def routing(request: StaffVisit) -> HttpResponse:
    """The rules in force, and one more at the end."""
    form = None
    if may(request.actor, May.CHANGE_ROUTING):
        form = RuleForm(request.POST or None, people=_handlers(request))
        if request.method == "POST" and form.is_valid():
            with shown_in(form):
                form.add(request)
                messages.success(request, _("The rule is added. It holds for every complaint received from now on."))
                return redirect("workspace:routing")
    rules = rules_in_force().select_related("category", "product", "unit").prefetch_related("preferred")
    context = {
        "crumbs": first_crumbs(request, _("Routing")),
        "rows": [_row(rule) for rule in rules],
        "form": form,
    }
    return render(request, "workspace/settings/routing.html", context, status=status_of(form) if form else 200)


@needs(May.CHANGE_ROUTING)
@require_POST
def ended(request: StaffVisit) -> HttpResponse:
    """End one rule."""
    named = request.POST.get("rule", "")
    try:
        subject = subjects_named([UUID(named)]).get(UUID(named))
    except ValueError as error:
        raise Http404 from error
    rule = RoutingRule.objects.filter(pk=subject.key).first() if subject and subject.kind == "routing_rule" else None
    if rule is None:
        raise Http404
    end_routing_rule(rule, by=request.actor, at=request.now)
    messages.success(request, _("The rule is ended."))
    return redirect("workspace:routing")


def _handlers(request: StaffVisit) -> list[Person]:
    grants = RoleGrant.objects.in_force(request.now).filter(role__in=[role.value for role in HANDLING_ROLES])
    return list(Person.objects.filter(pk__in=grants.values("person_id"), is_active=True).order_by("name", "pk"))


def _row(rule: RoutingRule) -> Row:
    named: list[tuple[str, object]] = [
        (_("Category"), rule.category),
        (_("Product or service"), rule.product),
        (_("Place"), rule.site),
        (_("Language"), own_name(rule.language) if rule.language else ""),
    ]
    conditions: list[Words] = [
        _("%(name)s: %(value)s") % {"name": name, "value": value} for name, value in named if value
    ]
    people = sorted(person.name for person in rule.preferred.all())
    return Row(name_of(rule.subject), conditions, rule.unit.name, ", ".join(people))
