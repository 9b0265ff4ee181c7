"""Handing a complaint over, and answering such an offer (5.4.4)."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import accept_hand_over, decline_hand_over, hand_over
from amends.complaints.models import HandOver
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.permissions.engine import may
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.assignment import RoutedForm
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise

GIVING = Screen(
    verb=Verb.HAND_OVER,
    title=_("Hand over"),
    button=_("Hand over"),
    said=_("It is handed over. It stays with you until somebody accepts it."),
    intro=_(
        "Whoever you choose is told by mail and accepts it, or declines it with a reason, until the close of the next "
        "working day. Until then nothing changes: it cannot get lost."
    ),
    template="workspace/complaint/hand_over.html",
)
ACCEPTING = Screen(
    verb=Verb.ACCEPT_HAND_OVER,
    title=_("Take it over"),
    button=_("Take it over"),
    said=_("You handle this complaint now."),
    template="workspace/complaint/hand_over_answer.html",
)
DECLINING = Screen(
    verb=Verb.DECLINE_HAND_OVER,
    title=_("Decline"),
    button=_("Decline"),
    said=_("It is declined, and the giver is told."),
    template="workspace/complaint/hand_over_answer.html",
)


class HandOverForm(RoutedForm):
    """To whom, and what they have to know."""

    unit = forms.ChoiceField(label=_("Unit"))
    handler = forms.ChoiceField(
        label=_("To whom?"),
        required=False,
        error_messages={"invalid_choice": _("Choose somebody who handles complaints of this unit")},
    )
    note = long_text(
        _("What do they have to know?"),
        longest=2000,
        rows=4,
        hint=_("What was done, what is promised, and why they should have it."),
        missing=_("Write what whoever takes it over has to know."),
    )

    def prepare(self) -> None:
        self.offer_handlers(str(_("Whoever in this unit accepts it first")))
        self.initial["handler"] = ""


class DeclineForm(StepForm):
    """Why not."""

    reason = LineField(
        label=_("Why can you not take it over?"),
        max_length=1000,
        error_messages={"required": _("Say why you cannot take it over.")},
    )


@needs(May.ASSIGN)
def hand_overs(request: StaffVisit, reference: str) -> HttpResponse:
    """Offer it to a person or a unit."""

    def act(case: Case, form: HandOverForm) -> None:
        given = form.cleaned_data
        hand_over(
            case.complaint,
            form.handlers.get(given["handler"]),
            unit=form.units[given["unit"]],
            note=given["note"],
            by=case.actor,
            at=case.now,
            seen=form.version,
        )

    return GIVING.answer(request, opened(request, reference), HandOverForm, act)


@needs(May.ANSWER_HAND_OVER)
def acceptance(request: StaffVisit, reference: str) -> HttpResponse:
    """Take it over."""

    def act(case: Case, form: StepForm) -> None:
        accept_hand_over(case.complaint, by=case.actor, at=case.now, seen=form.version)

    return ACCEPTING.answer(request, opened(request, reference), StepForm, act, _look)


@needs(May.ANSWER_HAND_OVER)
def refusal(request: StaffVisit, reference: str) -> HttpResponse:
    """Say why not."""

    def act(case: Case, form: DeclineForm) -> None:
        decline_hand_over(
            case.complaint, reason=form.cleaned_data["reason"], by=case.actor, at=case.now, seen=form.version
        )

    return DECLINING.answer(request, opened(request, reference), DeclineForm, act, _look)


def _look(case: Case, form: StepForm) -> dict[str, object]:
    return {"offered": offer_of(case)}


@dataclass(frozen=True)
class Offer:
    """A hand-over that waits for an answer, for the page."""

    offered: HandOver
    to: str
    until: str
    is_late: bool
    may_answer: bool


def offer_of(case: Case) -> Offer | None:
    """The hand-over of this complaint that nobody has answered; None for ended complaints. Fetched with it."""
    if case.complaint.is_ended:
        return None
    offered = next((each for each in case.complaint.hand_overs.all() if each.is_open), None)
    if offered is None:
        return None
    to = offered.to_unit.name
    if offered.to_person is not None:
        to = gettext("%(name)s, %(unit)s") % {"name": offered.to_person.name, "unit": to}
    return Offer(
        offered,
        to,
        formatting.moment(offered.due_at),
        offered.is_late(case.now),
        may(case.actor, May.ANSWER_HAND_OVER, case.complaint),
    )
