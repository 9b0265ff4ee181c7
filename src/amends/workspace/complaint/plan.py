"""The plan of the investigation, point by point: questions, and what was learned from where (7.6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import answer_question, plan_question
from amends.complaints.models import Issue, PlanAnswer, PlanQuestion
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

PLANNING = Screen(
    verb=Verb.PLAN_QUESTION,
    title=_("Plan a question"),
    button=_("Save the question"),
    said=_("The question stands in the plan."),
    template="workspace/complaint/question.html",
)
ANSWERING = Screen(
    verb=Verb.ANSWER_QUESTION,
    title=_("Answer a question of the plan"),
    button=_("Save the answer"),
    said=_("The answer is saved."),
    template="workspace/complaint/question.html",
)


@dataclass(frozen=True)
class QuestionShown:
    """A question with the answer that counts, those before it, and where to answer."""

    question: PlanQuestion
    answer: PlanAnswer | None
    earlier: Sequence[PlanAnswer]
    href: str = ""


class QuestionForm(StepForm):
    """What we want to know, and where we expect to learn it."""

    text = LineField(
        label=_("What do we want to know?"),
        max_length=500,
        error_messages={"required": _("Write what you want to know.")},
    )
    source = LineField(
        label=_("Where could we learn it?"),
        help_text=_("A person, a record, a measurement, a visit."),
        max_length=300,
        required=False,
    )


class AnswerForm(StepForm):
    """What was learned. What was answered last stands in it, so that a correction starts from there."""

    text = long_text(_("What did we learn?"), longest=10_000, missing=_("Write what we learned"))
    source = LineField(
        label=_("From where?"),
        help_text=_("Who said it, or which record shows it, so that others can check it."),
        max_length=300,
        error_messages={"required": _("Say where you learned this, so that others can check it.")},
    )

    def prepare(self) -> None:
        self.question = _question(self.case, self.number, _asked(self.request))
        answer = PlanAnswer.objects.filter(question=self.question, is_current=True).first()
        if answer is not None:
            self.initial.update({"text": answer.text, "source": answer.source})
        else:
            self.initial["source"] = self.question.source


@needs(May.INVESTIGATE)
def questions(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Add a question on one point."""
    case = opened(request, reference)
    issue = _issue(case, number)

    def act(case: Case, form: QuestionForm) -> None:
        given = form.cleaned_data
        plan_question(
            case.complaint,
            issue,
            text=given["text"],
            source=given["source"],
            by=case.actor,
            at=case.now,
            seen=form.version,
        )

    def look(case: Case, form: QuestionForm) -> dict[str, object]:
        return {"issue": issue}

    return PLANNING.answer(request, case, QuestionForm, act, look, then=case.at("investigation"))


@needs(May.INVESTIGATE)
def answer(request: StaffVisit, reference: str, number: int, question: int) -> HttpResponse:
    """Answer a question; saving again makes a new version."""
    case = opened(request, reference)
    asked = _question(case, number, question)

    def act(case: Case, form: AnswerForm) -> None:
        given = form.cleaned_data
        form.question.issue.complaint = case.complaint
        answer_question(
            form.question, text=given["text"], source=given["source"], by=case.actor, at=case.now, seen=form.version
        )

    def look(case: Case, form: AnswerForm) -> dict[str, object]:
        return {"issue": asked.issue, "question": asked}

    return ANSWERING.answer(request, case, AnswerForm, act, look, then=case.at("investigation"))


def questions_of(case: Case) -> dict[int, list[QuestionShown]]:
    """The questions of each point, by the key of the point. Two queries however many there are."""
    rows = PlanQuestion.objects.filter(issue__complaint=case.complaint).select_related("person", "issue")
    found = list(rows.order_by("issue__number", "number"))
    answers: dict[int, list[PlanAnswer]] = {}
    for each in PlanAnswer.objects.filter(question__in=found).select_related("person").order_by("-version"):
        answers.setdefault(each.question_id, []).append(each)
    may_answer = "answer_question" in case.open_to
    shown: dict[int, list[QuestionShown]] = {}
    for question in found:
        versions = answers.get(question.pk, [])
        where = {"number": question.issue.number, "question": question.number}
        href = case.at("question_answer", **where) if may_answer else ""
        current = versions[0] if versions else None
        shown.setdefault(question.issue_id, []).append(QuestionShown(question, current, versions[1:], href))
    return shown


def _asked(request: StaffVisit) -> int:
    match = request.resolver_match
    return int(match.kwargs["question"]) if match else 0


def _issue(case: Case, number: int) -> Issue:
    issue = Issue.objects.filter(complaint=case.complaint, number=number).select_related("category").first()
    if issue is None:
        raise Http404
    return issue


def _question(case: Case, number: int, question: int) -> PlanQuestion:
    rows = PlanQuestion.objects.filter(issue__complaint=case.complaint, issue__number=number, number=question)
    found = rows.select_related("issue", "person").first()
    if found is None:
        raise Http404
    return found
