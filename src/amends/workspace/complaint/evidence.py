"""The evidence of an investigation: what there is, where it came from, who had it when, and checking it (7.6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import add_evidence, move_evidence, verify_evidence
from amends.complaints.actions.add_evidence import Piece
from amends.complaints.actions.move_evidence import MOVES
from amends.complaints.models import Custody, Evidence, Issue
from amends.complaints.own_files import files_of
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.files.taking_in import take_in
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.parts import Attachment
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.attachments import attachment_of
from amends.workspace.complaint.choices import day_field, today_at
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

What, Kind = Custody.What, Evidence.Kind

TAKING_IN = Screen(
    verb=Verb.ADD_EVIDENCE,
    title=_("Take in evidence"),
    button=_("Save the evidence"),
    said=_("The evidence is on the list."),
)
MOVING = Screen(
    verb=Verb.MOVE_EVIDENCE,
    title=_("Evidence changes hands or place"),
    button=_("Save"),
    said=_("It is written down who has it now."),
    intro=_("Each change is kept as a line of its own. Nothing that stands there can be changed."),
    template="workspace/complaint/evidence_step.html",
)
CHECKING = Screen(
    verb=Verb.VERIFY_EVIDENCE,
    title=_("Check evidence"),
    button=_("Save that it was checked"),
    said=_("The check is written down."),
    intro=_("Is it genuine, and as it was when it came in? Of a file the hash is counted again."),
    template="workspace/complaint/evidence_step.html",
)


@dataclass(frozen=True)
class EvidenceShown:
    """A piece with its chain of custody, oldest first."""

    evidence: Evidence
    chain: Sequence[Custody]
    is_checked: bool
    is_here: bool
    file: Attachment | None = None
    move_href: str = ""
    check_href: str = ""


class EvidenceForm(StepForm):
    """What it is, where it came from, and who has it now."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Kind.choices,
        widget=RadioRows,
        error_messages={"required": _("Choose what it is")},
    )
    title = LineField(label=_("In a few words"), max_length=200, error_messages={"required": _("Say what it is.")})
    origin = LineField(
        label=_("Where did it come from?"),
        help_text=_("Who gave it, or from which system or place it was taken."),
        max_length=300,
        error_messages={"required": _("Say where it came from.")},
    )
    taken_on = day_field(_("Taken in on"), missing=_("Enter the day on which it was taken in"))
    file = forms.ChoiceField(
        label=_("A file of the complaint"), help_text=_("Only if it is a file that is here already."), required=False
    )
    attachment = forms.FileField(label=_("Or a new file"), required=False)
    holder = LineField(label=_("Who has it now?"), max_length=160, required=False)
    place = LineField(label=_("Where is it kept?"), max_length=200, required=False)
    point = forms.ChoiceField(label=_("About which point?"), required=False)

    def prepare(self) -> None:
        complaint = self.case.complaint
        self.own_files = {file.token: file for file in files_of(complaint).order_by("id")}
        names = [(token, self.case.mask.hides(file.name)) for token, file in self.own_files.items()]
        self.choose("file", [("", _("None")), *names])
        issues = Issue.objects.filter(complaint=complaint).order_by("number")
        self.issues = {str(issue.number): issue for issue in issues}
        points = [(key, f"{key}: {issue.summary}") for key, issue in self.issues.items()]
        self.choose("point", [("", _("The whole complaint")), *points])
        self.initial.update({"taken_on": today_at(self.case), "kind": Kind.FILE, "holder": self.case.actor.name})


class MoveForm(StepForm):
    """What happened to it."""

    what = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(what.value, what.label) for what in MOVES],
        widget=RadioRows,
        error_messages={"required": _("Choose what happened to it.")},
    )
    holder = LineField(label=_("Who has it now?"), max_length=160, required=False)
    place = LineField(label=_("Where is it kept?"), max_length=200, required=False)
    note = LineField(label=_("Note"), max_length=500, required=False)


class CheckForm(StepForm):
    """How it was checked."""

    note = LineField(
        label=_("How did you check it?"), max_length=500, error_messages={"required": _("Say how you checked it.")}
    )


@needs(May.INVESTIGATE)
def evidence(request: StaffVisit, reference: str) -> HttpResponse:
    """Put a piece on the list."""
    case = opened(request, reference)
    return TAKING_IN.answer(request, case, EvidenceForm, _add, then=f"{case.at('investigation')}#evidence")


def _add(case: Case, form: EvidenceForm) -> None:
    given = form.cleaned_data
    upload, file = given["attachment"], form.own_files.get(given["file"])
    if upload and given["kind"] == Kind.FILE:
        file = take_in(upload, keep_original=True, at=case.now)
    piece = Piece(
        kind=Kind(given["kind"]),
        title=given["title"],
        origin=given["origin"],
        taken_on=given["taken_on"],
        place=given["place"],
        holder=given["holder"],
        file=file,
        issue=form.issues.get(given["point"]),
    )
    add_evidence(case.complaint, piece, by=case.actor, at=case.now, seen=form.version)


@needs(May.INVESTIGATE)
def custody(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Write down a change of hands or place."""
    case = opened(request, reference)
    piece = _piece(case, number)

    def act(case: Case, form: MoveForm) -> None:
        given = form.cleaned_data
        move_evidence(
            piece,
            what=What(given["what"]),
            holder=given["holder"],
            place=given["place"],
            note=given["note"],
            by=case.actor,
            at=case.now,
        )

    def look(case: Case, form: MoveForm) -> dict[str, object]:
        return {"piece": piece}

    return MOVING.answer(request, case, MoveForm, act, look, then=f"{case.at('investigation')}#evidence")


@needs(May.INVESTIGATE)
def check(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Write down that it was checked."""
    case = opened(request, reference)
    piece = _piece(case, number)

    def act(case: Case, form: CheckForm) -> None:
        verify_evidence(piece, note=form.cleaned_data["note"], by=case.actor, at=case.now)

    def look(case: Case, form: CheckForm) -> dict[str, object]:
        return {"piece": piece}

    return CHECKING.answer(request, case, CheckForm, act, look, then=f"{case.at('investigation')}#evidence")


def _piece(case: Case, number: int) -> Evidence:
    piece = Evidence.objects.filter(complaint=case.complaint, number=number).select_related("file").first()
    if piece is None:
        raise Http404
    piece.complaint = case.complaint
    return piece


def evidence_of(case: Case) -> list[EvidenceShown]:
    """Every piece in the order in which it came. Two queries however many there are."""
    rows = list(
        Evidence.objects.filter(complaint=case.complaint).select_related("file", "issue", "person").order_by("number")
    )
    chains: dict[int, list[Custody]] = {}
    for row in Custody.objects.filter(evidence__in=rows).select_related("person").order_by("number"):
        chains.setdefault(row.evidence_id, []).append(row)
    return [_shown(row, chains.get(row.pk, []), case) for row in rows]


def _shown(row: Evidence, chain: Sequence[Custody], case: Case) -> EvidenceShown:
    is_here = not any(step.what in {What.RETURNED, What.DESTROYED} for step in chain)
    may_move = is_here and "move_evidence" in case.open_to
    return EvidenceShown(
        evidence=row,
        chain=chain,
        is_checked=any(step.what == What.VERIFIED for step in chain),
        is_here=is_here,
        file=attachment_of(row.file, case) if row.file else None,
        move_href=case.at("evidence_custody", number=row.number) if may_move else "",
        check_href=case.at("evidence_check", number=row.number) if may_move else "",
    )
