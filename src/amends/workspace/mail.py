"""Mails that need somebody: what could not be sorted, what a machine sent, what cannot be opened (7.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints import mails
from amends.complaints.actions import dismiss_mail, join_mail, take_up_mail
from amends.complaints.intake import LONGEST_TEXT
from amends.complaints.models import Complaint
from amends.complaints.models.complaint import Kind
from amends.complaints.permissions import May
from amends.complaints.queries import visible_to
from amends.correspondence.models import SortedMail, SortedMailQuerySet
from amends.correspondence.quotation import without_quotation
from amends.correspondence.unpacking.opened import OpenedMail
from amends.files.serving import download_response
from amends.framework.models import Organisation
from amends.framework.queries import the_organisation
from amends.journal.reads import note_read
from amends.kit.ids import read_reference
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.ui.access import StaffVisit, needs
from amends.ui.current import organisation_of, own_name
from amends.ui.definition_forms import TextField
from amends.ui.parts import Tab
from amends.workspace import paging
from amends.workspace.addresses import address_of
from amends.workspace.answering import Together, shown_in

Words = str | Promise
Outcome = SortedMail.Outcome

OLDEST = paging.Order("mails", (paging.Key("id"),))
NEWEST = paging.Order("mails-done", (paging.Key("id", descending=True),))

WAITING, MACHINES, DISMISSED = "waiting", "machines", "dismissed"
LABELS: dict[str, Words] = {
    WAITING: gettext_lazy("To look at"),
    MACHINES: gettext_lazy("Sent by machines"),
    DISMISSED: gettext_lazy("Not a complaint"),
}
_MEANT = {
    WAITING: Q(waits=True),
    MACHINES: Q(outcome=Outcome.SUPPRESSED, waits=False),
    DISMISSED: Q(outcome=Outcome.NOT_A_COMPLAINT),
}


class TakeUpForm(forms.Form):
    """What the mail says, as the complaint that it becomes."""

    use_required_attribute = False
    prefix = "complaint"

    text = TextField(
        label=gettext_lazy("What it says"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": gettext_lazy("Write down what the mail says")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[(kind.value, kind.label) for kind in Kind if kind is not Kind.NOT_A_COMPLAINT],
        initial=Kind.COMPLAINT.value,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("The language we answer in"),
        help_text=gettext_lazy("Suggested by the words of the mail. Change it where they want to read another."),
        required=False,
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=160, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        error_messages={"invalid": gettext_lazy("Enter an e-mail address, like name@example.org")},
    )

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, own_name(code)) for code in languages]


class JoinForm(forms.Form):
    """The complaint that the mail belongs to, and how one knows."""

    use_required_attribute = False
    prefix = "joining"

    reference = forms.CharField(
        label=gettext_lazy("Reference of the complaint"),
        max_length=40,
        error_messages={"required": gettext_lazy("Enter the reference of the complaint")},
    )
    reason = forms.CharField(
        label=gettext_lazy("How do you know that it belongs there?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say how you know that it belongs there")},
    )


class DismissForm(forms.Form):
    """Why it is not a complaint."""

    use_required_attribute = False
    prefix = "dismissal"

    reason = forms.CharField(
        label=gettext_lazy("Why is it not a complaint?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why it is not a complaint")},
    )


@dataclass(frozen=True)
class Forms:
    """What can be done with a mail."""

    take_up: TakeUpForm
    join: JoinForm
    dismiss: DismissForm


@needs(May.SORT_MAIL)
def mail_list(request: StaffVisit) -> HttpResponse:
    """Mails that wait, the oldest first; what machines sent and what was dismissed, the newest first."""
    chosen = request.GET.get("of", WAITING)
    chosen = chosen if chosen in LABELS else WAITING
    rows = mails.mails_for(request.actor).filter(_MEANT[chosen]).select_related("mail")
    page = paging.page_of(rows, OLDEST if chosen == WAITING else NEWEST, request.GET.get("page", ""))
    here = f"{reverse('workspace:mail')}?of={chosen}"
    context = {
        "tabs": [Tab(label, f"{reverse('workspace:mail')}?of={key}", key == chosen) for key, label in LABELS.items()],
        "rows": page.rows,
        "caption": LABELS[chosen],
        "previous_href": f"{here}&page={page.previous}" if page.previous else "",
        "next_href": f"{here}&page={page.next}" if page.next else "",
    }
    return render(request, "workspace/mail_list.html", context)


@needs(May.SORT_MAIL)
def mail(request: StaffVisit, mail: str) -> HttpResponse:
    """One mail as text, with what can be done. That somebody read it is recorded."""
    return _shown(request, _found(request, mail))


@needs(May.SORT_MAIL)
def mail_file(request: StaffVisit, mail: str) -> HttpResponseBase:
    """The mail as it came, to be saved: it was not looked at."""
    found = _found(request, mail)
    if found.mail.file is None:
        raise Http404
    try:
        return download_response(found.mail.file)
    except Refusal as refusal:
        raise Http404(str(refusal.sentence)) from refusal


@needs(May.SORT_MAIL)
def mail_complaint(request: StaffVisit, mail: str) -> HttpResponse:
    """It becomes a complaint, an enquiry, praise …"""
    found = _found(request, mail)
    if request.method != "POST":
        return HttpResponseRedirect(_address(found))
    form = TakeUpForm(request.POST, languages=_organisation(request).languages)
    if form.is_valid():
        with shown_in(form):
            complaint = _take_up(request, found, form.cleaned_data)
            said = _("It is recorded as %(reference)s.") % {"reference": complaint.reference}
            messages.success(request, said)
            readable = visible_to(request.actor).filter(pk=complaint.pk).exists()
            return HttpResponseRedirect(address_of(complaint) if readable else reverse("workspace:mail"))
    return _shown(request, found, take_up=form)


def _take_up(request: StaffVisit, found: SortedMail, given: dict[str, Any]) -> Complaint:
    organisation = _organisation(request)
    taken = mails.files_once_more(found, given["text"], at=request.now)
    said = OpenedMail(
        sender=given["email"],
        sender_name=given["name"],
        subject=found.subject_line,
        language=given["language"],
        text="" if given["language"] else given["text"],
    )
    is_own = bool(found.text) and given["text"] == clean_text(found.text) and given["email"] == found.sender
    try:
        intake = mails.intake_of(
            said,
            given["text"],
            taken,
            organisation=organisation,
            kind=given["kind"],
            received_at=min(found.mail.arrived_at, request.now),
            is_own=is_own,
        )
        return take_up_mail(found, intake, left_out=taken.left_out, by=request.actor, at=request.now).complaint
    except Refusal:
        taken.discard()
        raise


def _organisation(request: StaffVisit) -> Organisation:
    return organisation_of(request) or the_organisation()


@needs(May.SORT_MAIL)
def mail_joining(request: StaffVisit, mail: str) -> HttpResponse:
    """It becomes a message of a complaint that one may read."""
    found = _found(request, mail)
    if request.method != "POST":
        return HttpResponseRedirect(_address(found))
    form = JoinForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            complaint = _named(request, form.cleaned_data["reference"])
            _join(request, found, complaint, form.cleaned_data["reason"])
            messages.success(request, _("It is part of %(reference)s now.") % {"reference": complaint.reference})
            return HttpResponseRedirect(address_of(complaint))
    return _shown(request, found, join=form)


def _named(request: StaffVisit, typed: str) -> Complaint:
    reference = read_reference(typed)
    complaint = visible_to(request.actor).filter(reference=reference).first() if reference else None
    if complaint is None:
        raise Refusal("not_found", _("There is no complaint of this reference that you can open."), field="reference")
    return complaint


def _join(request: StaffVisit, found: SortedMail, complaint: Complaint, reason: str) -> None:
    text = without_quotation(found.text) or found.subject_line or found.mail.reference
    taken = mails.files_once_more(found, text, at=request.now)
    try:
        join_mail(
            found,
            complaint,
            text=text,
            whole=found.text,
            reason=reason,
            files=taken.files,
            left_out=taken.left_out,
            by=request.actor,
            at=request.now,
        )
    except Refusal:
        taken.discard()
        raise


@needs(May.SORT_MAIL)
def mail_dismissal(request: StaffVisit, mail: str) -> HttpResponse:
    """It is not a complaint, and stays where it is."""
    found = _found(request, mail)
    if request.method != "POST":
        return HttpResponseRedirect(_address(found))
    form = DismissForm(request.POST)
    if form.is_valid():
        with shown_in(form):
            dismiss_mail(found, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, _("It stands under “Not a complaint” now."))
            return HttpResponseRedirect(reverse("workspace:mail"))
    return _shown(request, found, dismiss=form)


def _mails(request: StaffVisit) -> SortedMailQuerySet:
    return mails.mails_for(request.actor).select_related("mail", "mail__file", "delivery", "settled_by")


def _found(request: StaffVisit, reference: str) -> SortedMail:
    found = _mails(request).filter(mail__reference=reference).first()
    if found is None:
        raise Http404
    note_read(found.subject, by=request.actor, at=request.now, field_group="mail")
    return found


def _address(found: SortedMail) -> str:
    return reverse("workspace:mail_one", kwargs={"mail": found.mail.reference})


def _shown(
    request: StaffVisit,
    found: SortedMail,
    *,
    take_up: TakeUpForm | None = None,
    join: JoinForm | None = None,
    dismiss: DismissForm | None = None,
) -> HttpResponse:
    answers = _answers(request, found)
    forms_of_mail = Forms(
        take_up or _take_up_form(request, found),
        join or JoinForm(initial={"reference": answers.reference if answers else ""}),
        dismiss or DismissForm(),
    )
    sent = [each for each in (take_up, join, dismiss) if each is not None]
    context = {
        "found": found,
        "forms": forms_of_mail,
        "together": Together(sent) if sent else None,
        "answers": answers,
        "answers_href": address_of(answers) if answers else "",
        "is_dismissed": found.outcome == Outcome.NOT_A_COMPLAINT,
    }
    return render(request, "workspace/mail.html", context, status=422 if sent else 200)


def _take_up_form(request: StaffVisit, found: SortedMail) -> TakeUpForm:
    organisation = _organisation(request)
    suggested = mails.language_of(OpenedMail(text=found.text), organisation)
    initial = {"text": found.text, "name": found.sender_name, "email": found.sender, "language": suggested}
    return TakeUpForm(initial=initial, languages=organisation.languages)


def _answers(request: StaffVisit, found: SortedMail) -> Complaint | None:
    """The complaint whose mail it answers, for somebody who may read that."""
    thread = found.delivery.thread_id if found.delivery is not None else None
    return visible_to(request.actor).filter(thread=thread).first() if thread else None
