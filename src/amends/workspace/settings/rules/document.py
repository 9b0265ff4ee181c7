"""Rules of one's own for experts: the whole document of a pack as JSON."""

import json
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.framework.actions.copy_pack import checked_code, copy_pack, next_number
from amends.framework.models import RulePackVersion
from amends.framework.permissions import May
from amends.framework.rules.problems import Problem
from amends.framework.rules.typed import read_typed
from amends.framework.rules.validation import check_shape
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.parts import Crumb, StaleField
from amends.workspace.answering import shown_in, status_of
from amends.workspace.settings.rules.crumbs import crumbs
from amends.workspace.settings.rules.finding import called, pack_version
from amends.workspace.settings.rules.own import differences, saved, what_is_wrong

#: More than this nobody mends at once.
MOST_SHOWN = 50


class DocumentForm(forms.Form):
    """The document as text. It is kept as it was typed, right or wrong."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = LineField(
        label=gettext_lazy("Code of your pack"),
        help_text=gettext_lazy("It stands in addresses and in the journal, and it ends in “-own”."),
        required=False,
        max_length=64,
        widget=forms.TextInput({"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}),
    )
    document = forms.CharField(
        label=gettext_lazy("The whole pack, as JSON"),
        help_text=gettext_lazy("Code and version in it are those of your pack, whatever stands there."),
        strip=False,
        error_messages={"required": gettext_lazy("Write the pack here.")},
        widget=forms.Textarea({"rows": 30, "class": "document", "dir": "ltr", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, can_be_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_be_named:
            del self.fields["code"]


@needs(May.CHANGE_PACK)
def document(request: StaffVisit, pack: str, version: int) -> HttpResponse:
    """Every contradiction is listed with its place; nothing is saved before there is none."""
    found = pack_version(pack, version)
    newest = next_number(checked_code(found)) - 1
    form = _form(found, newest, request.POST or None)
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data.get("code", "")
        typed, problems = read_typed(form.cleaned_data["document"])
        try:
            with shown_in(form):
                problems = problems or _problems(request, found, typed, code)
                if not problems:
                    seen = None if code else form.cleaned_data["seen"]
                    made = copy_pack(found, typed, code=code, seen=seen, by=request.actor, at=request.now)
                    return saved(request, made)
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            return _both_versions(request, found, typed)
        if problems:
            form.add_error("document", _("This is not a rule pack yet. What is wrong stands above it."))
    return _page(request, found, form, status=status_of(form), problems=problems)


def _problems(request: StaffVisit, found: RulePackVersion, typed: Any, code: str) -> list[Problem]:
    return what_is_wrong(request, found, typed, code) if isinstance(typed, dict) else check_shape(typed)


def _form(found: RulePackVersion, newest: int, data: Any) -> DocumentForm:
    text = json.dumps(found.document, ensure_ascii=False, indent=1)
    return DocumentForm(data, initial={"seen": newest, "document": text}, can_be_named=not found.is_local)


def _both_versions(request: StaffVisit, found: RulePackVersion, typed: dict[str, Any]) -> HttpResponse:
    """409: what somebody else saved meanwhile beside what was typed."""
    code = checked_code(found)
    newest = next_number(code) - 1
    data = request.POST.copy()
    data["seen"] = str(newest)
    form = _form(found, newest, data)
    form.is_valid()
    stale: list[StaleField] = []
    if newest:
        stale = differences(request, found, pack_version(code, newest), typed)
    return _page(request, found, form, status=409, problems=[], stale=stale)


def _page(
    request: StaffVisit,
    found: RulePackVersion,
    form: DocumentForm,
    *,
    status: int,
    problems: list[Problem],
    **more: Any,
) -> HttpResponse:
    above = Crumb(called(found), reverse("workspace:rule_pack", args=[found.pack, found.version]))
    context = {
        "crumbs": crumbs(request, above, here=_("The whole document")),
        "version": found,
        "called": called(found),
        "form": form,
        "problems": problems[:MOST_SHOWN],
        "more": max(0, len(problems) - MOST_SHOWN),
        **more,
    }
    return render(request, "workspace/settings/rules/document.html", context, status=status)
