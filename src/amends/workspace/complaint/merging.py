"""Merging into another complaint, both side by side before it is done; and taking it out again (7.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import merge, unmerge
from amends.complaints.merging import is_same_person
from amends.complaints.models import CaseText, Complaint, Party
from amends.complaints.models.complaint import Severity
from amends.complaints.permissions import May
from amends.complaints.queries import Verb, visible_to
from amends.complaints.stages import Stage
from amends.kit.ids import read_reference
from amends.kit.refusal import Refusal
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.opening import NAME_HIDDEN, Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise

MERGING = Screen(
    verb=Verb.MERGE,
    title=gettext_lazy("Merge into another complaint"),
    button=gettext_lazy("Merge"),
    said=gettext_lazy("The complaint is merged. It can be taken out again exactly as it was."),
    intro=gettext_lazy(
        "This complaint goes on in the other one. It keeps its messages, people, access code and clocks; the clocks "
        "are held. The complainant is told."
    ),
    template="workspace/complaint/merge.html",
)
TAKING_OUT = Screen(
    verb=Verb.UNMERGE,
    title=gettext_lazy("Take out of the other complaint again"),
    button=gettext_lazy("Take it out"),
    said=gettext_lazy("The complaint goes on by itself again, exactly as it was."),
    intro=gettext_lazy(
        "Stage, deadlines and everything else are as they were before. Deadlines that passed meanwhile count as late."
    ),
)


class MergeForm(StepForm):
    """Into which one, and why where different people complain."""

    into = LineField(
        label=gettext_lazy("Reference of the other complaint"),
        help_text=gettext_lazy("The one in which it goes on."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "reference"}),
        error_messages={"required": gettext_lazy("Enter the reference of the other complaint")},
    )
    reason = long_text(
        gettext_lazy("Why do they belong together?"),
        longest=4000,
        rows=3,
        hint=gettext_lazy("Needed where different people complain."),
        is_required=False,
    )
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def prepare(self) -> None:
        self.initial["into"] = self.request.GET.get("into", "")[:40]

    def clean(self) -> None:
        """Nobody merges what they have not seen side by side."""
        other = self.other
        if "into" in self.errors:
            return
        if other is None:
            self.add_error("into", _("No open complaint that you can see has this reference. Check it."))
        elif self.cleaned_data.get("looked_at") != other.reference:
            self.add_error("into", _("Look at both side by side first."))

    @property
    def other(self) -> Complaint | None:
        """The complaint whose reference was typed, as far as this person may see it."""
        reference = read_reference(self.answered("into")) or ""
        rows = visible_to(self.case.actor).select_related("product", "lead_unit", "handler")
        return rows.prefetch_related("walls", "participating_units", "parties").filter(reference=reference).first()


@dataclass(frozen=True)
class Compared:
    """One line of the comparison."""

    label: Words
    here: Words
    there: Words

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return str(self.here) != str(self.there)


@needs(May.MERGE)
def merging(request: StaffVisit, reference: str) -> HttpResponse:
    """Choose the other one, look at both, merge."""
    return MERGING.answer(request, opened(request, reference), MergeForm, _merge, _look)


def _merge(case: Case, form: MergeForm) -> None:
    other = form.other
    if other is None:
        raise Refusal("into_unknown", _("No open complaint that you can see has this reference."), field="into")
    merge(case.complaint, other, reason=form.cleaned_data["reason"], by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: MergeForm) -> dict[str, object]:
    other = form.other if form.answered("into") else None
    if other is None or other.pk == case.complaint.pk:
        same = Complaint.objects.filter(pk=case.complaint.possible_duplicate_of_id or 0)
        return {"suggested": visible_to(case.actor, same).first()}
    there = Case(other, case.actor, case.now, case.organisation)
    texts = dict(
        CaseText.objects.filter(complaint__in=[case.complaint, other], role=CaseText.Role.ORIGINAL).values_list(
            "complaint_id", "text"
        )
    )
    return {
        "other": other,
        "compared": [Compared(label, *pair) for label, pair in _lines(case, there)],
        "text_here": texts.get(case.complaint.pk, ""),
        "text_there": texts.get(other.pk, ""),
        "is_same_person": is_same_person(case.complaint, other),
    }


def _lines(here: Case, there: Case) -> Iterator[tuple[Words, tuple[Words, Words]]]:
    yield _("Title"), (here.complaint.title, there.complaint.title)
    yield Party.Role.COMPLAINANT.label, (_complainant(here), _complainant(there))
    yield _("Received"), (_day(here), _day(there))
    yield _("Product or service"), (_product(here), _product(there))
    yield _("Stage"), (Stage(here.complaint.stage).label, Stage(there.complaint.stage).label)
    yield _("Severity"), (_severity(here), _severity(there))
    yield _("Unit"), (here.complaint.lead_unit.name, there.complaint.lead_unit.name)
    yield _("Handler"), (_handler(here), _handler(there))
    yield _("Next deadline"), (_due(here), _due(there))


def _complainant(case: Case) -> Words:
    if case.complaint.is_anonymous:
        return _("Anonymous")
    if not case.sees_identity:
        return NAME_HIDDEN
    party = case.parties.get(Party.Role.COMPLAINANT)
    return party.name if party is not None and party.name else _("Name not given")


def _day(case: Case) -> str:
    return formatting.moment(case.complaint.received_at)


def _product(case: Case) -> Words:
    return str(case.complaint.product) if case.complaint.product else _("Not set")


def _severity(case: Case) -> Words:
    return Severity(case.complaint.severity).label if case.complaint.severity is not None else _("Not set")


def _handler(case: Case) -> Words:
    return case.complaint.handler.name if case.complaint.handler else _("Unassigned")


def _due(case: Case) -> Words:
    return formatting.day(case.complaint.next_due_at) if case.complaint.next_due_at else _("None")


class TakeOutForm(StepForm):
    """Why it goes on by itself."""

    reason = long_text(
        gettext_lazy("Why does it go on by itself?"),
        longest=4000,
        missing=gettext_lazy("Write why it goes on by itself"),
    )


@needs(May.MERGE)
def unmerging(request: StaffVisit, reference: str) -> HttpResponse:
    """Take it out of the other one."""
    return TAKING_OUT.answer(request, opened(request, reference), TakeOutForm, _unmerge)


def _unmerge(case: Case, form: TakeOutForm) -> None:
    unmerge(case.complaint, reason=form.cleaned_data["reason"], by=case.actor, at=case.now, seen=form.version)
