"""Deciding on a proposed response with everything on one page: approve it, or send it back (7.7)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import approve, send_back
from amends.complaints.actions.approve import proposed_response
from amends.complaints.four_eyes import standing_to_decide
from amends.complaints.models import CaseText, Response
from amends.complaints.next_step import points_of
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint import side
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.letter import preview_of_proposal
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.remedies import all_shown, remedies_of
from amends.workspace.complaint.stepping import Screen, StepForm
from amends.workspace.complaint.weighing import cover_shown, like_shown

APPROVE, SEND_BACK = "approve", "send_back"

SCREEN = Screen(
    verb=Verb.APPROVE,
    title=_("Decide on the response"),
    button=_("Approve"),
    said=_("Your decision is recorded."),
    template="workspace/complaint/approval.html",
)


class ApprovalForm(StepForm):
    """What was decided, and why."""

    verdict = forms.ChoiceField(
        choices=[(APPROVE, ""), (SEND_BACK, "")],
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose whether to approve the response or to send it back")},
    )
    comment = long_text(
        _("Comment"),
        hint=_("Needed when you send it back: say what has to change."),
        longest=4000,
        rows=3,
        is_required=False,
    )


@needs(May.APPROVE)
def approval(request: StaffVisit, reference: str) -> HttpResponse:
    """Everything that the decision rests on, and the two buttons."""
    return SCREEN.answer(request, opened(request, reference), ApprovalForm, _act, _look)


def _act(case: Case, form: ApprovalForm) -> None:
    comment = form.cleaned_data["comment"]
    if form.cleaned_data["verdict"] == APPROVE:
        approve(case.complaint, comment=comment, by=case.actor, at=case.now, seen=form.version)
    else:
        send_back(case.complaint, comment=comment, by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: ApprovalForm) -> dict[str, object]:
    complaint = case.complaint
    response = proposed_response(complaint)
    obstacle, is_alone = _may_decide(case, response)
    text = CaseText.objects.filter(complaint=complaint, role=CaseText.Role.ORIGINAL).first()
    remedies = [remedy for remedy in remedies_of(complaint) if remedy.response_id == response.pk]
    return {
        "response": response,
        "outcome": response.get_outcome_display(),
        "proposer": _proposer(response),
        "original": text,
        "wanted": side.wanted_in_words(complaint),
        "points": points_of(complaint),
        "remedies": all_shown(remedies, case),
        "preview": preview_of_proposal(case, response),
        "obstacle": obstacle,
        "may_send_back": not obstacle or obstacle.code == "over_limit",
        "is_alone": is_alone,
        "cover": cover_shown(case, response),
        "like": like_shown(case, response),
    }


def _may_decide(case: Case, response: Response) -> tuple[Refusal | None, bool]:
    """Why this person may not approve it, if so; and whether one person would be proposing and deciding."""
    try:
        standing = standing_to_decide(case.complaint, response, case.actor.person_id, case.organisation, case.now)
    except Refusal as refusal:
        return refusal, False
    return None, bool(standing.why_one_person)


def _proposer(response: Response) -> str:
    return response.proposed_by.name
