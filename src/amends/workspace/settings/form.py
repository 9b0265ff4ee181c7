"""The organisation's own questions in the form for complainants: in versions, with a look at the whole form."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from amends.complaints.form_now import form_now
from amends.framework.actions.change_form import change_form
from amends.framework.models import FormVersion, Organisation
from amends.framework.own_questions import (
    LONGEST_HINT,
    LONGEST_LABEL,
    MOST_CHOICES,
    Kind,
    OwnQuestion,
    Place,
    changed,
    moved_up,
    new_key,
    own_form_now,
    read,
    with_codes,
    without,
)
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.kit.refusal import Refusal
from amends.kit.translated import TranslatedText
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField, TextField, form_for
from amends.ui.parts import Crumb
from amends.ui.widgets import RadioRows
from amends.workspace.answering import NOT_OFFERED
from amends.workspace.settings.rules.crumbs import first_crumbs

PAGE_SIZE = 10


class QuestionForm(forms.Form):
    """One question in every language offered. `seen` is the version on the screen."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.ChoiceField(
        label=gettext_lazy("At the end of which step?"), choices=Place.choices, error_messages=NOT_OFFERED
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of answer?"),
        choices=Kind.choices,
        widget=RadioRows,
        error_messages=NOT_OFFERED,
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("It has to be answered"),
        help_text=gettext_lazy("Ask for as little as you can: every such question keeps somebody from complaining."),
        required=False,
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = offered_languages(organisation)
        for code in self.codes:
            is_main = code == organisation.main_language
            named = {"language": own_name(code)}
            self.fields[f"label_{code}"] = LineField(
                label=_("Question (%(language)s)") % named,
                max_length=LONGEST_LABEL,
                required=is_main,
                error_messages={"required": _("Write the question, in the main language at least.")},
            )
            self.fields[f"hint_{code}"] = LineField(
                label=_("Hint (%(language)s)") % named, max_length=LONGEST_HINT, required=False
            )
            self.fields[f"choices_{code}"] = TextField(
                label=_("Answers to choose from (%(language)s)") % named,
                help_text=_("One on each line, in the same order in every language."),
                required=False,
                max_length=2000,
                widget=forms.Textarea({"rows": 4}),
            )

    @property
    def languages(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields of each language."""
        return [
            (own_name(code), [self[f"{name}_{code}"] for name in ("label", "hint", "choices")]) for code in self.codes
        ]

    def typed(self, key: str, before: OwnQuestion | None) -> OwnQuestion:
        """The question that was typed, once the form is valid. Texts in languages no longer offered stay."""
        given = self.cleaned_data
        return OwnQuestion(
            key=key,
            place=given["place"],
            kind=given["kind"],
            label=self._texts("label", before.label if before else TranslatedText()),
            hint=self._texts("hint", before.hint if before else TranslatedText()),
            is_required=given["is_required"],
            choices=with_codes(self._choices(), before) if given["kind"] == Kind.CHOICE else (),
        )

    def _texts(self, name: str, before: TranslatedText) -> TranslatedText:
        return TranslatedText({**before, **{code: self.cleaned_data[f"{name}_{code}"] for code in self.codes}})

    def _choices(self) -> list[TranslatedText]:
        lines = {
            code: [each for each in self.cleaned_data[f"choices_{code}"].splitlines() if each.strip()]
            for code in self.codes
        }
        count = min(max(map(len, lines.values()), default=0), MOST_CHOICES + 1)
        return [
            TranslatedText({code: given[place].strip() for code, given in lines.items() if place < len(given)})
            for place in range(count)
        ]

    def show(self, refusal: Refusal) -> None:
        """What the verb refuses stands at the first field that it is about."""
        field = next(
            (name for name in self.fields if name == refusal.field or name.startswith(f"{refusal.field}_")), None
        )
        self.add_error(field if refusal.field else None, str(refusal.sentence))


@needs(May.SEE_RULES)
def form(request: StaffVisit) -> HttpResponse:
    """Own questions by step, and the versions; `?before=` goes further back."""
    own = own_form_now()
    before = request.GET.get("before", "")
    rows = FormVersion.objects.select_related("made_by").order_by("-version")
    if before.isascii() and before.isdigit() and len(before) < 5:
        rows = rows.filter(version__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    more, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    context = {
        "crumbs": first_crumbs(request, _("Form")),
        "version": own.version,
        "steps": [
            (place.label, [(each, Kind(each.kind).label) for each in own.questions if each.place == place])
            for place in Place
        ],
        "versions": [(each, [str(question.label) for question in read(each).questions]) for each in found],
        "next": f"?before={found[-1].version}" if more else "",
        "may_change": may(request.actor, May.CHANGE_FORM),
    }
    return render(request, "workspace/settings/form.html", context)


@needs(May.SEE_RULES)
def preview(request: StaffVisit) -> HttpResponse:
    """The whole form as it is asked now; nothing can be sent from here."""
    organisation = the_organisation()
    today = request.now.astimezone(organisation.zone).date()
    context = {
        "crumbs": _crumbs(request, _("Preview")),
        "steps": [
            (step.title, form_for(step)(today=today, currency=organisation.currency)) for step in form_now().steps
        ],
    }
    return render(request, "workspace/settings/form_preview.html", context)


@needs(May.CHANGE_FORM)
def question(request: StaffVisit, key: str = "") -> HttpResponse:
    """One question, new or known."""
    own, organisation = own_form_now(), the_organisation()
    before = own.called(key) if key else None
    if key and before is None:
        raise Http404
    if request.method != "POST":
        return _page(request, QuestionForm(organisation=organisation, initial=_initial(own.version, before)), key)
    typed = QuestionForm(request.POST, organisation=organisation)
    if not typed.is_valid():
        return _page(request, typed, key, status=422)
    made = typed.typed(key or new_key(), before)
    try:
        seen = typed.cleaned_data["seen"]
        change_form(changed(own.questions, made), seen=seen, by=request.actor, at=request.now)
    except Refusal as refusal:
        if refusal.code in {"not_permitted", "stale"}:
            raise
        typed.show(refusal)
        return _page(request, typed, key, status=422)
    messages.success(request, _("The question is saved. It is asked from now on."))
    return redirect("workspace:form")


@require_POST
@needs(May.CHANGE_FORM)
def moved(request: StaffVisit, key: str) -> HttpResponse:
    """The question goes up in its step (`up`), or is asked no more (`remove`). Answers of before stay as they are."""
    own = own_form_now()
    if own.called(key) is None:
        raise Http404
    is_removed = "remove" in request.POST
    seen = request.POST.get("seen", "")
    rest = without(own, key) if is_removed else moved_up(own.questions, key)
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 5 else 0
    try:
        change_form(rest, seen=number, by=request.actor, at=request.now)
    except Refusal as refusal:
        if refusal.code != "unchanged":
            raise
    else:
        messages.success(request, _("It is asked no more.") if is_removed else _("The order is saved."))
    return redirect("workspace:form")


def _initial(version: int, before: OwnQuestion | None) -> dict[str, Any]:
    if before is None:
        return {"seen": version, "kind": Kind.TEXT.value, "place": Place.ABOUT.value}
    found: dict[str, Any] = {
        "seen": version,
        "place": before.place,
        "kind": before.kind,
        "is_required": before.is_required,
    }
    for code in {*before.label, *before.hint, *(code for _key, label in before.choices for code in label)}:
        found[f"label_{code}"] = before.label.get(code, "")
        found[f"hint_{code}"] = before.hint.get(code, "")
        found[f"choices_{code}"] = "\n".join(label.get(code, "") for _key, label in before.choices)
    return found


def _crumbs(request: StaffVisit, here: str) -> list[Crumb]:
    crumbs = first_crumbs(request, here)
    crumbs.insert(-1, Crumb(_("Form"), reverse("workspace:form")))
    return crumbs


def _page(request: StaffVisit, typed: QuestionForm, key: str, *, status: int = 200) -> HttpResponse:
    context = {
        "crumbs": _crumbs(request, _("Question")),
        "form": typed,
        "is_new": not key,
    }
    return render(request, "workspace/settings/form_question.html", context, status=status)
