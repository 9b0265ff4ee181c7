"""Entries made by mistake or as a test: asking that one be void, deciding on that, and taking it up again (7.2)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import ask_to_void, decline_void, unvoid, void
from amends.complaints.models import Voiding
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm, refused
from amends.workspace.complaint.voided import voided_of, voiding_of

ASKING = Screen(
    verb=Verb.ASK_TO_VOID,
    title=_("Ask that this entry be void"),
    button=_("Ask for it"),
    said=_("It is asked. Somebody else who leads has to confirm it; until then everything goes on."),
    intro=_(
        "Only for what is no complaint at all: recorded by mistake, or as a test. Whatever somebody really complained "
        "about is answered, closed, withdrawn or merged instead. Its reference stays used and stands in the register."
    ),
)
DECIDING = Screen(
    verb=Verb.VOID,
    title=_("Decide whether this entry is void"),
    button=_("Save the decision"),
    said=_("The decision is saved."),
    intro=_(
        "Read the complaint first. Void, it leaves all queues, figures and searches, its clocks are held, and the "
        "complainant is not written to. It stays in the register with the reason, and it can be taken up again."
    ),
    template="workspace/complaint/voiding.html",
)
LIFTING = Screen(
    verb=Verb.UNVOID,
    title=_("Take up again what was void"),
    button=_("Take it up again"),
    said=_("The entry counts again. It stands where it stood, and its clocks run with the dates that they had."),
)


class AskingForm(StepForm):
    """Which of the two it is, and how that can be seen."""

    why = forms.ChoiceField(
        label=_("What is it?"),
        choices=Voiding.Why.choices,
        widget=RadioRows,
        error_messages={"required": _("Choose what it is")},
    )
    reason = long_text(
        _("How can somebody else see that?"), longest=2000, rows=4, missing=_("Write how it can be seen")
    )


class DecisionForm(StepForm):
    """Void or not, with a comment; where it stands the comment is owed."""

    verdict = forms.ChoiceField(
        label=_("What do you say?"),
        choices=(("void", _("It is void")), ("stands", _("It stands: it is a complaint"))),
        widget=RadioRows,
        error_messages={"required": _("Choose what you say")},
    )
    comment = long_text(_("Comment"), longest=2000, rows=4, is_required=False)

    def prepare(self) -> None:
        self.fields["comment"].help_text = _("For the record; needed where it stands.")


class LiftingForm(StepForm):
    """Why it counts after all."""

    reason = long_text(_("Why does it count?"), longest=2000, rows=4, missing=_("Write why it counts"))


@needs(May.ASK_TO_VOID)
def voiding(request: StaffVisit, reference: str) -> HttpResponse:
    """Ask; nothing changes by it."""
    return ASKING.answer(request, opened(request, reference), AskingForm, _ask)


def _ask(case: Case, form: AskingForm) -> None:
    given = form.cleaned_data
    why = Voiding.Why(given["why"])
    ask_to_void(case.complaint, why=why, reason=given["reason"], by=case.actor, at=case.now)


@needs(May.VOID)
def decision(request: StaffVisit, reference: str) -> HttpResponse:
    """Look at what is asked and decide; somebody other than who asked and who handles it."""
    case = opened(request, reference)
    found = voiding_of(case) if "void" in case.open_to else None
    if "void" in case.open_to and (found is None or found.state != Voiding.State.ASKED):
        sentence = _("Nobody asks that this be void now. Open the complaint again.")
        return refused(request, case, DECIDING.title, Refusal("void_not_asked", sentence))
    return DECIDING.answer(request, case, DecisionForm, _decide, _what_is_asked)


def _decide(case: Case, form: DecisionForm) -> None:
    given = form.cleaned_data
    if given["verdict"] == "void":
        void(case.complaint, comment=given["comment"], by=case.actor, at=case.now, seen=form.version)
    else:
        decline_void(case.complaint, reason=given["comment"], by=case.actor, at=case.now)


def _what_is_asked(case: Case, form: DecisionForm) -> dict[str, object]:
    return {"voided": voided_of(case)}


@needs(May.VOID)
def unvoiding(request: StaffVisit, reference: str) -> HttpResponse:
    """Give it back its stage and its clocks."""
    return LIFTING.answer(request, opened(request, reference), LiftingForm, _lift)


def _lift(case: Case, form: LiftingForm) -> None:
    unvoid(case.complaint, reason=form.cleaned_data["reason"], by=case.actor, at=case.now, seen=form.version)
