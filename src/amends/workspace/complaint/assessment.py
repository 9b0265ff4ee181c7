"""The initial assessment, and assessing again (7.5, DESIGN 4.8)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import assess
from amends.complaints.models import CaseText, Deadline
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.complaints.stages import Stage
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Tone
from amends.workspace.complaint.assessment_form import AssessmentForm
from amends.workspace.complaint.clocks import clocks_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen

Words = str | Promise

FIRST = Screen(
    verb=Verb.ASSESS,
    title=gettext_lazy("Assess"),
    button=gettext_lazy("Save assessment"),
    said=gettext_lazy("The assessment is saved."),
    template="workspace/complaint/assessment.html",
)
AGAIN = replace(FIRST, verb=Verb.REASSESS, title=gettext_lazy("Assess again"))

_LOOKS: dict[int, tuple[Words, Tone]] = {
    1: (gettext_lazy("Priority 1, urgent"), "danger"),
    2: (gettext_lazy("Priority 2, high"), "warn"),
    3: (gettext_lazy("Priority 3, normal"), "info"),
    4: (gettext_lazy("Priority 4, low"), ""),
}


@dataclass(frozen=True)
class Result:
    """What a priority means, for the box on the page."""

    priority: int
    title: Words
    tone: Tone
    text: Words

    @property
    def big(self) -> str:
        """As it stands in the matrix."""
        return f"P{self.priority}"


@needs(May.ASSESS)
def assessment(request: StaffVisit, reference: str) -> HttpResponse:
    """Judge it, and give it to somebody; the result is shown before it is saved."""
    case = opened(request, reference)
    screen = FIRST if Stage(case.complaint.stage) in {Stage.RECEIVED, Stage.REOPENED} else AGAIN
    then = f"{case.at()}#composer" if "ask" in request.POST else ""
    return screen.answer(request, case, AssessmentForm, _act, _look, then=then)


def _act(case: Case, form: AssessmentForm) -> None:
    assess(case.complaint, form.judgement, by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: AssessmentForm) -> dict[str, object]:
    results = _results(case)
    return {
        "original": case.masked(CaseText.objects.filter(complaint=case.complaint, role=CaseText.Role.ORIGINAL).first()),
        "results": results,
        "result": next((result for result in results if result.priority == form.suggested), None),
        "matrix": json.dumps(form.matrix.document()["results"]),
    }


def _results(case: Case) -> Sequence[Result]:
    """The four results. No clock of the pack depends on the priority: the day is the same for all."""
    kinds = {Deadline.Kind.DECISION, Deadline.Kind.REVIEW}
    due = next((clock for clock in clocks_of(case) if clock.is_open and clock.kind in kinds), None)
    told = _("A new handler is told by mail when you save.")
    if due is not None:
        day = formatting.day(due.due_at)
        told = _("The decision is due by %(day)s. A new handler is told by mail when you save.") % {"day": day}
    return [Result(priority, title, tone, told) for priority, (title, tone) in _LOOKS.items()]
