"""Closing: with a reason that fits where the complaint stands (7.9)."""

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints.actions import close
from amends.complaints.actions.close import attempts_left, reasons_open_to
from amends.complaints.closing import Item, checklist
from amends.complaints.models import Closure, Complaint
from amends.complaints.outside import has_open_orders
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.complaints.stages import Stage
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import RadioChips, RadioRows
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise
Reason = Closure.Reason
#: Putting it right on the spot has a page of its own.
CHOSEN = [reason for reason in Reason if reason is not Reason.ON_THE_SPOT]

SCREEN = Screen(
    verb=Verb.CLOSE,
    title=gettext_lazy("Close"),
    button=gettext_lazy("Close the complaint"),
    said=gettext_lazy("The complaint is closed. It can be reopened."),
    intro=gettext_lazy("Nothing more is owed to the complainant after this."),
    template="workspace/complaint/closure.html",
)


class ClosureForm(StepForm):
    """Why nothing more is due."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it closed?"),
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Choose why it is closed")},
    )
    others_affected = forms.ChoiceField(
        label=gettext_lazy("Could others be affected in the same way?"),
        choices=[
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No")),
            ("unknown", gettext_lazy("We do not know")),
        ],
        widget=RadioChips,
        error_messages={"required": gettext_lazy("Choose whether others could be affected")},
    )
    note = long_text(gettext_lazy("Note"), longest=4000, rows=3, is_required=False)

    def prepare(self) -> None:
        open_now = reasons_open_to(self.case.complaint)
        self.choose("reason", [(reason.value, reason.label) for reason in open_now])
        if len(open_now) == 1:
            self.initial["reason"] = open_now[0].value


#: The list in words.
LOOKED_OVER: dict[Item, Words] = {
    Item.DECISION_TOLD: gettext_lazy("The decision was told"),
    Item.RIGHTS_TOLD: gettext_lazy("The letter said where else they can turn"),
    Item.REMEDIES_PROVED: gettext_lazy("Everything promised is proved and verified"),
    Item.CAUSE_SET: gettext_lazy("Every point in which we were wrong has its cause"),
    Item.TASKS_ANSWERED: gettext_lazy("No task is open"),
    Item.MESSAGE_ANSWERED: gettext_lazy("No message waits for an answer"),
    Item.STEPS_DONE: gettext_lazy("Every step of the plan was taken"),
    Item.OTHERS_ANSWERED: gettext_lazy("Complaints linked as joint or the same matter have ended"),
}


@needs(May.HANDLE)
def closure(request: StaffVisit, reference: str) -> HttpResponse:
    """Close, or see what is missing."""
    return SCREEN.answer(request, opened(request, reference), ClosureForm, _act, _look)


def _act(case: Case, form: ClosureForm) -> None:
    given = form.cleaned_data
    close(
        case.complaint,
        reason=Reason(given["reason"]),
        note=given["note"],
        others_affected=given["others_affected"],
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


def _look(case: Case, form: ClosureForm) -> dict[str, object]:
    open_now = reasons_open_to(case.complaint)
    missing = [(reason.label, _missing(reason, case.complaint)) for reason in CHOSEN if reason not in open_now]
    checks = [(LOOKED_OVER[check.item], check) for check in checklist(case.complaint)]
    return {"can_close": bool(open_now), "missing": missing, "checks": checks}


def _missing(reason: Reason, complaint: Complaint) -> Words:
    """What would have to be done first for a reason that is not open now."""
    stage = Stage(complaint.stage)
    if reason is Reason.SATISFIED and stage is Stage.ACCEPTED:
        return _("Something promised is not proved and verified yet.")
    if reason is Reason.NO_ANSWER and stage is Stage.COMMUNICATED:
        left = attempts_left(complaint)
        words = ngettext(
            "Log %(count)d more attempt to reach them.", "Log %(count)d more attempts to reach them.", left
        )
        return words % {"count": left}
    if reason is Reason.REVIEW_FINAL and stage is Stage.REJECTED:
        return _("No internal review was done yet.")
    if reason is Reason.EXHAUSTED and has_open_orders(complaint):
        return _("Something the outside body ordered is open: prove and verify it, or record why not.")
    if reason is Reason.EXHAUSTED and stage is Stage.EXTERNAL:
        return _("Record what the outside body decided.")
    return {
        Reason.SATISFIED: _("Only after the complainant accepted the decision."),
        Reason.NO_ANSWER: _("Only while the decision waits for an answer."),
        Reason.REVIEW_FINAL: _("Only after the complainant did not agree and a review is done."),
        Reason.EXHAUSTED: _("Only after an outside body had the complaint."),
    }[reason]
