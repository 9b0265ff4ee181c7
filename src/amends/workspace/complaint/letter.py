"""The decision as the complainant will read it, before it is sent."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from amends.complaints import deadlines
from amends.complaints.decision_letter import compose
from amends.complaints.models import Deadline, Decision, Response
from amends.kit.refusal import Refusal
from amends.workspace.complaint.opening import Case

Words = str | Promise


@dataclass(frozen=True)
class Preview:
    """The text with the day by which an answer is asked for, or why there can be no letter."""

    text: str = ""
    language: str = ""
    answer_by: date | None = None
    obstacle: Words = ""


def preview_of(case: Case, decision: Decision) -> Preview:
    """The letter of a decision as it would go out now."""
    due_at = deadlines.due_if_started(case.complaint, Deadline.Kind.ANSWER, case.now)
    try:
        letter = compose(case.complaint, decision, case.organisation, due_at)
    except Refusal as refusal:
        return Preview(obstacle=refusal.sentence)
    day = due_at.astimezone(case.organisation.zone).date()
    return Preview(letter.text, decision.response.language, day)


def preview_of_proposal(case: Case, response: Response) -> Preview:
    """The letter that a proposed response would become."""
    return preview_of(case, Decision(complaint=case.complaint, response=response, outcome=response.outcome))
