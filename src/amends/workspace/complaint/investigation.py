"""The investigation: each point with what was found, earlier versions included; and opening it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import investigate
from amends.complaints.both_sides import checklist_of
from amends.complaints.models import Finding
from amends.complaints.next_step import Point, points_of
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint import frame
from amends.workspace.complaint.depth import OpeningForm, levels_of, proposed, repeats_in_words
from amends.workspace.complaint.evidence import evidence_of
from amends.workspace.complaint.hearings import hearings_of, unheard_of
from amends.workspace.complaint.interim import interim_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.plan import QuestionShown, questions_of
from amends.workspace.complaint.stepping import Screen
from amends.workspace.complaint.tasks import tasks_of

OPENING = Screen(
    verb=Verb.INVESTIGATE,
    title=_("Open the investigation"),
    button=_("Open the investigation"),
    said=_("The investigation is open."),
    intro=_("From now on findings can be recorded, one for each point."),
    template="workspace/complaint/level.html",
)


@dataclass(frozen=True)
class PointShown:
    """A point with its questions, its finding, what was found before, and where to record more."""

    point: Point
    earlier: Sequence[Finding]
    questions: Sequence[QuestionShown] = ()
    href: str = ""
    ask_href: str = ""


@needs(May.LIST)
def investigation(request: StaffVisit, reference: str) -> HttpResponse:
    """All points and findings; a POST opens the investigation."""
    if request.method == "POST":
        return OPENING.answer(request, opened(request, reference), OpeningForm, _open, _look)
    case = frame.opened_whole(request, reference)
    points, levels = points_of(case.complaint), levels_of(case)
    opening = OpeningForm(request=request, case=case) if "investigate" in case.open_to else None
    content = {
        "points": points,
        "shown": _shown(case, points),
        "opening": opening,
        "proposed": proposed(opening.signs) if opening else None,
        "levels": levels,
        "repeats": repeats_in_words(levels[0].repeats) if levels else "",
        "may_change_level": "change_level" in case.open_to,
        "may_add": "add_issue" in case.open_to,
        "tasks": tasks_of(case),
        "evidence": evidence_of(case),
        "evidence_href": case.at("evidence") if "add_evidence" in case.open_to else "",
        "hearings": hearings_of(case),
        "unheard": unheard_of(case),
        "checklist": checklist_of(case.complaint),
        "hearing_href": case.at("hearings") if "record_hearing" in case.open_to else "",
        "unheard_href": case.at("unheard") if "leave_unheard" in case.open_to else "",
        "interims": interim_of(case),
        "interim_href": case.at("interim") if "take_interim_measure" in case.open_to else "",
        "give_href": case.at("complaint_tasks") if "give_task" in case.open_to else "",
        "has_begun": bool(levels) or "give_task" in case.open_to,
    }
    return frame.page(request, case, "investigation", content)


def _open(case: Case, form: OpeningForm) -> None:
    reason = form.cleaned_data["reason"]
    investigate(case.complaint, level=form.chosen, reason=reason, by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: OpeningForm) -> dict[str, object]:
    return {"proposed": proposed(form.signs), "levels": ()}


def _shown(case: Case, points: Sequence[Point]) -> list[PointShown]:
    rows = Finding.objects.filter(issue__in=[point.issue for point in points], is_current=False)
    earlier: dict[int, list[Finding]] = {}
    for finding in rows.select_related("cause", "person").order_by("-id"):
        earlier.setdefault(finding.issue_id, []).append(finding)
    questions = questions_of(case)
    may_record, may_plan = "record_finding" in case.open_to, "plan_question" in case.open_to
    return [
        PointShown(
            point,
            earlier.get(point.issue.pk, []),
            questions.get(point.issue.pk, []),
            case.at("finding", number=point.issue.number) if may_record else "",
            case.at("questions", number=point.issue.number) if may_plan else "",
        )
        for point in points
    ]
