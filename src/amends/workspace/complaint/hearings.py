"""Both sides heard: talks written down, statements checked, and why somebody was not heard (7.6, annex D)."""

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions import leave_unheard, record_hearing, verify_hearing
from amends.complaints.actions.record_hearing import Talk
from amends.complaints.both_sides import unheard_subjects
from amends.complaints.models import Hearing, Party, Unheard
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import day_field, long_text, today_at
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm, refused

Words = str | Promise
Side = Hearing.Side

HEARING = Screen(
    verb=Verb.RECORD_HEARING,
    title=_("Write down a talk"),
    button=_("Save the talk"),
    said=_("The talk is written down."),
    intro=_("What they said, in their words. Read it back to them and ask whether it is right."),
)
CHECKING = Screen(
    verb=Verb.VERIFY_HEARING,
    title=_("Check what was said"),
    button=_("Save that it was checked"),
    said=_("The check is written down."),
    template="workspace/complaint/hearing_check.html",
)
LEAVING = Screen(
    verb=Verb.LEAVE_UNHEARD,
    title=_("Go on without hearing somebody"),
    button=_("Save the reason"),
    said=_("The reason is written down."),
    intro=_("Whoever is complained about gets the chance to say something first. Say why nothing of theirs is here."),
)


@dataclass(frozen=True)
class HearingShown:
    """A talk with the name of who was heard, and where to say that it was checked."""

    hearing: Hearing
    name: Words
    check_href: str = ""


class HearingForm(StepForm):
    """Who was heard, how and when, and what they said."""

    side = forms.ChoiceField(
        label=_("Who was heard?"),
        choices=Side.choices,
        widget=RadioRows,
        error_messages={"required": _("Choose who was heard")},
    )
    party = forms.ChoiceField(label=_("Person complained about"), required=False)
    who = LineField(label=_("Name of the witness"), max_length=160, required=False)
    how = forms.ChoiceField(label=_("How"), choices=Hearing.How.choices)
    held_on = day_field(_("Day of the talk"), missing=_("Enter the day of the talk"))
    record = long_text(_("What they said"), longest=20_000, rows=8, missing=_("Write what they said"))
    is_read_back = forms.BooleanField(label=_("It was read back to them"), required=False)
    is_confirmed = forms.BooleanField(label=_("They confirmed that it is right"), required=False)

    def prepare(self) -> None:
        self.subjects = _subjects(self.case)
        if not self.subjects:
            del self.fields["party"]
            self.choose("side", [choice for choice in Side.choices if choice[0] != Side.SUBJECT])
        else:
            names = [(key, party.name) for key, party in self.subjects.items()]
            self.choose("party", [("", _("Choose one")), *names])
        self.initial["held_on"] = today_at(self.case)

    @property
    def talk(self) -> Talk:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return Talk(
            side=Side(given["side"]),
            how=Hearing.How(given["how"]),
            held_on=given["held_on"],
            record=given["record"],
            party=self.subjects.get(given.get("party", "")),
            who=given["who"],
            is_read_back=given["is_read_back"],
            is_confirmed=given["is_confirmed"],
        )


class CheckForm(StepForm):
    """Against what it was checked."""

    against = LineField(
        label=_("Against what did you check it?"),
        help_text=_("For example the call recording, a roster, what somebody else said."),
        max_length=500,
        error_messages={"required": _("Say against what you checked it.")},
    )


class UnheardForm(StepForm):
    """Who, why, and in words."""

    party = forms.ChoiceField(label=_("Person complained about"), error_messages={"required": _("Choose a person")})
    reason = forms.ChoiceField(
        label=_("Why are they not heard?"),
        choices=Unheard.Reason.choices,
        widget=RadioRows,
        error_messages={"required": _("Choose a reason")},
    )
    explanation = LineField(
        label=_("In words"),
        help_text=_("When and how they were asked, or why it is not needed."),
        max_length=1000,
        error_messages={"required": _("Say how they had the chance, or why it is not needed.")},
    )

    def prepare(self) -> None:
        open_ones = unheard_subjects(self.case.complaint).order_by("id")
        self.subjects = {str(place): party for place, party in enumerate(open_ones, start=1)}
        self.choose("party", [(key, party.name) for key, party in self.subjects.items()])


@needs(May.INVESTIGATE)
def hearings(request: StaffVisit, reference: str) -> HttpResponse:
    """Write down a talk with one side."""
    case = opened(request, reference)

    def act(case: Case, form: HearingForm) -> None:
        record_hearing(case.complaint, form.talk, by=case.actor, at=case.now, seen=form.version)

    return HEARING.answer(request, case, HearingForm, act, then=f"{case.at('investigation')}#both-sides")


@needs(May.INVESTIGATE)
def check(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Say against what a statement was checked."""
    case = opened(request, reference)
    hearing = Hearing.objects.filter(complaint=case.complaint, number=number).select_related("party").first()
    if hearing is None:
        raise Http404
    hearing.complaint = case.complaint

    def act(case: Case, form: CheckForm) -> None:
        verify_hearing(hearing, against=form.cleaned_data["against"], by=case.actor, at=case.now)

    def look(case: Case, form: CheckForm) -> dict[str, object]:
        return {"hearing": hearing, "name": _name(hearing, case)}

    return CHECKING.answer(request, case, CheckForm, act, look, then=f"{case.at('investigation')}#both-sides")


@needs(May.INVESTIGATE)
def unheard(request: StaffVisit, reference: str) -> HttpResponse:
    """Record why somebody complained about is not heard."""
    case = opened(request, reference)
    if "leave_unheard" in case.open_to and not unheard_subjects(case.complaint).exists():
        sentence = _("Everybody complained about was heard, or a reason stands here already.")
        return refused(request, case, LEAVING.title, Refusal("unheard_already", sentence))

    def act(case: Case, form: UnheardForm) -> None:
        party = form.subjects[form.cleaned_data["party"]]
        party.complaint = case.complaint
        reason = Unheard.Reason(form.cleaned_data["reason"])
        explanation = form.cleaned_data["explanation"]
        leave_unheard(party, reason=reason, explanation=explanation, by=case.actor, at=case.now, seen=form.version)

    return LEAVING.answer(request, case, UnheardForm, act, then=f"{case.at('investigation')}#both-sides")


def _subjects(case: Case) -> dict[str, Party]:
    parties = Party.objects.filter(complaint=case.complaint, role=Party.Role.SUBJECT).order_by("id")
    return {str(place): party for place, party in enumerate(parties, start=1)}


def hearings_of(case: Case) -> list[HearingShown]:
    """Every talk, the newest first. One query."""
    rows = Hearing.objects.filter(complaint=case.complaint).select_related("party", "person", "verified_by")
    may_check = "verify_hearing" in case.open_to
    return [
        HearingShown(
            row,
            _name(row, case),
            case.at("hearing_check", number=row.number) if may_check and row.verified_at is None else "",
        )
        for row in rows.order_by("-number")
    ]


def unheard_of(case: Case) -> list[Unheard]:
    """The reasons why somebody is not heard. One query."""
    rows = Unheard.objects.filter(party__complaint=case.complaint).select_related("party", "person")
    return list(rows.order_by("id"))


def _name(hearing: Hearing, case: Case) -> Words:
    if hearing.side == Side.SUBJECT and hearing.party is not None:
        return hearing.party.name if case.sees_identity else Side.SUBJECT.label
    return hearing.who or case.recipient_first
