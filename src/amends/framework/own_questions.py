"""The organisation's own questions, read: typed, in several languages, each in one step of the form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from amends.framework.models import FormVersion
from amends.kit.translated import TranslatedText

FIRST_VERSION = 1
MOST_QUESTIONS, MOST_CHOICES = 30, 12
LONGEST_LABEL, LONGEST_HINT, LONGEST_CHOICE = 200, 300, 120


class Kind(models.TextChoices):
    """The type of an answer, which decides how it is asked, checked and kept."""

    TEXT = "text", _("A short text")
    LONG_TEXT = "long_text", _("A long text")
    DAY = "day", _("A day in the past")
    AMOUNT = "amount", _("An amount of money")
    CHOICE = "choice", _("One of several answers")
    YES_NO = "yes_no", _("Yes or no")


class Place(models.TextChoices):
    """The steps of the form, by their names in addresses."""

    ABOUT = "about", _("What it is about")
    WHO = "who", _("Who it is for")
    WHAT = "what", _("What went wrong")
    REMEDY = "remedy", _("What would put it right")
    CONTACT = "contact", _("How we can reach you")


YES, NO = "yes", "no"


@dataclass(frozen=True)
class OwnQuestion:
    """One question. `key` stays the same through all versions and is never used again for another one."""

    key: str
    place: str
    kind: str
    label: TranslatedText
    hint: TranslatedText = field(default_factory=TranslatedText)
    is_required: bool = False
    choices: tuple[tuple[str, TranslatedText], ...] = ()

    def written(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "key": self.key,
            "place": self.place,
            "kind": self.kind,
            "label": self.label.as_dict(),
            "hint": self.hint.as_dict(),
            "is_required": self.is_required,
            "choices": [[code, label.as_dict()] for code, label in self.choices],
        }


@dataclass(frozen=True)
class OwnForm:
    """All own questions of a version, in their order."""

    version: int = FIRST_VERSION
    questions: tuple[OwnQuestion, ...] = ()

    def called(self, key: str) -> OwnQuestion | None:
        """The question of that key."""
        return next((question for question in self.questions if question.key == key), None)


def own_form_now() -> OwnForm:
    """The version in force. One short query."""
    newest = FormVersion.objects.order_by("-version").first()
    return read(newest) if newest is not None else OwnForm()


def own_form_of(version: int) -> OwnForm:
    """A version, as answers name it."""
    row = FormVersion.objects.filter(version=version).first()
    return read(row) if row is not None else OwnForm(version)


def read(row: FormVersion) -> OwnForm:
    """A stored version."""
    return OwnForm(row.version, tuple(_question(each) for each in row.document))


def _question(kept: dict[str, Any]) -> OwnQuestion:
    return OwnQuestion(
        key=kept["key"],
        place=kept["place"],
        kind=kept["kind"],
        label=TranslatedText(kept["label"]),
        hint=TranslatedText(kept["hint"]),
        is_required=kept["is_required"],
        choices=tuple((code, TranslatedText(label)) for code, label in kept["choices"]),
    )


def new_key() -> str:
    """A key that no version has used."""
    used = [0]
    for document in FormVersion.objects.values_list("document", flat=True):
        used += [int(each["key"].removeprefix("own")) for each in document]
    return f"own{max(used) + 1}"


def changed(questions: Sequence[OwnQuestion], question: OwnQuestion) -> tuple[OwnQuestion, ...]:
    """The questions with one that is new, or put in the place of the one with its key."""
    if any(each.key == question.key for each in questions):
        return tuple(question if each.key == question.key else each for each in questions)
    return (*questions, question)


def moved_up(questions: Sequence[OwnQuestion], key: str) -> tuple[OwnQuestion, ...]:
    """The question before the one above it in its step; the first stays where it is."""
    found = list(questions)
    here = next((place for place, each in enumerate(found) if each.key == key), None)
    if here is None:
        return tuple(found)
    above = [place for place in range(here) if found[place].place == found[here].place]
    if above:
        found[above[-1]], found[here] = found[here], found[above[-1]]
    return tuple(found)


def with_codes(labels: Iterable[TranslatedText], before: OwnQuestion | None) -> tuple[tuple[str, TranslatedText], ...]:
    """Choices with their codes: the same place keeps its code, so that answers of before still mean it."""
    known = [code for code, _label in before.choices] if before else []
    found = []
    for place, label in enumerate(labels):
        code = known[place] if place < len(known) else f"c{place + 1}"
        found.append((code, label))
    return tuple(found)


def without(form: OwnForm, key: str) -> tuple[OwnQuestion, ...]:
    """The questions but one."""
    return tuple(each for each in form.questions if each.key != key)
