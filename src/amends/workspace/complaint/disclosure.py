"""Passing something on outside: the paper is made, written into the register, and only then handed over (4.10)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amends.complaints.actions import disclose
from amends.complaints.actions.disclose import MADE, Basis, Passed
from amends.complaints.models import Evidence, OutsideDisclosure, Referral
from amends.complaints.outside import newest_referral
from amends.complaints.permissions import May
from amends.complaints.queries import Verb, check
from amends.correspondence.models import Message
from amends.kit.refusal import Refusal
from amends.rendering.pdf import TooLongError
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import CheckboxRows, RadioRows
from amends.workspace.answering import NOT_OFFERED, shown_in
from amends.workspace.complaint.choices import day_field, today_at
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.record import TOO_LONG, file_of
from amends.workspace.complaint.sheet import paper, sheet_document
from amends.workspace.complaint.stepping import Screen, StepForm, refused
from amends.workspace.complaint.withheld import withheld

What, Ground = OutsideDisclosure.What, OutsideDisclosure.Ground

SCREEN = Screen(
    verb=Verb.DISCLOSE,
    title=gettext_lazy("Pass something on outside"),
    button=gettext_lazy("Record it and pass it on"),
    said=gettext_lazy("It stands in the register of disclosures."),
    intro=gettext_lazy(
        "Nothing about a person leaves the house unless they agree or there is another good ground. What leaves is "
        "written down: what, to whom, why, and by whom. The file and the sheet are made at this moment and handed to "
        "you; the register keeps their digest."
    ),
    template="workspace/complaint/disclosure.html",
)
#: Stands for somebody who is not the body that has the complaint.
OTHER = "other"
MOST_LETTERS = 30
_WORDS_OF_A_LETTER = 60


class DisclosureForm(StepForm):
    """What goes out, to whom, and why it may."""

    to = forms.ChoiceField(label=gettext_lazy("To whom?"), widget=RadioRows, error_messages=NOT_OFFERED)
    recipient = LineField(
        label=gettext_lazy("Name of whoever gets it"),
        help_text=gettext_lazy("Only for somebody else than the outside body."),
        max_length=200,
        required=False,
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What is passed on?"),
        choices=What.choices,
        widget=RadioRows(
            hints={
                "file": gettext_lazy("Made now, without internal notes."),
                "sheet": gettext_lazy("Made now, one page."),
            }
        ),
        error_messages={"required": gettext_lazy("Choose what is passed on")},
    )
    message = forms.ChoiceField(label=gettext_lazy("Which letter?"), required=False, error_messages=NOT_OFFERED)
    evidence = forms.MultipleChoiceField(
        label=gettext_lazy("Which pieces of evidence?"),
        required=False,
        widget=CheckboxRows,
        error_messages=NOT_OFFERED,
    )
    what_text = LineField(
        label=gettext_lazy("What exactly?"),
        help_text=gettext_lazy("Needed for something else; a note otherwise."),
        max_length=300,
        required=False,
    )
    names_complainant = forms.BooleanField(
        label=gettext_lazy("It says who complains"),
        help_text=gettext_lazy("Without this, the file and the sheet are made without the name and without addresses."),
        required=False,
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("On what ground?"),
        choices=Ground.choices,
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Choose the ground")},
    )
    ground_text = LineField(
        label=gettext_lazy("Where can the ground be seen?"),
        help_text=gettext_lazy("Which law, which consent and when, which contract."),
        max_length=500,
        error_messages={"required": gettext_lazy("Say where the ground can be seen")},
    )
    given_on = day_field(gettext_lazy("Passed on"), missing=gettext_lazy("Enter the day on which it is passed on"))

    def prepare(self) -> None:
        self.referral = newest_referral(self.case.complaint)
        known = [("body", self.referral.called)] if self.referral is not None else []
        self.choose("to", [*known, (OTHER, _("Somebody else"))])
        self.pieces = {str(each.number): each for each in _pieces(self.case)}
        self.letters = {str(place): each for place, each in enumerate(_letters(self.case), start=1)}
        if self.pieces:
            self.choose("evidence", [(key, self._of_piece(each)) for key, each in self.pieces.items()])
        else:
            del self.fields["evidence"]
        letters = [(key, self._of_letter(each)) for key, each in self.letters.items()]
        self.choose("message", [("", _("None")), *letters])
        self.initial.update({"to": "body" if known else OTHER, "what": What.FILE, "given_on": today_at(self.case)})
        if self.case.complaint.is_anonymous:
            del self.fields["names_complainant"]

    def _of_piece(self, piece: Evidence) -> str:
        return f"{piece.number}: {self.case.mask.hides(piece.title)}"

    def _of_letter(self, letter: Message) -> str:
        begins = " ".join(self.case.mask.hides(letter.text).split())[:_WORDS_OF_A_LETTER]
        return f"{formatting.short_day(letter.at)}: {begins}…"

    def receiver(self) -> Referral | str:
        """As the verb takes it."""
        given = self.cleaned_data
        return self.referral if given["to"] != OTHER and self.referral is not None else str(given["recipient"])

    def passed(self, document: bytes) -> Passed:
        """What goes out, as the verb takes it."""
        given, what = self.cleaned_data, What(self.cleaned_data["what"])
        return Passed(
            what,
            document=document,
            message=self.letters.get(given["message"]) if what is What.LETTER else None,
            evidence=[self.pieces[key] for key in given.get("evidence", ())] if what is What.EVIDENCE else (),
            described=given["what_text"],
        )


def _pieces(case: Case) -> list[Evidence]:
    return list(Evidence.objects.filter(complaint=case.complaint).order_by("number"))


def _letters(case: Case) -> list[Message]:
    rows = Message.objects.filter(thread_id=case.complaint.thread_id, direction=Message.Direction.OUT)
    return list(rows.order_by("-id")[:MOST_LETTERS])


@needs(May.DISCLOSE)
def disclosures(request: StaffVisit, reference: str) -> HttpResponse:
    """What was passed on until now, and one more. The answer is the paper where we made one."""
    case = opened(request, reference)
    try:
        check(SCREEN.verb, case.complaint, by=request.actor)
    except Refusal as refusal:
        return refused(request, case, SCREEN.title, refusal)
    if request.method != "POST":
        return SCREEN.shown(request, case, DisclosureForm(request=request, case=case), _look)
    form = DisclosureForm(request.POST, request=request, case=case)
    if form.is_valid():
        try:
            with shown_in(form):
                return _passed_on(request, case, form)
        except TooLongError:
            form.add_error("what", str(TOO_LONG))
    return SCREEN.shown(request, case, form, _look, status=422)


def _passed_on(request: StaffVisit, case: Case, form: DisclosureForm) -> HttpResponse:
    given, what = form.cleaned_data, What(form.cleaned_data["what"])
    names = bool(given.get("names_complainant"))
    document = _document(case if names else withheld(case), what)
    made = disclose(
        case.complaint,
        form.passed(document),
        to=form.receiver(),
        basis=Basis(Ground(given["ground"]), given["ground_text"]),
        names_complainant=names,
        given_on=given["given_on"],
        by=case.actor,
        at=case.now,
    )
    if what in MADE:
        return paper(document, f"{case.complaint.reference}-{what.value}-{made.number}.pdf")
    messages.success(request, str(SCREEN.said))
    return HttpResponseRedirect(case.at("disclosures"))


def _document(case: Case, what: OutsideDisclosure.What) -> bytes:
    """The paper, as it goes out. Nothing is recorded yet, and nothing is handed over."""
    language = get_language() or "en"
    if what is What.FILE:
        return file_of(case, language=language, for_outside=True)
    return sheet_document(case, language=language, for_outside=True) if what is What.SHEET else b""


def _look(case: Case, form: DisclosureForm) -> dict[str, Any]:
    rows = OutsideDisclosure.objects.filter(complaint=case.complaint).select_related("person")
    return {"passed": [_shown(case, each) for each in rows.prefetch_related("evidence").order_by("-number")]}


def _shown(case: Case, disclosure: OutsideDisclosure) -> dict[str, Any]:
    pieces = ", ".join(str(piece.number) for piece in disclosure.evidence.all())
    words = {"what": What(disclosure.what).label, "pieces": pieces}
    return {
        "disclosure": disclosure,
        "what": _("%(what)s: %(pieces)s") % words if pieces else words["what"],
        "ground": Ground(disclosure.ground).label,
        "recipient": case.mask.hides(disclosure.recipient),
        "what_text": case.mask.hides(disclosure.what_text),
        "ground_text": case.mask.hides(disclosure.ground_text),
    }
