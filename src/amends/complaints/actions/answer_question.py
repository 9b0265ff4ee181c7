"""Answering a question of the plan, with a source (ISO 10002, 7.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import PlanAnswer, PlanQuestion
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def answer_question(
    question: PlanQuestion, *, text: str, source: str, by: engine.Person, at: datetime, seen: int | None = None
) -> PlanAnswer:
    """Write down what was learned and from where. Answering again makes a new version; the earlier one stays.

    Refusals: `text_needed`, `source_needed`.
    """
    complaint = question.issue.complaint
    text, source = checked_text(text, longest=10_000), clean_line(source)[:300]
    if not source:
        raise Refusal("source_needed", _("Say where you learned this, so that others can check it."), field="source")
    lifecycle.take(Verb.ANSWER_QUESTION, complaint, by=by, at=at, seen=seen)
    earlier = PlanAnswer.objects.filter(question=question).count()
    PlanAnswer.objects.filter(question=question, is_current=True).update(is_current=False)
    answer = PlanAnswer.objects.create(
        question=question, version=earlier + 1, text=text, source=source, person_id=staff_id_of(by), at=at
    )
    record(
        events.QuestionAnswered(
            complaint=complaint.subject,
            number=question.issue.number,
            question=question.number,
            version=answer.version,
        ),
        by=by,
        at=at,
        payload={"answer": text, "source": source},
    )
    return answer
