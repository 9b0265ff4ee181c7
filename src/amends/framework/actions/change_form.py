"""Changing the organisation's own questions in the form for complainants (ISO 10002, annex C)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import FormVersion
from amends.framework.own_questions import (
    LONGEST_CHOICE,
    LONGEST_HINT,
    LONGEST_LABEL,
    MOST_CHOICES,
    MOST_QUESTIONS,
    Kind,
    OwnQuestion,
    Place,
    own_form_now,
)
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def change_form(questions: Sequence[OwnQuestion], *, by: engine.Person, at: datetime, seen: int) -> FormVersion:
    """Ask these from now on. `seen` is the version that was changed.

    Refusals: `stale`, `unchanged`, `too_many`, `label_needed`, `text_too_long`, `choices_needed`, `unknown_kind`.
    """
    engine.require(by, May.CHANGE_FORM)
    newest = own_form_now()
    if seen != newest.version:
        raise _stale()
    if tuple(questions) == newest.questions:
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    _check(questions)
    try:
        with transaction.atomic():
            row = FormVersion.objects.create(
                version=newest.version + 1,
                document=[question.written() for question in questions],
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise _stale() from error
    record(
        events.FormChanged(
            form=row.subject, version=row.version, questions=tuple(question.key for question in questions)
        ),
        by=by,
        at=at,
    )
    return row


def _check(questions: Sequence[OwnQuestion]) -> None:
    if len(questions) > MOST_QUESTIONS:
        sentence = _("%(most)s own questions are the most: nobody answers a form without an end.")
        raise Refusal("too_many", sentence % {"most": MOST_QUESTIONS})
    main = the_organisation().main_language
    for question in questions:
        if question.kind not in Kind.values or question.place not in Place.values:
            raise Refusal("unknown_kind", _("Choose one of the answers shown"), field="kind")
        if main not in question.label:
            raise Refusal("label_needed", _("Write the question, in the main language at least."), field="label")
        _check_lengths(question)
        if question.kind == Kind.CHOICE and not 2 <= len(question.choices) <= MOST_CHOICES:
            sentence = _("Write 2 to %(most)s answers to choose from, each on a line of its own.")
            raise Refusal("choices_needed", sentence % {"most": MOST_CHOICES}, field="choices")
        if question.kind == Kind.CHOICE and any(main not in label for _code, label in question.choices):
            sentence = _("Write the answers in the main language at least.")
            raise Refusal("choices_needed", sentence, field="choices")


def _check_lengths(question: OwnQuestion) -> None:
    for texts, longest, field in (
        ([question.label], LONGEST_LABEL, "label"),
        ([question.hint], LONGEST_HINT, "hint"),
        ([label for _code, label in question.choices], LONGEST_CHOICE, "choices"),
    ):
        if any(len(text) > longest for each in texts for text in each.values()):
            sentence = _("Shorten the text to %(longest)d characters.") % {"longest": longest}
            raise Refusal("text_too_long", sentence, field=field)


def _stale() -> Refusal:
    return Refusal("stale", _("Somebody else has changed the form meanwhile. Look at it and make your change again."))
