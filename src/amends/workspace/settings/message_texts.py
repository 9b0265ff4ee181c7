"""What goes out to complainants, in the organisation's own words: what each message may say, and how it will look."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from amends.framework.actions.word_message import LONGEST_BODY, LONGEST_SUBJECT, checked, word_message
from amends.framework.message_kinds import KINDS, MessageKind
from amends.framework.message_texts import MessageText, filled, newest, starter
from amends.framework.models import MessageTemplate, Organisation
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.kit.locales import long_day
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.kit.translated import TranslatedText
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField, TextField
from amends.ui.parts import Crumb, StaleField
from amends.workspace.answering import shown_in, status_of

Words = str | Promise
PREVIOUS = 20


@dataclass(frozen=True)
class Row:
    """One kind of message: its version, and the languages in which the organisation worded it."""

    kind: MessageKind
    newest: MessageTemplate | None
    worded: list[str]


@dataclass(frozen=True)
class Variable:
    """What may stand in a text, and what it becomes."""

    name: str
    title: Words
    is_needed: bool


@dataclass(frozen=True)
class Preview:
    """A message with sample values, in one language."""

    language: str
    code: str
    subject: str
    body: str


class MessageTextForm(forms.Form):
    """Subject and text in each language offered. `seen` is the version that was on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, kind: MessageKind, saved: MessageTemplate | None, **kwargs: Any) -> None:
        self.kind = kind
        self.saved_subject = saved.subject if saved else TranslatedText()
        self.saved_body = saved.body if saved else TranslatedText()
        self.languages = offered_languages(the_organisation())
        self.starters = {code: starter(kind, code) for code in self.languages}
        initial: dict[str, Any] = {"seen": saved.version if saved else 0}
        for code, begun in self.starters.items():
            initial[f"subject_{code}"] = self.saved_subject.get(code, begun.subject)
            initial[f"body_{code}"] = self.saved_body.get(code, begun.body)
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for code in self.languages:
            if kind.is_mail:
                self.fields[f"subject_{code}"] = LineField(
                    label=_("Subject (%(language)s)") % {"language": own_name(code)},
                    required=False,
                    max_length=LONGEST_SUBJECT,
                    widget=forms.TextInput({"lang": code, "dir": "auto"}),
                )
            self.fields[f"body_{code}"] = TextField(
                label=_("Text (%(language)s)") % {"language": own_name(code)},
                help_text=_("Empty: the words that Amends begins with."),
                required=False,
                max_length=LONGEST_BODY,
                widget=forms.Textarea({"rows": 12, "lang": code, "dir": "auto"}),
            )

    @property
    def texts(self) -> list[forms.BoundField]:
        """The fields in the order of languages."""
        return [self[name] for name in self.fields if name != "seen"]

    def subject(self) -> TranslatedText:
        """The subjects that belong to own words."""
        own, given = self.body(), self.cleaned_data
        typed = {code: given.get(f"subject_{code}", "") for code in self.languages if code in own}
        return TranslatedText({**self.saved_subject, **typed})

    def body(self) -> TranslatedText:
        """The texts that are the organisation's own. What Amends begins with, left as it is, is not."""
        own = {}
        for code in self.languages:
            text = self.cleaned_data[f"body_{code}"]
            subject = self.cleaned_data.get(f"subject_{code}", "")
            begun = self.starters[code]
            is_begun = (text, subject) == (clean_text(begun.body), begun.subject if self.kind.is_mail else "")
            own[code] = "" if is_begun and code not in self.saved_body else text
        return TranslatedText({**self.saved_body, **own})

    def previews(self, organisation: Organisation, now: Any) -> list[Preview]:
        """How it will look in each language, with sample values."""
        subject, body = checked(self.kind, self.subject(), self.body())
        found = []
        for code, begun in self.starters.items():
            text = MessageText(subject.get(code, begun.subject), body[code], None) if code in body else begun
            said = filled(text, self.kind, sample(self.kind, organisation, code, now))
            found.append(Preview(own_name(code), code, *said))
        return found

    def differences(self) -> list[StaleField]:
        """Where what is saved now differs from what was typed."""
        return [
            StaleField(bound.label, str(theirs), str(bound.value() or ""))
            for bound in self.texts
            if str(theirs := self.initial[bound.name]).strip() != str(bound.value() or "").replace("\r\n", "\n").strip()
        ]


