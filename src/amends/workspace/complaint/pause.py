"""Letting clocks stand still, and letting them run on (7.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints import actions
from amends.complaints.foreseeing import could_stand_still, if_paused, if_resumed, open_pause
from amends.complaints.models import Pause
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.clock_names import title_of
from amends.workspace.complaint.clocks import clocks_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm, refused

Words = str | Promise

PAUSING = Screen(
    verb=Verb.PAUSE,
    title=_("Let the clocks stand still"),
    button=_("Let the clocks stand still"),
    said=_("The clocks stand still. They run on by themselves at the latest on the day that stands beside them."),
    intro=_("Only what the rules allow stands still. The complainant sees it on the tracking page."),
    template="workspace/complaint/pause.html",
)
RESUMING = Screen(
    verb=Verb.RESUME,
    title=_("Let the clocks run on"),
    button=_("Let the clocks run on"),
    said=_("The clocks run on. Their dates have moved by the time for which they stood still."),
    template="workspace/complaint/resumption.html",
)


@dataclass(frozen=True)
class Standing:
    """A clock that could stand still, or does: since when, until when at most, and its date now and then."""

    title: Words
    due_at: datetime
    then_at: datetime
    ends_by: datetime
    since: datetime | None = None
    why: Words = ""
    reason: str = ""


@dataclass(frozen=True)
class Choice:
    """A reason with the clocks that would stand still for it."""

    why: Words
    clocks: Sequence[Standing]


class PauseForm(StepForm):
    """What we wait for. Offered are the reasons that some running clock allows."""

    why = forms.ChoiceField(
        label=_("What do we wait for?"),
        widget=RadioRows,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what we wait for")),
    )
    reason = LineField(
        label=_("In words"),
        help_text=_("For the record, such as: the receipt, asked for on 3 March. The complainant does not see it."),
        max_length=500,
        error_messages={"required": _("Say what you are waiting for.")},
    )

    def prepare(self) -> None:
        self.clocks = clocks_of(self.case)
        self.reasons = could_stand_still(self.clocks, self.case.now)
        self.choose("why", [(why.value, why.label) for why in self.reasons])
        permits = [each.permit for found in self.reasons.values() for each in found]
        self.fields["reason"].required = all(permit.needs_reason for permit in permits)
        if len(self.reasons) == 1:
            self.initial["why"] = next(iter(self.reasons)).value


class ResumptionForm(StepForm):
    """Nothing to answer: one button."""

    def prepare(self) -> None:
        self.clocks = clocks_of(self.case)


@needs(May.MOVE_CLOCKS)
def pause(request: StaffVisit, reference: str) -> HttpResponse:
    """Choose a reason, and see what stands still for it and how long at most."""
    case = opened(request, reference)
    if "pause" in case.open_to and not could_stand_still(clocks_of(case), case.now):
        sentence = _("No clock of this complaint may stand still now: the rules allow none, or their time is used up.")
        return refused(request, case, PAUSING.title, Refusal("not_pausable", sentence))
    return PAUSING.answer(request, case, PauseForm, _pause, _what_stands_still)


def _pause(case: Case, form: PauseForm) -> None:
    given = form.cleaned_data
    actions.pause(
        case.complaint, why=given["why"], reason=given["reason"], by=case.actor, at=case.now, seen=form.version
    )


def _what_stands_still(case: Case, form: PauseForm) -> dict[str, object]:
    return {
        "choices": [
            Choice(
                why.label,
                [
                    Standing(
                        title=title_of(each.deadline),
                        due_at=each.deadline.due_at,
                        then_at=if_paused(each, why.value, case.now),
                        ends_by=each.ends_by,
                    )
                    for each in found
                ],
            )
            for why, found in form.reasons.items()
        ]
    }


@needs(May.MOVE_CLOCKS)
def resumption(request: StaffVisit, reference: str) -> HttpResponse:
    """See what stands still, and let it run on."""
    case = opened(request, reference)
    if "resume" in case.open_to and not any(clock.is_paused for clock in clocks_of(case)):
        sentence = _("All clocks of this complaint are running already.")
        return refused(request, case, RESUMING.title, Refusal("not_paused", sentence))
    return RESUMING.answer(request, case, ResumptionForm, _resume, _what_runs_on)


def _resume(case: Case, form: ResumptionForm) -> None:
    actions.resume(case.complaint, by=case.actor, at=case.now, seen=form.version)


def _what_runs_on(case: Case, form: ResumptionForm) -> dict[str, object]:
    found = []
    for clock in form.clocks:
        standing = open_pause(clock) if clock.is_open else None
        if standing is not None:
            found.append(
                Standing(
                    title=title_of(clock),
                    due_at=clock.due_at,
                    then_at=if_resumed(clock, case.now),
                    ends_by=standing.ends_by,
                    since=standing.began_at,
                    why=Pause.Why(standing.why).label,
                    reason=standing.reason,
                )
            )
    return {"clocks": found}
