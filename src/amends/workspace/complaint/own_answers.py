"""What somebody answered to the organisation's own questions, in words, with the questions as they were asked."""

from django.utils.functional import Promise

from amends.complaints.form_now import own_choices
from amends.complaints.models import OwnAnswer
from amends.framework.models import FormVersion
from amends.framework.own_questions import OwnQuestion, read
from amends.kit.money import Money
from amends.ui import formatting
from amends.workspace.complaint.opening import Case

Words = str | Promise


def own_answer_lines(case: Case) -> list[tuple[Words, Words]]:
    """Question and answer. Two queries, one for a complaint without any."""
    rows = list(OwnAnswer.objects.filter(complaint=case.complaint).order_by("position"))
    if not rows:
        return []
    versions = {row.version: read(row) for row in FormVersion.objects.filter(version__in={row.version for row in rows})}
    lines: list[tuple[Words, Words]] = []
    for row in rows:
        form = versions.get(row.version)
        question = form.called(row.key) if form else None
        lines.append((str(question.label) if question else row.key, case.mask.hides(_in_words(row, question))))
    return lines


def _in_words(row: OwnAnswer, question: OwnQuestion | None) -> str:
    if row.day is not None:
        return formatting.day(row.day)
    if row.amount is not None:
        return formatting.money(Money(row.amount, row.currency))
    if row.code:
        labels = {str(code): str(label) for code, label in own_choices(question)} if question else {}
        return labels.get(row.code, row.code)
    return row.text
