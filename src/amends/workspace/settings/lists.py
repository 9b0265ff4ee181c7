"""The controlled lists: kinds of problem, products and services, remedies, causes."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.framework.actions import add_item, change_item, change_lead_unit
from amends.framework.models import Product
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import StaleField
from amends.workspace.answering import both_versions, shown_in, status_of
from amends.workspace.settings.list_forms import LISTS, Item, ItemForm, Model, initial_of

TITLES: dict[str, tuple[str | Promise, str | Promise]] = {
    "categories": (
        gettext_lazy("Kinds of problem"),
        gettext_lazy("What can go wrong. Complainants choose from this list, and statistics count by it."),
    ),
    "products": (
        gettext_lazy("Products and services"),
        gettext_lazy("What can be complained about. The unit that leads gets the complaints."),
    ),
    "remedies": (
        gettext_lazy("Remedies"),
        gettext_lazy("How something can be put right. Complainants wish for them, decisions promise them."),
    ),
    "causes": (
        gettext_lazy("Causes"),
        gettext_lazy("Why it went wrong, as an investigation finds it. Only staff see these."),
    ),
}


def _model(kind: str) -> Model:
    if kind not in LISTS:
        raise Http404
    return LISTS[kind]


@needs(May.SEE_SETTINGS)
def items(request: StaffVisit, kind: str) -> HttpResponse:
    """One list in its order; posting adds to its end."""
    model = _model(kind)
    form = ItemForm(request.POST or None, model=model, organisation=the_organisation())
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            added = add_item(
                model,
                form.label(),
                parent=form.chosen_group(),
                lead_unit=form.chosen_unit(),
                by=request.actor,
                at=request.now,
            )
            messages.success(request, _("%(name)s is added.") % {"name": added})
            return redirect("workspace:list", kind)
    title, text = TITLES[kind]
    context = {
        "kind": kind,
        "title": title,
        "text": text,
        "rows": _rows(model),
        "form": form if may(request.actor, May.CHANGE_CATALOGUE) else None,
        "has_units": model is Product,
    }
    return render(request, "workspace/settings/list.html", context, status=status_of(form))


def _rows(model: Any) -> list[dict[str, Any]]:
    """Groups, each followed by what is in it."""
    rows = model.objects.in_order()
    found: list[Any] = list(rows.select_related("lead_unit") if model is Product else rows)
    below: dict[int | None, list[Any]] = {}
    for item in found:
        below.setdefault(getattr(item, "parent_id", None), []).append(item)
    return [
        {"item": item, "is_below": item is not top}
        for top in below.get(None, [])
        for item in (top, *below.get(top.pk, []))
    ]


@needs(May.CHANGE_CATALOGUE)
def item(request: StaffVisit, kind: str, code: str) -> HttpResponse:
    """Renaming one item in each language, or no longer offering it."""
    model = _model(kind)
    found = model.objects.filter(code=code).first()
    if found is None:
        raise Http404
    form = _form_of(found, request.POST or None)
    stale: list[StaleField] = []
    if request.method == "POST" and form.is_valid():
        try:
            with shown_in(form):
                _save(request, found, form)
                messages.success(request, _("%(name)s is saved.") % {"name": found})
                return redirect("workspace:list", kind)
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            found = model.objects.get(pk=found.pk)
            form = _form_of(found, {**request.POST.dict(), "seen": str(found.version)})
            stale = both_versions(_form_of(found, None), form)
    context = {"kind": kind, "title": TITLES[kind][0], "item": found, "form": form, "stale": stale}
    return render(request, "workspace/settings/item.html", context, status=409 if stale else status_of(form))


def _form_of(item: Item, data: Any) -> ItemForm:
    organisation = the_organisation()
    return ItemForm(
        data, initial=initial_of(item, organisation), model=type(item), organisation=organisation, item=item
    )


@transaction.atomic
def _save(request: StaffVisit, found: Item, form: ItemForm) -> None:
    given = {name: form.cleaned_data[name] for name in ("is_active", "seen")}
    change_item(found, label=form.label(), **given, by=request.actor, at=request.now)
    unit = form.chosen_unit()
    if isinstance(found, Product) and found.lead_unit_id != (unit.pk if unit else None):
        change_lead_unit(found, unit, by=request.actor, at=request.now)
