"""Rules of one's own: a changed copy of a version, as a form."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from amends.framework.actions.copy_pack import checked_code, copy_pack, next_number, planned_copy
from amends.framework.models import RulePackVersion
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.rules.problems import Problem
from amends.framework.rules.reading import read_pack
from amends.framework.which_packs import rules_of
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.current import offered_languages
from amends.ui.parts import Crumb, StaleField
from amends.workspace.answering import shown_in, status_of
from amends.workspace.settings.rules.comparing import Where, compared
from amends.workspace.settings.rules.crumbs import crumbs
from amends.workspace.settings.rules.facts import labelled
from amends.workspace.settings.rules.finding import called, pack_version
from amends.workspace.settings.rules.own_form import OwnPackForm, initial_of


@needs(May.CHANGE_PACK)
def own(request: StaffVisit, pack: str, version: int) -> HttpResponse:
    """The times of every clock to be changed; what is saved is a new version that applies to nothing yet."""
    found = pack_version(pack, version)
    newest = next_number(checked_code(found)) - 1
    form = _form(found, newest, request.POST or None)
    if request.method == "POST" and form.is_valid():
        document = form.document()
        code = form.cleaned_data.get("code", "")
        try:
            with shown_in(form):
                form.show(what_is_wrong(request, found, document, code))
                if not form.errors:
                    seen = None if code else form.cleaned_data["seen"]
                    made = copy_pack(found, document, code=code, seen=seen, by=request.actor, at=request.now)
                    return saved(request, made)
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            return _both_versions(request, found, document)
    return _page(request, found, form, newest=newest, status=status_of(form))


def what_is_wrong(request: StaffVisit, found: RulePackVersion, document: dict[str, Any], code: str) -> list[Problem]:
    """Everything that would be refused. Raises Refusal for a code that cannot be."""
    return planned_copy(found, document, code=checked_code(found, code), version=1, at=request.now)[1]


def saved(request: StaffVisit, made: RulePackVersion) -> HttpResponse:
    """Onwards to what was made."""
    words = _("%(pack)s is saved. It applies to nothing until you let it apply.") % {"pack": called(made)}
    messages.success(request, words)
    return redirect("workspace:rule_pack", made.pack, made.version)


def _form(found: RulePackVersion, newest: int, data: Any) -> OwnPackForm:
    languages = offered_languages(the_organisation())
    initial = initial_of(found.document, languages, newest)
    return OwnPackForm(
        data, initial=initial, before=found.document, languages=languages, can_be_named=not found.is_local
    )


def _both_versions(request: StaffVisit, found: RulePackVersion, document: dict[str, Any]) -> HttpResponse:
    """409: what somebody else saved meanwhile beside what was typed, and the typed once more in the form."""
    code = checked_code(found)
    newest = next_number(code) - 1
    typed = request.POST.copy()
    typed["seen"] = str(newest)
    form = _form(found, newest, typed)
    form.is_valid()
    stale = differences(request, found, pack_version(code, newest), document) if newest else []
    return _page(request, found, form, newest=newest, status=409, stale=stale)


def differences(
    request: StaffVisit, found: RulePackVersion, saved_now: RulePackVersion, document: dict[str, Any]
) -> list[StaleField]:
    """Where what was typed, as it would be kept, differs from a version, in words. It has to be a rule pack."""
    typed, _none = planned_copy(found, document, code=saved_now.pack, version=saved_now.version, at=request.now)
    rows = []
    for part in compared(rules_of(saved_now), read_pack(typed)):
        if part.where is not Where.BOTH:
            rows.append(StaleField(part.title, *(_("Yes"), "") if part.where is Where.FIRST else ("", _("Yes"))))
            continue
        for pair in part.different:
            rows.append(StaleField(labelled(part.title, pair.label), "\n".join(pair.first), "\n".join(pair.second)))
    return rows


def _page(
    request: StaffVisit, found: RulePackVersion, form: OwnPackForm, *, newest: int, status: int, **more: Any
) -> HttpResponse:
    above = Crumb(called(found), reverse("workspace:rule_pack", args=[found.pack, found.version]))
    context = {
        "crumbs": crumbs(request, above, here=_("Rules of your own")),
        "version": found,
        "called": called(found),
        "form": form,
        "newest": newest,
        "newest_code": checked_code(found),
        "wording": [text for blocks in rules_of(found).wording.values() for text in blocks.values()],
        **more,
    }
    return render(request, "workspace/settings/rules/own.html", context, status=status)
