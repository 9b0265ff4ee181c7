"""Who is kept away from a complaint, what they had read and done before, and letting somebody back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import lift_wall
from amends.complaints.models import Complaint, Finding, LiftedWall, Response, Wall
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.complaints.walls import EarlierRead, no_longer_near, read_before
from amends.journal.pseudonyms import name_of
from amends.permissions.engine import may, require
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.header import crumbs_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.parts_read import part_called
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise

LIFTING = Screen(
    verb=Verb.LIFT_WALL,
    title=gettext_lazy("Take the wall down"),
    button=gettext_lazy("Take the wall down"),
    said=gettext_lazy("The wall is taken down. It stays on record that it stood, and why it does not any more."),
    kind="danger",
    template="workspace/complaint/lifting.html",
)

MOST_READS = 50


@dataclass(frozen=True)
class Read:
    """When somebody looked at which part."""

    at: datetime
    part: Words
    reason: str


@dataclass(frozen=True)
class WallRow:
    """Somebody who is kept away."""

    wall: Wall
    why: Words
    reads: Sequence[Read]
    more_reads: int
    did: Sequence[str] = field(default_factory=list)
    has_ended: bool = False
    lifting_href: str = ""


@needs(May.SEE_WALLS)
def walls(request: StaffVisit, reference: str) -> HttpResponse:
    """For those who lead: so that what was read or done with a conflict can be looked at again."""
    case = opened(request, reference)
    require(request.actor, May.SEE_WALLS, case.complaint)
    ended = no_longer_near(case.complaint)
    found = Wall.objects.filter(complaint=case.complaint).select_related("person", "complaint", "declared_by")
    context = {
        "case": case,
        "complaint": case.complaint,
        "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=_("Who is kept away")),
        "rows": [_row(case, wall, ended) for wall in found.order_by("since", "id")],
        "lifted": LiftedWall.objects.filter(complaint=case.complaint).select_related("person", "lifted_by"),
        "conflict_href": case.at("conflict") if "declare_conflict" in case.open_to else "",
    }
    return render(request, "workspace/complaint/walls.html", context)


def _row(case: Case, wall: Wall, ended: Collection[int]) -> WallRow:
    reads = read_before(wall)
    can_lift = wall.why != Wall.Why.SUBJECT and may(case.actor, May.KEEP_WALLS, case.complaint)
    return WallRow(
        wall=wall,
        why=Wall.Why(wall.why).label,
        reads=[_read(read) for read in reads[:MOST_READS]],
        more_reads=max(len(reads) - MOST_READS, 0),
        did=_did(case.complaint, wall),
        has_ended=wall.person_id in ended,
        lifting_href=case.at("lifting", person=name_of(wall.person.subject)) if can_lift else "",
    )


def _read(read: EarlierRead) -> Read:
    return Read(read.at, part_called(read.part), read.reason)


def _did(complaint: Complaint, wall: Wall) -> list[str]:
    """What of theirs still counts, and has to be looked at by somebody else."""
    findings = Finding.objects.filter(issue__complaint=complaint, person=wall.person, is_current=True)
    done = [
        _("The finding on point %(number)s is theirs.") % {"number": number}
        for number in findings.order_by("issue__number").values_list("issue__number", flat=True)
    ]
    if Response.objects.filter(complaint=complaint, proposed_by=wall.person, state=Response.State.PROPOSED).exists():
        done.append(_("The proposed response is theirs: it cannot be approved, only sent back."))
    decided = complaint.decisions.filter(decided_by=wall.person)
    if decided.standing().exists():
        done.append(_("They decided on it before the wall stood."))
    if decided.filter(set_aside_at__isnull=False).exists():
        done.append(_("Their decision was set aside before anybody was told: somebody else decides."))
    ended = complaint.tasks.filter(asked_person=wall.person, state="cancelled", ended_at=wall.since)
    for number in ended.order_by("number").values_list("number", flat=True):
        done.append(_("Task %(number)s was asked of them: ask somebody else.") % {"number": number})
    return done


class LiftingForm(StepForm):
    """Why there is no conflict."""

    reason = LineField(
        label=gettext_lazy("Why is there no conflict?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why there is no conflict.")},
    )


@needs(May.KEEP_WALLS)
def lifting(request: StaffVisit, reference: str, person: UUID) -> HttpResponse:
    """Let somebody back, with a reason."""
    case = opened(request, reference)
    rows = Wall.objects.filter(complaint=case.complaint).select_related("person")
    wall = next((wall for wall in rows if name_of(wall.person.subject) == person), None)
    if wall is None:
        raise Http404

    def act(case: Case, form: LiftingForm) -> None:
        reason = form.cleaned_data["reason"]
        lift_wall(case.complaint, wall.person, reason=reason, by=case.actor, at=case.now, seen=form.version)

    def look(case: Case, form: LiftingForm) -> dict[str, object]:
        return {"wall": wall, "has_ended": wall.person_id in no_longer_near(case.complaint)}

    return LIFTING.answer(request, case, LiftingForm, act, look, then=case.at())
