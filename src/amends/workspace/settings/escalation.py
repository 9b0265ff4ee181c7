"""Escalation: who is told when a deadline has passed, and when nobody is disturbed."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from amends.framework.actions.change_ladder import change_ladder
from amends.framework.ladder import Rungs, check_ladder, read_ladder, rungs_now
from amends.framework.models import Ladder
from amends.framework.permissions import May
from amends.kit.refusal import Refusal
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Crumb, StaleField
from amends.workspace.answering import status_of
from amends.workspace.settings.escalation_form import (
    LadderForm,
    initial_of,
    rows_in,
    with_another_level,
    without_level,
)
from amends.workspace.settings.ladder_words import example_of, level_in_words, quiet_in_words
from amends.workspace.settings.rules.crumbs import first_crumbs

PAGE_SIZE = 10


@dataclass(frozen=True)
class Version:
    """A ladder as it was."""

    ladder: Ladder
    levels: list[tuple[str, str]]
    quiet: list[str]


@needs(May.SEE_RULES)
def escalation(request: StaffVisit) -> HttpResponse:
    """The levels, what they mean for one deadline, and how they were before; `?before=` goes further back."""
    rungs = rungs_now()
    before = request.GET.get("before", "")
    rows = Ladder.objects.select_related("made_by").order_by("-version")
    if before.isascii() and before.isdigit() and len(before) < 10:
        rows = rows.filter(version__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    context = {
        "crumbs": first_crumbs(request, _("Escalation")),
        "levels": [level_in_words(level) for level in rungs.levels],
        "quiet": quiet_in_words(rungs.quiet),
        "steps": example_of(rungs, request.now),
        "versions": [_version(ladder) for ladder in found],
        "next": f"?before={found[-1].version}" if more else "",
        "may_change": may(request.actor, May.CHANGE_LADDER),
    }
    return render(request, "workspace/settings/escalation.html", context)


def _version(ladder: Ladder) -> Version:
    rungs = read_ladder(ladder.version, ladder.levels, ladder.quiet)
    return Version(ladder, [level_in_words(level) for level in rungs.levels], quiet_in_words(rungs.quiet))


@needs(May.CHANGE_LADDER)
def change(request: StaffVisit) -> HttpResponse:
    """Levels are added and removed on the way; nothing is saved before somebody presses Save."""
    if request.method != "POST":
        rungs = rungs_now()
        return _page(request, LadderForm(initial=initial_of(rungs), levels=len(rungs.levels)), rungs)
    typed = request.POST.dict()
    if "add" in typed:
        return _retyped(request, with_another_level(typed))
    if "remove" in typed:
        return _retyped(request, without_level(typed, typed["remove"]))
    form = LadderForm(request.POST, levels=rows_in(typed))
    rungs_typed = _checked(form)
    if rungs_typed is None or "look" in typed:
        return _page(request, form, rungs_typed, status=status_of(form))
    return _saved(request, form)


def _retyped(request: StaffVisit, typed: dict[str, Any]) -> HttpResponse:
    """The form as it was left, with another number of levels, and no word about what is still missing."""
    form = LadderForm(initial=typed, levels=rows_in(typed))
    return _page(request, form, _checked(LadderForm(typed, levels=rows_in(typed))))


def _checked(form: LadderForm) -> Rungs | None:
    """The ladder that was typed; None, with the reason in the form, when nobody could climb it."""
    if not form.is_valid():
        return None
    levels, quiet = form.levels(), form.quiet()
    if form.errors:
        return None
    try:
        check_ladder(levels, quiet)
    except Refusal as refusal:
        form.show(refusal)
        return None
    return read_ladder(0, levels, quiet)


def _saved(request: StaffVisit, form: LadderForm) -> HttpResponse:
    seen = form.cleaned_data["seen"]
    levels, quiet = form.levels(), form.quiet()
    try:
        change_ladder(levels=levels, quiet=quiet, seen=seen, by=request.actor, at=request.now)
    except Refusal as refusal:
        if refusal.code == "stale":
            return _both_versions(request, read_ladder(0, levels, quiet))
        if refusal.code == "not_permitted":
            raise
        form.show(refusal)
        return _page(request, form, None, status=422)
    messages.success(request, _("The levels are saved. They hold for every deadline that passes from now on."))
    return redirect("workspace:escalation")


def _both_versions(request: StaffVisit, typed: Rungs) -> HttpResponse:
    """409: what somebody else saved meanwhile beside what was typed."""
    now = rungs_now()
    data = request.POST.copy()
    data["seen"] = str(now.version)
    form = LadderForm(data, levels=rows_in(data))
    form.is_valid()
    stale = [
        StaleField(label, theirs, yours)
        for label, theirs, yours in (
            (_("Levels"), _levels_as_text(now), _levels_as_text(typed)),
            (_("Quiet hours"), "\n".join(quiet_in_words(now.quiet)), "\n".join(quiet_in_words(typed.quiet))),
        )
        if theirs != yours
    ]
    return _page(request, form, typed, status=409, stale=stale)


def _levels_as_text(rungs: Rungs) -> str:
    pairs = [level_in_words(level) for level in rungs.levels]
    return "\n".join(_("%(name)s: %(value)s") % {"name": after, "value": to} for after, to in pairs)


def _page(
    request: StaffVisit, form: LadderForm, rungs: Rungs | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    crumbs = first_crumbs(request, _("Change"))
    crumbs.insert(-1, Crumb(_("Escalation"), reverse("workspace:escalation")))
    context = {
        "crumbs": crumbs,
        "form": form,
        "steps": example_of(rungs, request.now) if rungs else [],
        **more,
    }
    return render(request, "workspace/settings/escalation_change.html", context, status=status)
