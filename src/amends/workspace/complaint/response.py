"""The response: what is answered and promised, in versions, and the form that proposes one (7.7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import respond
from amends.complaints.models import Answer, Communication, Decision, Remedy, Response, Review
from amends.complaints.next_step import points_of
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.complaints.stages import Stage
from amends.ui.access import StaffVisit, needs
from amends.ui.parts import Tag, Tone
from amends.workspace.complaint import frame, side
from amends.workspace.complaint.notice import notices_shown
from amends.workspace.complaint.opening import Case
from amends.workspace.complaint.redress import redress_of
from amends.workspace.complaint.remedies import RemedyShown, all_shown, remedies_of
from amends.workspace.complaint.response_form import ResponseForm
from amends.workspace.complaint.sentences import way_of
from amends.workspace.complaint.tab_screen import TabScreen
from amends.workspace.complaint.weighing import CoverShown, cover_shown, like_shown, limits_in_words

Words = str | Promise

SCREEN = TabScreen(
    verb=Verb.RESPOND,
    title=_("Propose a response"),
    button=_("Propose this response"),
    said=_("The response is proposed. Somebody who decides is told by mail."),
    template="",
    tab="response",
)
_TONES: dict[str, Tone] = {
    Response.State.PROPOSED: "wait",
    Response.State.SENT_BACK: "warn",
    Response.State.APPROVED: "ok",
    Response.State.WITHDRAWN: "",
}


@dataclass(frozen=True)
class ResponseShown:
    """One version with everything that became of it."""

    response: Response
    state: Tag
    outcome: str
    remedies: Sequence[RemedyShown]
    decision: Decision | None
    communication: Communication | None
    way: Words
    answer: Answer | None


@needs(May.LIST)
def response(request: StaffVisit, reference: str) -> HttpResponse:
    """Every version, newest first; above them the form, for those who may propose one now."""
    case = frame.opened_whole(request, reference)
    points = points_of(case.complaint)
    missing = any(point.finding is None for point in points)
    if request.method == "POST" or ("respond" in case.open_to and not missing):
        return SCREEN.answer(request, case, ResponseForm, _act, _look)
    return frame.page(request, case, "response", {**_look(case, None), "points": points, "missing": missing})


def _act(case: Case, form: ResponseForm) -> None:
    respond(case.complaint, form.proposal, by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: ResponseForm | None) -> dict[str, object]:
    complaint = case.complaint
    remedies = remedies_of(complaint)
    review = Review.objects.filter(complaint=complaint, round=complaint.round).first()
    return {
        "wanted": side.wanted_in_words(complaint),
        "wanted_text": complaint.remedy_wanted_text,
        "review": review,
        "versions": _versions(case, remedies),
        "ordered": all_shown([remedy for remedy in remedies if remedy.is_ordered], case),
        "like": like_shown(case) if form is not None else None,
        "limits": limits_in_words(case) if form is not None else [],
        "cover": _cover(case),
        "notices": notices_shown(case),
        "redress": redress_of(case),
    }


def _cover(case: Case) -> CoverShown | None:
    """Who may decide on what is proposed now."""
    if case.complaint.stage != Stage.PROPOSED:
        return None
    proposed = Response.objects.filter(complaint=case.complaint, state=Response.State.PROPOSED).first()
    return cover_shown(case, proposed) if proposed is not None else None


def _versions(case: Case, remedies: Sequence[Remedy]) -> list[ResponseShown]:
    of_response: dict[int | None, list[Remedy]] = {}
    for remedy in remedies:
        of_response.setdefault(remedy.response_id, []).append(remedy)
    decisions = {
        decision.response_id: decision
        for decision in Decision.objects.standing()
        .filter(complaint=case.complaint)
        .select_related("decided_by", "communication__message", "communication__person", "answer")
    }
    rows = Response.objects.filter(complaint=case.complaint).select_related("proposed_by", "sent_back_by")
    return [
        _shown(row, all_shown(of_response.get(row.pk, []), case), decisions.get(row.pk))
        for row in rows.order_by("-version")
    ]


def _shown(row: Response, remedies: Sequence[RemedyShown], decision: Decision | None) -> ResponseShown:
    communication: Communication | None = getattr(decision, "communication", None)
    return ResponseShown(
        response=row,
        state=Tag(Response.State(row.state).label, _TONES[row.state]),
        outcome=row.get_outcome_display(),
        remedies=remedies,
        decision=decision,
        communication=communication,
        way=way_of(communication.channel) if communication else "",
        answer=getattr(decision, "answer", None),
    )
