"""What the public pages say in the organisation's own words, what there is to hand out, and a link for its own site."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from amends.framework.actions.change_public_text import LONGEST, change_public_text
from amends.framework.models import PublicText
from amends.framework.permissions import May
from amends.framework.public_texts import newest_text
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import TextField
from amends.ui.parts import Crumb, StaleField
from amends.workspace.answering import shown_in, status_of

Code = PublicText.Code

#: What each text is for, and what stands there while nothing is written.
ABOUT = {
    Code.POLICY: gettext_lazy("Stands on the page “Our policy on complaints”, in the place of a plain one of ours."),
    Code.PRIVACY: gettext_lazy("Stands on the page “Privacy”, beside what this software does by itself."),
    Code.ACCESSIBILITY: gettext_lazy("Stands on the page “Accessibility”: Braille, audio, sign language, help."),
}


@dataclass(frozen=True)
class Row:
    """One text of the list: how far it is written, and in which languages it is missing."""

    code: PublicText.Code
    about: str
    newest: PublicText | None
    missing: list[str]


@dataclass(frozen=True)
class Paper:
    """What there is to hand out in one language, and the link for one's own pages."""

    language: str
    code: str
    files: list[tuple[str, str]]
    snippet: str


class PublicTextForm(forms.Form):
    """One text in each language offered. `seen` is the version that was on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: Any, *, newest: PublicText | None) -> None:
        self.saved = newest.text if newest else TranslatedText()
        self.languages = offered_languages(the_organisation())
        initial = {f"text_{code}": self.saved.get(code, "") for code in self.languages}
        super().__init__(data, initial={"seen": newest.version if newest else 0, **initial})
        for code in self.languages:
            self.fields[f"text_{code}"] = TextField(
                label=own_name(code),
                help_text=_("An empty line begins a new paragraph."),
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea({"rows": 10, "lang": code, "dir": "auto"}),
            )

    @property
    def texts(self) -> list[forms.BoundField]:
        """A field per language."""
        return [self[f"text_{code}"] for code in self.languages]

    def written(self) -> TranslatedText:
        """What was typed. Texts in languages that are not offered now stay as they are."""
        return TranslatedText({**self.saved, **{code: self.cleaned_data[f"text_{code}"] for code in self.languages}})

    def differences(self) -> list[StaleField]:
        """Where what is saved now differs from what was typed."""
        pairs = [(self[f"text_{code}"], self.saved.get(code, "")) for code in self.languages]
        return [
            StaleField(bound.label, theirs, str(bound.value() or ""))
            for bound, theirs in pairs
            if theirs.strip() != str(bound.value() or "").replace("\r\n", "\n").strip()
        ]


@needs(May.SEE_SETTINGS)
def public_texts(request: StaffVisit) -> HttpResponse:
    """The three texts, the papers in every language, and what to put on one's own site."""
    languages = offered_languages(the_organisation())
    context = {
        "rows": [_row(code, languages) for code in Code],
        "papers": [_paper(code) for code in languages],
        "may_change": may(request.actor, May.CHANGE_PUBLIC_TEXTS),
    }
    return render(request, "workspace/settings/public_texts.html", context)


@needs(May.CHANGE_PUBLIC_TEXTS)
def public_text(request: StaffVisit, code: str) -> HttpResponse:
    """Write one of them. An older version never wins unseen."""
    if code not in Code.values:
        raise Http404
    found = Code(code)
    form = PublicTextForm(request.POST or None, newest=newest_text(found))
    if request.method == "POST" and form.is_valid():
        try:
            with shown_in(form):
                seen = form.cleaned_data["seen"]
                change_public_text(found, form.written(), seen=seen, by=request.actor, at=request.now)
        except Refusal as refusal:
            if refusal.code != "stale":
                raise
            return _both_versions(request, found)
        if not form.errors:
            messages.success(request, _("The text is saved. The public page shows it from now on."))
            return redirect("workspace:public_texts")
    return _page(request, found, form, status=status_of(form))


def _both_versions(request: StaffVisit, code: PublicText.Code) -> HttpResponse:
    """409: what is saved now beside what was typed, which stands in the form as a change of the newer version."""
    newest = newest_text(code)
    typed = request.POST.copy()
    typed["seen"] = str(newest.version if newest else 0)
    form = PublicTextForm(typed, newest=newest)
    form.is_valid()
    return _page(request, code, form, status=409, stale=form.differences())


def _page(
    request: StaffVisit, code: PublicText.Code, form: PublicTextForm, *, status: int, **more: Any
) -> HttpResponse:
    history = PublicText.objects.filter(code=code).select_related("made_by").order_by("-version")[:20]
    context = {
        "title": code.label,
        "about": ABOUT[code],
        "form": form,
        "history": [(each, [own_name(language) for language in each.text]) for each in history],
        "crumbs": [
            Crumb(_("Administration"), reverse("workspace:settings")),
            Crumb(_("Public information"), reverse("workspace:public_texts")),
            Crumb(code.label),
        ],
        **more,
    }
    return render(request, "workspace/settings/public_text.html", context, status=status)


def _row(code: PublicText.Code, languages: list[str]) -> Row:
    newest = newest_text(code)
    written = newest.text if newest else {}
    missing = [own_name(language) for language in languages if language not in written] if written else []
    return Row(code, str(ABOUT[code]), newest, missing)


def _paper(language: str) -> Paper:
    with override(language):
        names = (
            (_("Leaflet"), "portal:leaflet_pdf"),
            (_("Leaflet in large print"), "portal:large_print_pdf"),
            (_("Poster with QR code"), "portal:poster_pdf"),
        )
        hrefs = [reverse(name) for _label, name in names]
        words = _("Make or follow a complaint")
        address = f"{settings.AMENDS_PUBLIC_URL}/{language}/"
    snippet = format_html('<a href="{}" hreflang="{}">{}</a>', address, language, words)
    labels = (_("Leaflet"), _("Leaflet in large print"), _("Poster with QR code"))
    return Paper(own_name(language), language, list(zip(labels, hrefs, strict=True)), str(snippet))
