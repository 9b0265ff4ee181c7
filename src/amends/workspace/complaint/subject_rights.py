"""The person complained about: what they were told and said, step by step, and the steps themselves (annex D)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints import actions
from amends.complaints.models import Party, PassedToHr
from amends.complaints.models.subject_rights import How
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.complaints.subject_rights import check_details, check_told, subjects_of
from amends.kit.refusal import Refusal
from amends.permissions.engine import may, require
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.complaint import frame
from amends.workspace.complaint.choices import day_field, long_text, today_at
from amends.workspace.complaint.header import crumbs_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm, refused

Words = str | Promise

NOTICE = Screen(
    verb=Verb.TELL_SUBJECT,
    title=gettext_lazy("Tell the person complained about"),
    button=gettext_lazy("Record that they are told"),
    said=gettext_lazy("It is recorded that they were told."),
    intro=gettext_lazy(
        "Tell them at once that there is a complaint, what happens now, that they will get the details before anybody "
        "asks them, and that somebody may stand by them. By mail they only hear that there is something to read."
    ),
)
DETAILS = Screen(
    verb=Verb.GIVE_DETAILS,
    title=gettext_lazy("Hand over the details"),
    button=gettext_lazy("Hand over"),
    said=gettext_lazy("The details are handed over. What they were given is kept word for word."),
    intro=gettext_lazy(
        "Write for them what they are said to have done, when and where, so that they can answer. They see this text "
        "and nothing else of the complaint: name the complainant only where it cannot be answered otherwise."
    ),
)
SUPPORT = Screen(
    verb=Verb.NAME_SUPPORT_PERSON,
    title=gettext_lazy("Name who supports them"),
    button=gettext_lazy("Save"),
    said=gettext_lazy("It is recorded who supports them."),
)
STATEMENT = Screen(
    verb=Verb.TAKE_STATEMENT,
    title=gettext_lazy("Take their statement"),
    button=gettext_lazy("Save the statement"),
    said=gettext_lazy("The statement is recorded."),
    intro=gettext_lazy("In their own words, from a letter or a talk. They can also write it on their page themselves."),
)
RESULT = Screen(
    verb=Verb.TELL_SUBJECT_RESULT,
    title=gettext_lazy("Tell them the result"),
    button=gettext_lazy("Tell them"),
    said=gettext_lazy("It is recorded that they were told the result."),
    intro=gettext_lazy(
        "Say what was found about them and what follows for them. Nothing about discipline belongs here."
    ),
)


HR = Screen(
    verb=Verb.REFER_TO_HR,
    title=gettext_lazy("Passed on as a personnel matter"),
    button=gettext_lazy("Record it"),
    said=gettext_lazy("It is recorded that it was passed on."),
    intro=gettext_lazy(
        "Only that it was passed on, when and to whom. Whatever follows there, such as discipline, does not belong "
        "into the complaint."
    ),
)


@dataclass(frozen=True)
class Said:
    """Something that was told or said, with its day, way and words."""

    at: datetime
    how: Words
    text: str = ""
    by: str = ""


@dataclass(frozen=True)
class StepLine:
    """One step of five: what is recorded, and where it is taken."""

    title: Words
    said: Sequence[Said]
    waits: Words
    href: str = ""
    action: Words = ""


@dataclass(frozen=True)
class SubjectCard:
    """One person complained about."""

    name: str
    steps: Sequence[StepLine]
    letter_href: str
    #: Apart from what they have a right to: that it went on as a personnel matter.
    passed_on: Sequence[PassedToHr]
    hr_href: str


@needs(May.TELL_SUBJECT)
def subject_rights(request: StaffVisit, reference: str) -> HttpResponse:
    """The tab: the five steps of annex D in their order, for each person."""
    case = frame.opened_whole(request, reference)
    require(request.actor, May.TELL_SUBJECT, case.complaint)
    people = (
        subjects_of(case.complaint)
        .select_related("subject_notice__person")
        .prefetch_related("disclosures__person", "supporters__person", "statements__person", "subject_results__person")
        .prefetch_related("passed_to_hr__person")
    )
    cards = [_card(case, party, number) for number, party in enumerate(people, start=1)]
    if not cards:
        raise Http404
    content = {
        "cards": cards,
        "walls_href": case.at("walls") if may(case.actor, May.SEE_WALLS, case.complaint) else "",
    }
    return frame.page(request, case, "subject_rights", content)


def _card(case: Case, party: Party, number: int) -> SubjectCard:
    notice = getattr(party, "subject_notice", None)
    disclosures = list(party.disclosures.all())
    is_told, has_details = notice is not None, bool(disclosures)

    def step(name: str, title: Words, said: Sequence[Said], waits: Words, verb: Verb, *, is_next: bool) -> StepLine:
        able = is_next and verb.value in case.open_to
        return StepLine(title, said, waits, case.at(name, number=number) if able else "", title if able else "")

    steps = [
        step(
            "subject_notice",
            NOTICE.title,
            [Said(notice.at, How(notice.how).label, by=notice.person.name)] if notice else [],
            _("Not told yet"),
            NOTICE.verb,
            is_next=not is_told,
        ),
        step(
            "subject_details",
            DETAILS.title,
            [Said(each.at, How(each.how).label, each.text, each.person.name) for each in disclosures],
            _("Not handed over yet: until then they are not heard"),
            DETAILS.verb,
            is_next=is_told,
        ),
        step(
            "subject_support",
            SUPPORT.title,
            [Said(each.at, each.relation, each.name, each.person.name) for each in party.supporters.all()],
            _("Nobody named"),
            SUPPORT.verb,
            is_next=is_told,
        ),
        step(
            "subject_statement",
            STATEMENT.title,
            [Said(each.at, How(each.how).label, each.text, each.person.name) for each in party.statements.all()],
            _("Not heard yet"),
            STATEMENT.verb,
            is_next=has_details,
        ),
        step(
            "subject_result",
            RESULT.title,
            [Said(each.at, How(each.how).label, each.text, each.person.name) for each in party.subject_results.all()],
            _("Not told yet"),
            RESULT.verb,
            is_next=is_told and all(each.round != case.complaint.round for each in party.subject_results.all()),
        ),
    ]
    return SubjectCard(
        party.name,
        steps,
        case.at("subject_letter", number=number) if is_told else "",
        sorted(party.passed_to_hr.all(), key=lambda row: row.pk),
        case.at("subject_hr", number=number) if HR.verb.value in case.open_to else "",
    )


class _AboutSubject(StepForm):
    """A form about one of the people complained about."""

    def prepare(self) -> None:
        self.party = party_of(self.case, self.number)


def _way(*without: How) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("On which way?"),
        choices=[(how.value, how.label) for how in How if how not in without],
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Choose the way")},
    )


class NoticeForm(_AboutSubject):
    """How they are told."""

    how = _way()


class DetailsForm(_AboutSubject):
    """The text for them."""

    text = long_text(gettext_lazy("What they are given"), longest=20_000, missing=gettext_lazy("Write the details"))
    how = _way()


class SupportForm(_AboutSubject):
    """Who it is."""

    name = LineField(
        label=gettext_lazy("Name"), max_length=160, error_messages={"required": gettext_lazy("Enter the name")}
    )
    relation = LineField(
        label=gettext_lazy("Who are they to them?"),
        help_text=gettext_lazy("Such as: colleague, union, friend."),
        max_length=120,
        required=False,
    )


class StatementForm(_AboutSubject):
    """Their words."""

    text = long_text(gettext_lazy("Their statement"), longest=20_000, missing=gettext_lazy("Write what they said"))
    how = _way(How.PAGE)


class ResultForm(_AboutSubject):
    """The result in words for them."""

    text = long_text(gettext_lazy("What they are told"), longest=20_000, missing=gettext_lazy("Write the result"))
    how = _way()


class HrForm(_AboutSubject):
    """The day and the addressee."""

    passed_on = day_field(gettext_lazy("On which day?"), missing=gettext_lazy("Choose the day"))
    addressee = LineField(
        label=gettext_lazy("To whom?"),
        help_text=gettext_lazy("An office or a person, such as: the personnel department."),
        max_length=120,
        error_messages={"required": gettext_lazy("Say to whom it was passed on.")},
    )

    def prepare(self) -> None:
        super().prepare()
        self.initial["passed_on"] = today_at(self.case)


def party_of(case: Case, number: int) -> Party:
    """The person complained about with this number, or 404."""
    found = list(subjects_of(case.complaint).select_related("person")[:number])
    if number < 1 or len(found) < number:
        raise Http404
    return found[-1]


def _step(
    request: StaffVisit,
    reference: str,
    number: int,
    screen: Screen,
    form: type[_AboutSubject],
    act: Callable[[Case, Party, dict[str, Any]], object],
    before: Callable[[Party], None] = lambda _party: None,
) -> HttpResponse:
    case = opened(request, reference)
    require(request.actor, May.TELL_SUBJECT, case.complaint)
    party = party_of(case, number)
    try:
        before(party)
    except Refusal as refusal:
        return refused(request, case, screen.title, refusal)

    def take(case: Case, filled: _AboutSubject) -> None:
        act(case, filled.party, filled.cleaned_data)

    return screen.answer(request, case, form, take, then=case.at("subject_rights"))


@needs(May.TELL_SUBJECT)
def notice(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """First step: they know."""

    def act(case: Case, party: Party, given: dict[str, str]) -> None:
        actions.tell_subject(case.complaint, party, how=How(given["how"]), by=case.actor, at=case.now)

    return _step(request, reference, number, NOTICE, NoticeForm, act)


@needs(May.TELL_SUBJECT)
def details(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Second step: they have what they need to answer."""

    def act(case: Case, party: Party, given: dict[str, str]) -> None:
        how = How(given["how"])
        actions.give_details(case.complaint, party, text=given["text"], how=how, by=case.actor, at=case.now)

    return _step(request, reference, number, DETAILS, DetailsForm, act, check_told)


