"""What somebody needs so that they can complain as well as anybody: agreed, given, taken back (4.5, annex D)."""

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from amends.complaints.actions import give_adjustment, record_need, withdraw_consent
from amends.complaints.actions.record_need import Particulars
from amends.complaints.models import Need
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.journal.reads import note_read
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.adjusting import kept
from amends.workspace.complaint.choices import day_field, long_text, today_at
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

#: Why somebody reads what an adjustment comes from.
REASONS = {
    "adjust": gettext_lazy("I prepare the adjustment"),
    "talk": gettext_lazy("I am about to speak with the person"),
    "decide": gettext_lazy("It matters for the decision"),
    "other": gettext_lazy("Another reason"),
}

AGREEING = Screen(
    verb=Verb.RECORD_NEED,
    title=gettext_lazy("Adjustments"),
    button=gettext_lazy("Save the adjustment"),
    said=gettext_lazy("The adjustment is recorded."),
    intro=gettext_lazy(
        "Everybody who handles the complaint sees what to do. Why stays hidden until somebody says what for; that they "
        "looked is recorded."
    ),
    template="workspace/complaint/needs.html",
)
GIVING = Screen(
    verb=Verb.GIVE_ADJUSTMENT,
    title=gettext_lazy("The adjustment was given"),
    button=gettext_lazy("Save"),
    said=gettext_lazy("It is recorded that it was given."),
)
ERASING = Screen(
    verb=Verb.WITHDRAW_CONSENT,
    title=gettext_lazy("The consent is taken back"),
    button=gettext_lazy("Erase it"),
    said=gettext_lazy("What was kept is erased."),
    intro=gettext_lazy("The words are erased and cannot be brought back. That there was something stays in the trail."),
    kind="danger",
)
SHOWING = Screen(
    verb=Verb.RECORD_NEED,
    title=gettext_lazy("Why there are adjustments"),
    button=gettext_lazy("Show why"),
    said="",
    intro=gettext_lazy("It is recorded who looked, when and why."),
    template="workspace/complaint/needs_shown.html",
)


class NeedForm(StepForm):
    """What we do differently, what it comes from, and on what ground we keep that."""

    adjustment = LineField(
        label=gettext_lazy("What do we do differently?"),
        help_text=gettext_lazy("What to do, not why: large print; telephone only before noon; an interpreter."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write what we do differently.")},
    )
    driver = forms.ChoiceField(
        label=gettext_lazy("What does it come from?"),
        choices=Need.Driver.choices,
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Choose what it comes from.")},
    )
    text = long_text(
        gettext_lazy("In plain words"),
        hint=gettext_lazy("Only what is needed to help, and only as they said it. No diagnosis."),
        longest=500,
        rows=3,
        is_required=False,
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("On what ground do we keep it?"),
        choices=Need.Basis.choices,
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Say how they agreed, or on what ground it is kept.")},
    )
    basis_on = day_field(gettext_lazy("Since which day?"), missing=gettext_lazy("Enter the day"))

    def prepare(self) -> None:
        self.initial["basis_on"] = today_at(self.case)


class GivenForm(StepForm):
    """How it was done."""

    how = LineField(label=gettext_lazy("How was it given?"), max_length=300, required=False)


class NothingForm(StepForm):
    """Nothing to answer: one button."""


class ReasonForm(StepForm):
    """Why it is read."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you need to know?"),
        choices=list(REASONS.items()),
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Say why you need to know")},
    )


@needs(May.KEEP_PEOPLE)
def adjustments(request: StaffVisit, reference: str) -> HttpResponse:
    """Agree on one; those that are agreed stand above."""
    return AGREEING.answer(request, opened(request, reference), NeedForm, _record, _look)


@needs(May.KEEP_PEOPLE)
def given(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Say that it was done."""

    def act(case: Case, form: GivenForm) -> None:
        give_adjustment(case.complaint, form.number, how=form.cleaned_data["how"], by=case.actor, at=case.now)

    return GIVING.answer(request, opened(request, reference), GivenForm, act)


@needs(May.KEEP_PEOPLE)
def consent(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Take back the consent, after asking."""

    def act(case: Case, form: NothingForm) -> None:
        withdraw_consent(case.complaint, form.number, by=case.actor, at=case.now)

    return ERASING.answer(request, opened(request, reference), NothingForm, act)


@needs(May.KEEP_PEOPLE)
def reasons(request: StaffVisit, reference: str) -> HttpResponse:
    """Ask what for, record that they look, and show it on this one answer."""
    case = opened(request, reference)
    shown: list[Need] = []

    def act(case: Case, form: ReasonForm) -> None:
        reason = form.cleaned_data["reason"]
        note_read(case.complaint.subject, by=case.actor, at=case.now, field_group="needs", reason=reason)
        shown.extend(kept(case))

    response = SHOWING.answer(request, case, ReasonForm, act)
    if not shown:
        return response
    return SHOWING.shown(request, case, ReasonForm(request=request, case=case), found=[_masked(n, case) for n in shown])


def _masked(need: Need, case: Case) -> Need:
    need.text = case.mask.hides(need.text)
    return need


def _record(case: Case, form: NeedForm) -> None:
    typed = form.cleaned_data
    about = Particulars(typed["driver"], typed["adjustment"], typed["basis"], typed["basis_on"], typed["text"])
    record_need(case.complaint, about, by=case.actor, at=case.now)


def _look(case: Case, form: NeedForm) -> dict[str, object]:
    agreed = [(one, case.mask.hides(one.adjustment)) for one in kept(case)]
    return {"agreed": agreed, "needs_why": case.at("need_reasons")}
