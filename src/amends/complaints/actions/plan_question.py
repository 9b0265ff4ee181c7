"""Planning what to find out about a point (ISO 10002, 7.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Issue, PlanQuestion
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def plan_question(
    complaint: Complaint,
    issue: Issue,
    *,
    text: str,
    source: str,
    by: engine.Person,
    at: datetime,
    seen: int | None = None,
) -> PlanQuestion:
    """Write down what we want to know, and where we expect to learn it. Refusals: `question_needed`."""
    text, source = clean_line(text)[:500], clean_line(source)[:300]
    if not text:
        raise Refusal("question_needed", _("Write what you want to know."), field="text")
    if issue.complaint_id != complaint.pk:
        raise Refusal("issue_elsewhere", _("This point belongs to another complaint."))
    lifecycle.take(Verb.PLAN_QUESTION, complaint, by=by, at=at, seen=seen)
    question = PlanQuestion.objects.create(
        issue=issue,
        number=PlanQuestion.objects.filter(issue=issue).count() + 1,
        round=complaint.round,
        text=text,
        source=source,
        person_id=staff_id_of(by),
        at=at,
    )
    record(
        events.QuestionPlanned(complaint=complaint.subject, number=issue.number, question=question.number),
        by=by,
        at=at,
        payload={"question": text, "source": source},
    )
    return question
