"""What somebody complained about sees of it: what was handed over to them, where it stands, and where they answer.

Nothing else of the complaint is here, neither its reference nor its title nor who complains.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from amends.complaints import actions
from amends.complaints.models import Party
from amends.complaints.models.subject_rights import How
from amends.complaints.permissions import May
from amends.complaints.queries import Verb, check
from amends.complaints.stages import BAR_OF, Bar, Stage
from amends.complaints.subject_rights import told_about
from amends.journal.pseudonyms import name_of
from amends.journal.reads import note_read
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.workspace.answering import shown_in, status_of
from amends.workspace.complaint.choices import long_text

Words = str | Promise

#: Where it stands, in words that say nothing about what was found.
_STANDS = {
    Bar.RECEIVED: _("It was received. We look at what it is about."),
    Bar.ASSESSED: _("It was assessed. Finding out what happened has not begun yet."),
    Bar.INVESTIGATING: _("We find out what happened."),
    Bar.RESPONSE: _("The findings are being decided on."),
    Bar.COMMUNICATED: _("The complainant was told the decision."),
    Bar.SETTLING: _("The decision was made; what follows from it is being done."),
    Bar.CLOSED: _("It is closed."),
}


@dataclass(frozen=True)
class Line:
    """One of the complaints about somebody, by the day on which they were told."""

    told_at: datetime
    stands: Words
    href: str


class StatementForm(forms.Form):
    """Their side, in their words."""

    text = long_text(_("Your statement"), longest=20_000, missing=_("Write your statement"))
    use_required_attribute = False


class SupportForm(forms.Form):
    """Who stands by them."""

    name = LineField(label=_("Name"), max_length=160, error_messages={"required": _("Enter the name")})
    relation = LineField(
        label=_("Who are they to you?"),
        help_text=_("Such as: colleague, union, friend."),
        max_length=120,
        required=False,
    )
    use_required_attribute = False


@needs(May.SEE_ABOUT_ME)
def about_me(request: StaffVisit) -> HttpResponse:
    """What there is for this person to read; for nearly everybody, nothing."""
    lines = [
        Line(party.subject_notice.at, _stands(party), _href(party)) for party in told_about(request.actor.person_id)
    ]
    return render(request, "workspace/about_me.html", {"lines": lines})


@needs(May.SEE_ABOUT_ME)
def one(request: StaffVisit, party: UUID) -> HttpResponse:
    """One complaint, as far as it was handed over. That they look is recorded."""
    return _page(request, _mine(request, party))


@require_POST
@needs(May.SEE_ABOUT_ME)
def statement(request: StaffVisit, party: UUID) -> HttpResponse:
    """Writing one's side down."""
    mine, form = _mine(request, party), StatementForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            actions.take_statement(
                mine.complaint, mine, text=form.cleaned_data["text"], how=How.PAGE, by=request.actor, at=request.now
            )
            messages.success(request, str(_("Your statement is recorded.")))
            return HttpResponseRedirect(_href(mine))
    return _page(request, mine, statement_form=form)


@require_POST
@needs(May.SEE_ABOUT_ME)
def support(request: StaffVisit, party: UUID) -> HttpResponse:
    """Naming who stands by oneself."""
    mine, form = _mine(request, party), SupportForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            actions.name_support_person(mine.complaint, mine, **form.cleaned_data, by=request.actor, at=request.now)
            messages.success(request, str(_("It is recorded who supports you.")))
            return HttpResponseRedirect(_href(mine))
    return _page(request, mine, support_form=form)


def _mine(request: StaffVisit, name: UUID) -> Party:
    """One's own, or 404; whoever cannot be recorded as looking does not get to see."""
    for party in told_about(request.actor.person_id):
        if name_of(party.journal_subject) == name:
            note_read(party.complaint.subject, by=request.actor, at=request.now, field_group="disclosure")
            return party
    raise Http404


def _page(
    request: StaffVisit,
    party: Party,
    *,
    statement_form: StatementForm | None = None,
    support_form: SupportForm | None = None,
) -> HttpResponse:
    disclosures = list(party.disclosures.order_by("number"))
    may_answer = _may_answer(request, party)
    context = {
        "told_at": party.subject_notice.at,
        "stands": _stands(party),
        "disclosures": disclosures,
        "supporters": party.supporters.order_by("pk"),
        "statements": party.statements.order_by("number"),
        "results": party.subject_results.order_by("round"),
        "statement_form": (statement_form or StatementForm()) if disclosures and may_answer else None,
        "support_form": (support_form or SupportForm()) if may_answer else None,
        "answered": [form for form in (statement_form, support_form) if form is not None],
        "here": _href(party),
        "statement_href": reverse("workspace:about_me_statement", args=[name_of(party.journal_subject)]),
        "support_href": reverse("workspace:about_me_support", args=[name_of(party.journal_subject)]),
    }
    answered = [form for form in (statement_form, support_form) if form is not None]
    return render(request, "workspace/about_me_one.html", context, status=status_of(*answered))


def _may_answer(request: StaffVisit, party: Party) -> bool:
    """Whether the complaint is still open to what they say."""
    try:
        check(Verb.TAKE_STATEMENT, party.complaint, by=request.actor)
    except Refusal:
        return False
    return True


def _stands(party: Party) -> Words:
    return _STANDS[BAR_OF[Stage(party.complaint.stage)]]


def _href(party: Party) -> str:
    return reverse("workspace:about_me_one", args=[name_of(party.journal_subject)])
