"""The form on paper: the same questions as on these pages, to fill in by hand (ISO 10002, annex C)."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.complaints.form_definition import Answer, FormStep, Question
from amends.portal.information import ways_now
from amends.portal.leaflets import paper, shown_address
from amends.portal.step_forms import form_of
from amends.portal.visiting import PortalVisit, for_the_public
from amends.rendering.pdf import Template, Value
from amends.ui import formatting

Words = str | Promise

#: More answers than these are not printed: people write what they mean.
MOST_BOXES = 24
_LINES = {Answer.TEXT: 3, Answer.FILES: 2}
_LONG_TEXT = 4000


@dataclass(frozen=True)
class Asked:
    """A question as it is printed: boxes to tick, or lines to write on."""

    label: Words
    hint: Words
    condition: str
    is_optional: bool
    boxes: list[str]
    lines: int


@dataclass(frozen=True)
class Part:
    """A step of the form."""

    title: Words
    questions: list[Asked]


@require_safe
@for_the_public
def print_form(visit: PortalVisit) -> HttpResponse:
    """As a page, to print or to read first."""
    context = {
        "parts": parts_of(visit),
        "version": form_of(visit).version,
        "address": shown_address(),
        "ways": ways_now(visit.organisation),
    }
    return render(visit, "portal/print_form.html", context)


@require_safe
@for_the_public
def print_form_pdf(visit: PortalVisit) -> HttpResponse:
    """On A4."""
    return paper(visit, Template.FORM, _data(visit, large=False), "complaint-form")


@require_safe
@for_the_public
def print_form_large_pdf(visit: PortalVisit) -> HttpResponse:
    """The same at 18 points."""
    return paper(visit, Template.FORM, _data(visit, large=True), "complaint-form-large-print")


def parts_of(visit: PortalVisit) -> list[Part]:
    """Every question that is asked at present, by step."""
    return [
        Part(step.title, [_asked(step, each) for each in step.questions if not each.staff_only])
        for step in form_of(visit).steps
    ]


def _asked(step: FormStep, question: Question) -> Asked:
    boxes = _boxes(question)
    lines = 0 if boxes else _LINES.get(question.answer, 1)
    if question.answer is Answer.TEXT and question.longest > _LONG_TEXT:
        lines = 12
    hint = _("List what you enclose. Send copies and keep the originals.") if question.answer is Answer.FILES else ""
    is_on_screen = question.answer in {Answer.DAY, Answer.FILES} or question.longest > _LONG_TEXT
    return Asked(
        question.label,
        hint or ("" if is_on_screen else question.hint),
        _condition(step, question),
        not question.is_required,
        boxes,
        lines,
    )


def _boxes(question: Question) -> list[str]:
    if question.choices is None or question.answer is Answer.LONG_CHOICE:
        return []
    found: list[str] = []
    for value, label in question.choices():
        if isinstance(label, str | Promise):
            found.append(str(label))
        else:
            found += [f"{value}: {name}" for _code, name in label]
    return found if len(found) <= MOST_BOXES else []


def _condition(step: FormStep, question: Question) -> str:
    """When somebody need not answer it: on paper nothing folds away by itself."""
    if question.only_when is None:
        return ""
    key, wanted = question.only_when
    asked = next((each for each in step.questions if each.key == key), None)
    choices: list[Any] = list(asked.choices()) if asked and asked.choices else []
    named = next((str(label) for value, label in choices if value == wanted), "")
    return _("Only if you have ticked “%(answer)s”") % {"answer": named.partition(".")[0]} if named else ""


def _data(visit: PortalVisit, *, large: bool) -> dict[str, Value]:
    organisation = visit.organisation
    return {
        "title": _("Complaint form"),
        "organisation": organisation.name,
        "large": large,
        "lead": _("Use your own words, in any language. Leave out what you do not know. It costs nothing."),
        "optional": _("optional"),
        "parts": [
            {
                "title": str(part.title),
                "questions": [
                    {
                        "label": str(each.label),
                        "hint": str(each.hint),
                        "condition": each.condition,
                        "optional": each.is_optional,
                        "boxes": each.boxes,
                        "lines": each.lines,
                    }
                    for each in part.questions
                ],
            }
            for part in parts_of(visit)
        ],
        "date": _("Date"),
        "signature": _("Signature"),
        "send": _("Where to send it"),
        "ways": [[str(label), value] for label, value in ways_now(organisation)],
        "online": _("On the internet"),
        "address": shown_address(),
        "foot": _("%(organisation)s, form version %(version)s, %(day)s")
        % {
            "organisation": organisation.name,
            "version": form_of(visit).version,
            "day": formatting.day(visit.now),
        },
    }
