"""Letting a pack apply: first what it would do, then the doing of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.complaints.under_other_rules import Effect, effect_of
from amends.framework.actions.activate_pack import activate_pack, an_activation, refuse_what_cannot_be
from amends.framework.models import Activation
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.which_packs import activations, state_of_activations
from amends.kit.refusal import Refusal
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Crumb
from amends.workspace.answering import shown_in, status_of
from amends.workspace.settings.rules.activation_form import ActivationForm
from amends.workspace.settings.rules.applying import filters_of
from amends.workspace.settings.rules.crumbs import crumbs
from amends.workspace.settings.rules.finding import called

#: Fewer complaints than this are not counted for people who may not open them.
SMALLEST = 5


@needs(May.ACTIVATE_PACK)
def new_activation(request: StaffVisit) -> HttpResponse:
    """Nothing happens before the effect was shown and confirmed; what was typed stays on every way back."""
    form = _form(request)
    if request.method != "POST" or "change" in request.POST:
        if request.method == "POST":
            form = _form(request, initial=request.POST.dict())
        return _asked(request, form)
    if form.is_valid():
        with shown_in(form):
            if "confirm" not in request.POST:
                return _preview(request, form)
            try:
                return _done(request, form)
            except Refusal as refusal:
                if refusal.code != "stale":
                    raise
                return _preview(request, form, is_stale=True)
    return _asked(request, form)


def _form(request: StaffVisit, initial: dict[str, Any] | None = None) -> ActivationForm:
    data = request.POST if request.method == "POST" and initial is None else None
    usual = {"pack": request.GET.get("pack", ""), "role": Activation.Role.MAIN}
    return ActivationForm(data, initial=initial or usual, zone=the_organisation().zone, now=request.now)


def _asked(request: StaffVisit, form: ActivationForm) -> HttpResponse:
    context = {"crumbs": _crumbs(request), "form": form}
    return render(request, "workspace/settings/rules/activation.html", context, status=status_of(form))


def _crumbs(request: StaffVisit) -> list[Crumb]:
    return crumbs(request, here=_("Let a pack apply"))


def _preview(request: StaffVisit, form: ActivationForm, *, is_stale: bool = False) -> HttpResponse:
    """What would change. Raises Refusal for what can never be."""
    version = form.version
    planned = an_activation(version, by=request.actor, **form.as_verb_takes_it())
    refuse_what_cannot_be(planned, request.now)
    replaced = [row for row in activations() if row.has_filter_of(planned) and row.is_open_after(planned.starts_at)]
    effect = effect_of(planned)
    context = {
        "crumbs": _crumbs(request),
        "form": form,
        "seen": state_of_activations(),
        "is_stale": is_stale,
        "planned": planned,
        "called": called(version),
        "filters": filters_of(planned),
        "replaced": [called(row.pack_version) for row in replaced],
        "is_past": planned.starts_at < request.now,
        "is_ahead": planned.starts_at > request.now,
        "effect": effect,
        "sentences": sentences_about(effect),
    }
    return render(request, "workspace/settings/rules/activation_preview.html", context, status=409 if is_stale else 200)


def sentences_about(effect: Effect) -> list[str]:
    """How many complaints run, and how many would get other rules. Small numbers are not told."""
    found = [_running(effect.running)]
    if effect.running:
        found.append(_changing(effect.changing))
    if not effect.is_all:
        found.append(_("More complaints run than were looked at, so there may be more."))
    return found


def _running(count: int) -> str:
    if count == 0:
        return _("No complaint that runs was received since then.")
    if count < SMALLEST:
        return _("Fewer than five complaints that run were received since then.")
    words = ngettext(
        "%(count)s complaint that runs was received since then.",
        "%(count)s complaints that run were received since then.",
        count,
    )
    return words % {"count": formatting.number(count)}


def _changing(count: int) -> str:
    if count == 0:
        return _("None of them would get other rules.")
    if count < SMALLEST:
        return _("Fewer than five of them would get other rules.")
    words = ngettext("%(count)s of them would get other rules.", "%(count)s of them would get other rules.", count)
    return words % {"count": formatting.number(count)}


def _done(request: StaffVisit, form: ActivationForm) -> HttpResponse:
    said = form.cleaned_data
    version = form.version
    activate_pack(
        version,
        **form.as_verb_takes_it(),
        moves_running=said["moves_running"],
        seen=said["seen"],
        by=request.actor,
        at=request.now,
    )
    words = _("%(pack)s applies to what is received from then on.") % {"pack": called(version)}
    if said["moves_running"]:
        words = _("%(pack)s applies. Running complaints are looked at again in the next minutes.") % {
            "pack": called(version)
        }
    messages.success(request, words)
    return redirect("workspace:activations")