def sample(kind: MessageKind, organisation: Organisation, language: str, now: Any) -> dict[str, str]:
    """Values to look at: real ones of the organisation, and the names of the others."""
    day = long_day(now.astimezone(organisation.zone), language)
    with translation.override(language):
        known = {name: f"[{title}]" for name, title in kind.variables.items()}
    known |= {"organisation": organisation.name, "link": f"{settings.AMENDS_PUBLIC_URL}/{language}/track/"}
    known |= {"day": day, "received": day}
    if kind.is_mail:
        known["reference"] = f"{organisation.reference_prefix}-{now:%y}-XXXXXXXX"
    return {name: known[name] for name in kind.variables}


@needs(May.SEE_SETTINGS)
def message_texts(request: StaffVisit) -> HttpResponse:
    """Every kind of message."""
    used = {row.kind: row for row in MessageTemplate.objects.order_by("version")}
    rows = [Row(kind, used.get(code), _languages(used.get(code))) for code, kind in KINDS.items()]
    context = {"rows": rows, "may_change": may(request.actor, May.WORD_MESSAGES)}
    return render(request, "workspace/settings/message_texts.html", context)


def _languages(template: MessageTemplate | None) -> list[str]:
    return [own_name(code) for code in template.body] if template else []


@needs(May.WORD_MESSAGES)
def message_text(request: StaffVisit, message: str) -> HttpResponse:
    """Word one kind of message; `look` shows how it will look and saves nothing."""
    kind = KINDS.get(message)
    if kind is None:
        raise Http404
    form = MessageTextForm(request.POST or None, kind=kind, saved=newest(kind))
    if request.method != "POST" or not form.is_valid():
        return _page(request, kind, form, status=status_of(form))
    previews: list[Preview] = []
    try:
        with shown_in(form):
            previews = form.previews(the_organisation(), request.now)
            if "look" not in request.POST:
                seen = form.cleaned_data["seen"]
                word_message(
                    kind, subject=form.subject(), body=form.body(), seen=seen, by=request.actor, at=request.now
                )
    except Refusal as refusal:
        if refusal.code != "stale":
            raise
        return _both_versions(request, kind)
    if form.errors or "look" in request.POST:
        return _page(request, kind, form, status=status_of(form), previews=previews)
    messages.success(request, _("The words are saved. What goes out from now on has them."))
    return redirect("workspace:message_texts")


def _both_versions(request: StaffVisit, kind: MessageKind) -> HttpResponse:
    """409: what is saved now beside what was typed, which stands in the form as a change of the newer version."""
    saved = newest(kind)
    typed = request.POST.copy()
    typed["seen"] = str(saved.version if saved else 0)
    form = MessageTextForm(typed, kind=kind, saved=saved)
    form.is_valid()
    return _page(request, kind, form, status=409, stale=form.differences())


def _page(request: StaffVisit, kind: MessageKind, form: MessageTextForm, *, status: int, **more: Any) -> HttpResponse:
    history = MessageTemplate.objects.filter(kind=kind.code).select_related("made_by").order_by("-version")[:PREVIOUS]
    context = {
        "kind": kind,
        "form": form,
        "variables": [Variable(f"{{{n}}}", title, n in kind.needed) for n, title in kind.variables.items()],
        "history": [(each, _languages(each)) for each in history],
        "crumbs": [
            Crumb(_("Administration"), reverse("workspace:settings")),
            Crumb(_("Words for messages"), reverse("workspace:message_texts")),
            Crumb(str(kind.title)),
        ],
        **more,
    }
    return render(request, "workspace/settings/message_text.html", context, status=status)
