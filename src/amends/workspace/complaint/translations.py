"""Translations beside the texts of a complaint, marked as made by a person or a machine. Originals stay as they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amends.complaints.actions import translate
from amends.complaints.actions.translate import LONGEST_TRANSLATOR, Translation
from amends.complaints.models import CaseText, Issue
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.complaints.translating import newest_translations, translations_of
from amends.correspondence.models import Message
from amends.correspondence.writing import LONGEST_MESSAGE
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.languages import all_languages, called
from amends.ui.parts import Translated
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.header import crumbs_of, tags_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm
from amends.workspace.complaint.translated import TEXT, is_the_complaint, shown, spoken_with

Words = str | Promise

PAGE_SIZE = 20
PERSON, MACHINE = "person", "machine"
SCREEN = Screen(
    verb=Verb.TRANSLATE,
    title=gettext_lazy("Add a translation"),
    button=gettext_lazy("Save the translation"),
    said=gettext_lazy("The translation stands beside the original now."),
    intro=gettext_lazy("The original stays as it is and comes first. Earlier versions of a translation are kept."),
    template="workspace/complaint/translation.html",
)


@dataclass(frozen=True)
class Original:
    """A text that can be translated, with what was translated of it."""

    of: Issue | Message | None
    key: str
    title: Words
    text: str
    language: str
    translations: list[Translated]

    @property
    def called(self) -> str:
        """Its language, as its speakers call it; of our own messages only the complainant's language is known."""
        is_ours = isinstance(self.of, Message) and self.of.direction == Message.Direction.OUT
        return called(self.language) if self.language and not is_ours else ""


class TranslationForm(StepForm):
    """In which language, the text, and who or what made it."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the translation"),
        widget=forms.Select({"class": "input"}),
        error_messages={"required": gettext_lazy("Choose a language.")},
    )
    text = long_text(
        gettext_lazy("Translation"),
        longest=LONGEST_MESSAGE,
        rows=10,
        missing=gettext_lazy("Write the translation"),
    )
    made_by = forms.ChoiceField(
        label=gettext_lazy("Who translated it?"),
        choices=[(PERSON, gettext_lazy("A person")), (MACHINE, gettext_lazy("A machine"))],
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Say whether a person or a machine translated it")},
    )
    translator = LineField(
        label=gettext_lazy("Name of the translator or of the program"),
        help_text=gettext_lazy("Leave it empty where you translated it yourself. A program has to be named."),
        max_length=LONGEST_TRANSLATOR,
        required=False,
    )

    def prepare(self) -> None:
        self.choose("language", [("", _("Choose a language")), *all_languages(self.case.organisation)])
        self.initial["language"] = get_language() or ""


@needs(May.LIST)
def translations(request: StaffVisit, reference: str) -> HttpResponse:
    """Every text of the complaint beside its translations; the messages newest first, some at once."""
    case = opened(request, reference)
    found, older = _originals(case, _number(request.GET.get("before", "")))
    context = {
        "case": case,
        "complaint": case.complaint,
        "tags": tags_of(case),
        "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=_("Translations")),
        "originals": found,
        "older": f"{case.at('translations')}?before={older}" if older else "",
        "may_add": "translate" in case.open_to,
    }
    return render(request, "workspace/complaint/translations.html", context)


@needs(May.HANDLE)
def translation(request: StaffVisit, reference: str, of: str) -> HttpResponse:
    """One text and room for its translation; every version below."""
    case = opened(request, reference)
    original = _original(case, of)

    def act(case: Case, form: TranslationForm) -> None:
        given = form.cleaned_data
        is_by_machine = given["made_by"] == MACHINE
        said = Translation(given["language"], given["text"], is_by_machine, given["translator"])
        translate(case.complaint, original.of, said, by=case.actor, at=case.now)

    def look(case: Case, form: TranslationForm) -> dict[str, object]:
        rows = translations_of(case.complaint, original.of).select_related("person")
        return {"original": original, "versions": list(zip(shown(rows, case), rows, strict=True))}

    return SCREEN.answer(request, case, TranslationForm, act, look, then=case.at("translations"))


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else None


def _original(case: Case, key: str) -> Original:
    """The text that an address names, or 404."""
    what, _dash, written = key.partition("-")
    number = _number(written)
    if key == TEXT and (text := _text_of(case)) is not None:
        return Original(None, TEXT, _("The complaint as it came"), case.mask.hides(text.text), text.language, [])
    if what == "point" and number is not None:
        issue = Issue.objects.filter(complaint=case.complaint, number=number).first()
        if issue is not None:
            return _of_point(issue, case, [])
    keys = spoken_with(case)
    if what == "message" and number is not None and 1 <= number <= len(keys):
        return _of_message(Message.objects.get(pk=keys[number - 1]), number, case, [])
    raise Http404


def _originals(case: Case, before: int | None) -> tuple[list[Original], int | None]:
    """The texts of a page, and before which message the next one goes on."""
    found, keys = newest_translations(case.complaint), spoken_with(case)
    end = len(keys) if before is None else max(min(before - 1, len(keys)), 0)
    start = max(end - PAGE_SIZE, 0)
    originals = list(_complaint_and_points(case)) if before is None else []
    originals = [
        Original(each.of, each.key, each.title, each.text, each.language, shown(rows, case))
        for each in originals
        for rows in [found.of_points.get(each.of.pk, []) if isinstance(each.of, Issue) else found.of_text]
    ]
    rows = Message.objects.in_bulk(keys[start:end])
    for number in range(end, start, -1):
        message = rows[keys[number - 1]]
        if not is_the_complaint(message, case):
            theirs = shown(found.of_messages.get(message.pk, []), case)
            originals.append(_of_message(message, number, case, theirs))
    return originals, start + 1 if start else None


def _complaint_and_points(case: Case) -> Iterator[Original]:
    text = _text_of(case)
    if text is not None:
        yield Original(None, TEXT, _("The complaint as it came"), case.mask.hides(text.text), text.language, [])
    for issue in Issue.objects.filter(complaint=case.complaint).order_by("number"):
        yield _of_point(issue, case, [])


def _text_of(case: Case) -> CaseText | None:
    return CaseText.objects.filter(complaint=case.complaint, role=CaseText.Role.ORIGINAL).first()


def _of_point(issue: Issue, case: Case, rows: list[Translated]) -> Original:
    title = _("Point %(number)s") % {"number": issue.number}
    return Original(issue, f"point-{issue.number}", title, case.mask.hides(issue.summary), "", rows)


def _of_message(message: Message, number: int, case: Case, rows: list[Translated]) -> Original:
    day = {"day": formatting.day(message.at)}
    is_theirs = message.direction == Message.Direction.IN
    title = _("What they wrote on %(day)s") % day if is_theirs else _("What we wrote on %(day)s") % day
    return Original(message, f"message-{number}", title, case.mask.hides(message.text), message.language, rows)
