"""The form with the organisation's own questions: one definition for the web, for paper and for the telephone."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from amends.complaints.form_definition import COMPLAINT_FORM, Answer, Choice, FormDefinition, Question
from amends.framework.own_questions import NO, YES, Kind, OwnForm, OwnQuestion, own_form_now

_ASKED_AS = {
    Kind.TEXT: Answer.LINE,
    Kind.LONG_TEXT: Answer.TEXT,
    Kind.DAY: Answer.DAY,
    Kind.AMOUNT: Answer.AMOUNT,
    Kind.CHOICE: Answer.CHOICE,
    Kind.YES_NO: Answer.CHOICE,
}
_LONGEST = {Kind.TEXT: 300, Kind.LONG_TEXT: 4000, Kind.AMOUNT: 20}


def form_now() -> FormDefinition:
    """The form that is asked at present: ours, with the organisation's own questions at the end of each step."""
    return with_own(own_form_now())


def with_own(own: OwnForm) -> FormDefinition:
    """The form of a version."""
    steps = []
    for step in COMPLAINT_FORM.steps:
        more = tuple(own_question(each) for each in own.questions if each.place == step.slug)
        steps.append(replace(step, questions=(*step.questions, *more)))
    return FormDefinition(own.version, tuple(steps))


def own_question(own: OwnQuestion) -> Question:
    """A question of the organisation's own as one of the form. Its words are those of the reader's language."""
    kind = Kind(own.kind)
    return Question(
        own.key,
        _ASKED_AS[kind],
        str(own.label),
        str(own.hint),
        is_required=own.is_required,
        longest=_LONGEST.get(kind, 200),
        choices=(lambda: own_choices(own)) if kind in {Kind.CHOICE, Kind.YES_NO} else None,
    )


def own_choices(own: OwnQuestion) -> list[Choice]:
    """The answers to choose from, by their codes."""
    if own.kind == Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    return [(code, str(label)) for code, label in own.choices]
