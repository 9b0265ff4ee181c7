"""The investigation: each point with what was found, earlier versions included; and opening it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import investigate
from amends.complaints.models import Finding
from amends.complaints.next_step import Point, points_of
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint import frame
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

OPENING = Screen(
    verb=Verb.INVESTIGATE,
    title=_("Open the investigation"),
    button=_("Open the investigation"),
    said=_("The investigation is open."),
    intro=_("From now on findings can be recorded, one for each point."),
)


@dataclass(frozen=True)
class PointShown:
    """A point with its finding, what was found before, and where to record more."""

    point: Point
    earlier: Sequence[Finding]
    href: str = ""


@needs(May.LIST)
def investigation(request: StaffVisit, reference: str) -> HttpResponse:
    """All points and findings; a POST opens the investigation."""
    if request.method == "POST":
        return OPENING.answer(request, opened(request, reference), StepForm, _open)
    case = frame.opened_whole(request, reference)
    points = points_of(case.complaint)
    content = {
        "points": points,
        "shown": _shown(case, points),
        "opening": StepForm(request=request, case=case) if "investigate" in case.open_to else None,
        "may_add": "add_issue" in case.open_to,
    }
    return frame.page(request, case, "investigation", content)


def _open(case: Case, form: StepForm) -> None:
    investigate(case.complaint, by=case.actor, at=case.now, seen=form.version)


def _shown(case: Case, points: Sequence[Point]) -> list[PointShown]:
    rows = Finding.objects.filter(issue__in=[point.issue for point in points], is_current=False)
    earlier: dict[int, list[Finding]] = {}
    for finding in rows.select_related("cause", "person").order_by("-id"):
        earlier.setdefault(finding.issue_id, []).append(finding)
    may_record = "record_finding" in case.open_to
    return [
        PointShown(
            point,
            earlier.get(point.issue.pk, []),
            case.at("finding", number=point.issue.number) if may_record else "",
        )
        for point in points
    ]