@needs(May.TELL_SUBJECT)
def support(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Third step: they are not alone."""

    def act(case: Case, party: Party, given: dict[str, str]) -> None:
        name, relation = given["name"], given["relation"]
        actions.name_support_person(case.complaint, party, name=name, relation=relation, by=case.actor, at=case.now)

    return _step(request, reference, number, SUPPORT, SupportForm, act, check_told)


@needs(May.TELL_SUBJECT)
def statement(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Fourth step: they are heard, and not before they have the details."""

    def act(case: Case, party: Party, given: dict[str, str]) -> None:
        how = How(given["how"])
        actions.take_statement(case.complaint, party, text=given["text"], how=how, by=case.actor, at=case.now)

    return _step(request, reference, number, STATEMENT, StatementForm, act, check_details)


@needs(May.TELL_SUBJECT)
def result(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Fifth step: they hear what came of it."""

    def act(case: Case, party: Party, given: dict[str, str]) -> None:
        how = How(given["how"])
        actions.tell_subject_result(case.complaint, party, text=given["text"], how=how, by=case.actor, at=case.now)

    return _step(request, reference, number, RESULT, ResultForm, act, check_told)


@needs(May.TELL_SUBJECT)
def hr(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """Beside the five steps: that it is a personnel matter too."""

    def act(case: Case, party: Party, given: dict[str, Any]) -> None:
        day, to = given["passed_on"], given["addressee"]
        actions.refer_to_hr(case.complaint, party, passed_on=day, addressee=to, by=case.actor, at=case.now)

    return _step(request, reference, number, HR, HrForm, act)


@needs(May.TELL_SUBJECT)
def letter(request: StaffVisit, reference: str, number: int) -> HttpResponse:
    """The same as their page, to be printed and handed over, for somebody who does not sign in."""
    case = opened(request, reference)
    require(request.actor, May.TELL_SUBJECT, case.complaint)
    party = party_of(case, number)
    context = {
        "case": case,
        "party": party,
        "disclosures": party.disclosures.order_by("number"),
        "results": party.subject_results.order_by("round"),
        "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=_("Letter to the person complained about")),
        "organisation": case.organisation,
        "now": case.now,
        "back": case.at("subject_rights"),
    }
    return render(request, "workspace/complaint/subject_letter.html", context)
