"""The list of outside bodies: what a complaint can be taken to, which of them rules name, and how it was before."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.framework.actions.change_outside_bodies import add_outside_body, change_outside_body
from amends.framework.models import OutsideBody, OutsideBodyVersion
from amends.framework.outside_bodies import NamedBody, named_by_rules
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.current import offered_languages
from amends.ui.parts import Crumb
from amends.workspace.answering import shown_in, status_of
from amends.workspace.settings.outside_body_form import CALLED, OutsideBodyForm, values_named, values_of
from amends.workspace.settings.rules.crumbs import first_crumbs

Words = str | Promise


@dataclass(frozen=True)
class Row:
    """One body of the list, and the rule packs in force that name it."""

    body: OutsideBody
    packs: list[str]


@dataclass(frozen=True)
class Change:
    """What one version changed: name of the fact, before, after."""

    version: OutsideBodyVersion
    lines: list[tuple[Words, str, str]]


@needs(May.SEE_RULES)
def outside_bodies(request: StaffVisit) -> HttpResponse:
    """The list, and what rules name that is not on it yet. Everybody who works with complaints may read it."""
    named = named_by_rules(request.now)
    found = list(OutsideBody.objects.in_order())
    known = {body.rule_code for body in found}
    context = {
        "crumbs": first_crumbs(request, _("Outside bodies")),
        "rows": [Row(body, _packs(named.get(body.rule_code))) for body in found],
        "missing": [each for code, each in named.items() if code not in known],
        "may_change": may(request.actor, May.CHANGE_OUTSIDE_BODIES),
    }
    return render(request, "workspace/settings/outside_bodies.html", context)


def _packs(named: NamedBody | None) -> list[str]:
    return [str(pack.name) for pack in named.packs] if named else []


@needs(May.CHANGE_OUTSIDE_BODIES)
def new_outside_body(request: StaffVisit) -> HttpResponse:
    """Add one; `?named=` begins with what a rule pack in force says of it."""
    organisation, named = the_organisation(), named_by_rules(request.now)
    begun = named.get(request.GET.get("named", ""))
    initial = values_named(begun, offered_languages(organisation)) if begun else {"seen": 0}
    form = OutsideBodyForm(request.POST or None, initial=initial, organisation=organisation, named=named)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            body = add_outside_body(form.written(), by=request.actor, at=request.now)
            messages.success(request, _("%(name)s is added.") % {"name": body})
            return redirect("workspace:outside_bodies")
    return _page(request, form, _("Add an outside body"), status=status_of(form))


@needs(May.SEE_RULES)
def outside_body(request: StaffVisit, body: str) -> HttpResponse:
    """One body with its history; changed by those who may."""
    found = OutsideBody.objects.filter(code=body).first()
    if found is None:
        raise Http404
    if not may(request.actor, May.CHANGE_OUTSIDE_BODIES):
        return _page(request, None, str(found), body=found, status=405 if request.method == "POST" else 200)
    form = _form(request, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with shown_in(form):
                seen = form.cleaned_data["seen"]
                change_outside_body(found, form.written(), seen=seen, by=request.actor, at=request.now)
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            return _both_versions(request, found)
        if not form.errors:
            messages.success(request, _("%(name)s is saved.") % {"name": found})
            return redirect("workspace:outside_bodies")
    return _page(request, form, str(found), body=found, status=status_of(form))


def _form(request: StaffVisit, body: OutsideBody, data: Any) -> OutsideBodyForm:
    organisation = the_organisation()
    initial = values_of(body, offered_languages(organisation))
    return OutsideBodyForm(
        data, initial=initial, organisation=organisation, named=named_by_rules(request.now), body=body
    )


def _both_versions(request: StaffVisit, body: OutsideBody) -> HttpResponse:
    """409: what is saved now beside what was typed, which stands in the form as a change of the newer version."""
    body.refresh_from_db()
    typed = request.POST.copy()
    typed["seen"] = str(body.version)
    form = _form(request, body, typed)
    form.is_valid()
    return _page(request, form, str(body), body=body, status=409, stale=form.differences())


def _page(
    request: StaffVisit,
    form: OutsideBodyForm | None,
    title: str,
    *,
    status: int,
    body: OutsideBody | None = None,
    **more: Any,
) -> HttpResponse:
    above = Crumb(_("Outside bodies"), reverse("workspace:outside_bodies"))
    *before, here = first_crumbs(request, title)
    context = {
        "crumbs": [*before, above, here],
        "title": title,
        "form": form,
        "body": body,
        "packs": _packs(named_by_rules(request.now).get(body.rule_code)) if body else [],
        "history": _history(body) if body else [],
        **more,
    }
    return render(request, "workspace/settings/outside_body.html", context, status=status)


def _history(body: OutsideBody) -> list[Change]:
    """Newest first. Two queries."""
    versions = list(body.versions.select_related("person").order_by("number"))
    found = []
    for before, after in zip([None, *versions], versions, strict=False):
        old = before.facts if before else {}
        lines: list[tuple[Words, str, str]] = [
            (label, _in_words(old.get(name)), _in_words(after.facts[name]))
            for name, label in CALLED.items()
            if before and old.get(name) != after.facts[name]
        ]
        found.append(Change(after, lines))
    return found[::-1]


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return str(TranslatedText(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return str(value or "")
