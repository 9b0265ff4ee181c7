"""Proof that a remedy was carried out: what shows it, on which day, and perhaps a file; or why it is not (7.9)."""

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import leave_remedy, prove_remedy
from amends.complaints.models import Remedy
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.files.taking_in import take_in
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.choices import day_field, long_text, today_at
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.remedies import SHOWN, remedy_shown
from amends.workspace.complaint.stepping import Screen, StepForm

SCREEN = Screen(
    verb=Verb.PROVE_REMEDY,
    title=_("Add the proof of a remedy"),
    button=_("Save the proof"),
    said=_("The proof is saved."),
    template="workspace/complaint/proof.html",
)


class ProofForm(StepForm):
    """How it can be seen that it was done."""

    proof = long_text(
        _("How can it be seen that it was done?"),
        hint=_("For example a booking number, a delivery note or the date of a letter."),
        longest=2000,
        rows=4,
        missing=_("Write how it can be seen that it was done"),
    )
    done_on = day_field(_("Day on which it was done"), missing=_("Enter the day on which it was done"))
    attachment = forms.FileField(label=_("File"), required=False)

    def prepare(self) -> None:
        self.initial["done_on"] = today_at(self.case)


@needs(May.HANDLE)
def proof(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Prove one remedy; the last one moves an accepted complaint on."""
    case = opened(request, reference)
    _remedy(case, number)
    return SCREEN.answer(request, case, ProofForm, _act, _look)


def _act(case: Case, form: ProofForm) -> None:
    given = form.cleaned_data
    upload = given["attachment"]
    prove_remedy(
        case.complaint,
        form.number,
        proof=given["proof"],
        done_on=given["done_on"],
        file=take_in(upload, keep_original=True, at=case.now) if upload else None,
        by=case.actor,
        at=case.now,
        seen=form.version,
    )


def _remedy(case: Case, number: int) -> Remedy:
    rows = Remedy.objects.filter(complaint=case.complaint, number=number)
    remedy = rows.select_related(*SHOWN).first()
    if remedy is None:
        raise Http404
    return remedy


def _look(case: Case, form: StepForm) -> dict[str, object]:
    return {"remedy": remedy_shown(_remedy(case, form.number), case)}


LEAVING = Screen(
    verb=Verb.LEAVE_REMEDY,
    title=_("Say why a remedy is not carried out"),
    button=_("Save the reason"),
    said=_("It is recorded why this remedy is not carried out."),
    intro=_("For example because they refused it, or because the decision outside was set aside. The reason stays."),
    template="workspace/complaint/leaving.html",
)


class LeavingForm(StepForm):
    """Why not."""

    reason = long_text(
        _("Why is it not carried out?"), longest=2000, rows=4, missing=_("Write why it is not carried out")
    )


@needs(May.APPROVE)
def leaving(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Leave one remedy, after an outside body has decided."""
    case = opened(request, reference)
    _remedy(case, number)
    return LEAVING.answer(request, case, LeavingForm, _leave, _look)


def _leave(case: Case, form: LeavingForm) -> None:
    reason = form.cleaned_data["reason"]
    leave_remedy(case.complaint, form.number, reason=reason, by=case.actor, at=case.now, seen=form.version)
