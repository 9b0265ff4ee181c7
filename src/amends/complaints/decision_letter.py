"""The decision in words, composed of the blocks that the rule pack demands."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.letter_blocks import Composed, blocks_of, composed, recourse
from amends.complaints.models import Complaint, Decision, Finding, Issue, Remedy
from amends.complaints.stages import Outcome
from amends.framework.models import Organisation
from amends.framework.rules.vocabulary import LetterKind
from amends.framework.which_packs import rules_of
from amends.kit.locales import locale_of, long_day, plain_day
from amends.kit.money import Money
from amends.rendering.wording import Wording

RESULTS = {
    Outcome.UPHELD: gettext_lazy("We agree with your complaint."),
    Outcome.PARTLY: gettext_lazy("We agree with part of your complaint."),
    Outcome.NOT_UPHELD: gettext_lazy("We do not agree with your complaint."),
    Outcome.UNDETERMINED: gettext_lazy("We could not find out what happened."),
}

FINDINGS = {
    Finding.Result.UPHELD: gettext_lazy("we agree"),
    Finding.Result.PARTLY: gettext_lazy("we agree in part"),
    Finding.Result.NOT_UPHELD: gettext_lazy("we do not agree"),
    Finding.Result.UNDETERMINED: gettext_lazy("we could not find out"),
}


def compose(
    complaint: Complaint, decision: Decision, organisation: Organisation, answer_wanted_by: datetime
) -> Composed:
    """Write the decision in the language of the response.

    Raises Refusal `block_missing` when a block of the pack cannot be written in that language.
    """
    language, rules = decision.response.language, rules_of(complaint.pack)
    by_day = long_day(answer_wanted_by.astimezone(organisation.zone), language)
    writers: dict[str, Callable[[], str]] = {
        "result": lambda: _result(decision),
        "reasons": lambda: _reasons(complaint, decision),
        "remedies": lambda: _remedies(decision, language),
        "how_to_answer": lambda: _how_to_answer(by_day, is_reviewed=rules.stage(2) is not None),
        "recourse": lambda: recourse(organisation, language),
    }
    in_review = complaint.round > 1 and LetterKind.REVIEW_DECISION in rules.letters
    kind = LetterKind.REVIEW_DECISION if in_review else LetterKind.DECISION
    code = "letter_review_decision" if in_review else "letter_decision"
    return composed(code, rules, kind, blocks_of(rules, kind, ()), writers, language)


def _result(decision: Decision) -> str:
    return f"{RESULTS[Outcome(decision.outcome)]} {decision.response.summary}"


def _reasons(complaint: Complaint, decision: Decision) -> str:
    issues = list(Issue.objects.filter(complaint=complaint).order_by("number"))
    parts = [decision.response.reasons]
    if len(issues) > 1:
        current = {f.issue_id: f for f in Finding.objects.filter(issue__in=issues, is_current=True)}
        line = Wording(_("{number}. {point}: {result}."), ("number", "point", "result"))
        parts += [
            line.fill(
                number=str(issue.number),
                point=issue.summary,
                result=str(FINDINGS[Finding.Result(current[issue.pk].result)]),
            )
            for issue in issues
            if issue.pk in current
        ]
    return "\n\n".join((parts[0], "\n".join(parts[1:]))).strip()


def _remedies(decision: Decision, language: str) -> str:
    remedies = list(Remedy.objects.filter(response=decision.response).select_related("kind").order_by("number"))
    parts = []
    if remedies:
        with_day = Wording(_("– {remedy}, by {day}"), ("remedy", "day"))
        lines = [
            with_day.fill(remedy=_one_remedy(remedy, language), day=plain_day(remedy.due_on, language))
            for remedy in remedies
        ]
        parts.append("\n".join([_("What we will do:"), *lines]))
    if decision.response.prevention:
        parts.append("\n".join([_("So that it does not happen again:"), decision.response.prevention]))
    return "\n\n".join(parts)


def _one_remedy(remedy: Remedy, language: str) -> str:
    if remedy.amount is None:
        return remedy.description
    return f"{remedy.description} ({Money(remedy.amount, remedy.currency).in_words_of(locale_of(language))})"


def _how_to_answer(by_day: str, *, is_reviewed: bool) -> str:
    if not is_reviewed:
        plain = Wording(
            _(
                "Please tell us by {day} whether you accept this decision. If you do not agree, tell us why: the "
                "complaint then stays open. If we do not hear from you, we do not take it that you agree."
            ),
            ("day",),
        )
        return plain.fill(day=by_day)
    text = Wording(
        _(
            "Please tell us by {day} whether you accept this decision. If you do not agree, tell us why: somebody who "
            "did not decide before will look at it again. If we do not hear from you, we do not take it that you agree."
        ),
        ("day",),
    )
    return text.fill(day=by_day)
