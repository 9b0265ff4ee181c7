"""Which packs apply to what: now, later, and before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.framework.actions.end_activation import end_activation
from amends.framework.models import Activation
from amends.framework.permissions import May
from amends.framework.which_packs import activations as all_activations
from amends.framework.which_packs import state_of_activations
from amends.journal.pseudonyms import names_of, subjects_named
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.parts import Crumb, Tag
from amends.workspace.answering import shown_in, status_of
from amends.workspace.settings.rules.applying import filters_of, is_last_resort, state_of
from amends.workspace.settings.rules.crumbs import crumbs
from amends.workspace.settings.rules.finding import activation_named, called, names_of_versions

PAGE_SIZE = 30


@dataclass(frozen=True)
class Row:
    """An activation as the list shows it."""

    activation: Activation
    name: UUID
    called: str
    filters: list[tuple[str, str]]
    state: Tag
    can_end: bool


class EndingForm(forms.Form):
    """Why it ends."""

    use_required_attribute = False
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = LineField(
        label=gettext_lazy("Why these rules apply no longer"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why these rules apply no longer.")},
        widget=forms.Textarea({"rows": 2}),
    )


@needs(May.SEE_RULES)
def activations(request: StaffVisit) -> HttpResponse:
    """Those that apply or will, and below them those that have ended, the last first; `?before=` goes further back."""
    rows = all_activations().select_related("pack_version", "product", "made_by")
    is_open = Q(ends_at__isnull=True) | Q(ends_at__gt=request.now)
    open_ones = list(rows.filter(is_open).order_by("-starts_at", "-pk"))
    ended = _ended_before(rows.exclude(is_open), request.GET.get("before", ""))
    more, ended = len(ended) > PAGE_SIZE, ended[:PAGE_SIZE]
    shown = _rows([*open_ones, *ended], request.now)
    context = {
        "crumbs": crumbs(request, here=_("What applies")),
        "open": shown[: len(open_ones)],
        "ended": shown[len(open_ones) :],
        "next": f"?before={shown[-1].name}" if more else "",
        "is_further": bool(request.GET.get("before")),
        "may_activate": may(request.actor, May.ACTIVATE_PACK),
    }
    return render(request, "workspace/settings/rules/activations.html", context)


def _ended_before(rows: QuerySet[Activation], name: str) -> list[Activation]:
    """A page of what has ended and one more, in the order in which it ended, beginning after the one of that name."""
    last = _row_named(rows, name)
    if last is not None:
        rows = rows.filter(Q(ends_at__lt=last.ends_at) | Q(ends_at=last.ends_at, pk__lt=last.pk))
    return list(rows.order_by("-ends_at", "-pk")[: PAGE_SIZE + 1])


def _row_named(rows: QuerySet[Activation], name: str) -> Activation | None:
    try:
        subject = subjects_named([UUID(name)]).get(UUID(name)) if name else None
    except ValueError:
        return None
    return rows.filter(pk=subject.key).first() if subject and subject.kind == "activation" else None


def _rows(found: list[Activation], now: datetime) -> list[Row]:
    names = names_of("activation", [row.pk for row in found])
    versions = names_of_versions()
    return [
        Row(
            row,
            names[row.pk],
            versions[row.pack_version.pack, row.pack_version.version],
            filters_of(row),
            state_of(row, now),
            row.is_open_after(now) and not is_last_resort(row, now),
        )
        for row in found
    ]


@needs(May.ACTIVATE_PACK)
def ending(request: StaffVisit, activation: UUID) -> HttpResponse:
    """Asked once more, with a reason."""
    found = activation_named(activation)
    form = EndingForm(request.POST or None, initial={"seen": state_of_activations()})
    is_stale = False
    if request.method == "POST" and form.is_valid():
        try:
            with shown_in(form):
                end_activation(found, **form.cleaned_data, by=request.actor, at=request.now)
                messages.success(request, _("It is ended. Complaints that run keep the rules they have."))
                return redirect("workspace:activations")
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            is_stale = True
            form.data = {**request.POST.dict(), "seen": state_of_activations()}
            form.add_error(None, str(refusal.sentence))
    context = {
        "crumbs": crumbs(request, Crumb(_("What applies"), reverse("workspace:activations")), here=_("End")),
        "activation": found,
        "called": called(found.pack_version),
        "filters": filters_of(found),
        "is_ahead": found.starts_at > request.now,
        "form": form,
        "back": reverse("workspace:activations"),
    }
    status = 409 if is_stale else status_of(form)
    return render(request, "workspace/settings/rules/ending.html", context, status=status)
