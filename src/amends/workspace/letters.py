"""Letters that wait to be printed and posted, the oldest first, for those who may know the people they go to (7.8)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from amends.complaints.actions import post_letter, print_letter
from amends.complaints.letter_paper import paper_of, pdf_of
from amends.complaints.letters import letters_of
from amends.complaints.models import Letter
from amends.complaints.permissions import May
from amends.framework.queries import the_organisation
from amends.journal.reads import note_read
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.current import organisation_of
from amends.workspace import paging
from amends.workspace.addresses import address_of
from amends.workspace.complaint.sheet import paper

OLDEST = paging.Order("letters", (paging.Key("made_at"), paging.Key("id")), written="uid")


@dataclass(frozen=True)
class Row:
    """A letter on the list."""

    letter: Letter
    href: str
    complaint_href: str
    has_address: bool
    is_chosen: bool


class DoneForm(forms.Form):
    """What was done with the letters that are ticked."""

    use_required_attribute = False

    did = forms.ChoiceField(
        choices=(
            ("paper", gettext_lazy("As paper")),
            ("printed", gettext_lazy("Printed")),
            ("posted", gettext_lazy("Posted")),
        ),
        error_messages={"required": gettext_lazy("Press one of the three buttons.")},
    )
    letter = forms.MultipleChoiceField(
        label=gettext_lazy("Letters"), error_messages={"required": gettext_lazy("Tick at least one letter.")}
    )
    posted_on = forms.DateField(
        label=gettext_lazy("Posted on"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Enter a day, like 31.12.2026")},
    )

    def __init__(self, data: Any = None, *, rows: list[Letter], today: date) -> None:
        super().__init__(data, initial={"posted_on": today})
        field = self.fields["letter"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(each.uid), str(each.uid)) for each in rows]

    def clean(self) -> dict[str, Any]:
        """A day is owed for what was posted."""
        said = super().clean() or {}
        if said.get("did") == "posted" and not said.get("posted_on") and "posted_on" not in self.errors:
            self.add_error("posted_on", _("Enter the day on which they were posted."))
        return said


@needs(May.POST_LETTERS)
def letters(request: StaffVisit) -> HttpResponse:
    """One page of letters to post, and what was done with those that are ticked."""
    waiting = letters_of(request.actor).to_post()
    page = paging.page_of(_with_people(waiting), OLDEST, request.GET.get("page", ""))
    today = request.now.astimezone((organisation_of(request) or the_organisation()).zone).date()
    if request.method != "POST":
        return _shown(request, page, DoneForm(rows=page.rows, today=today))
    ticked = _with_people(waiting.filter(uid__in=_uids(request.POST.getlist("letter"))))[: paging.PAGE_SIZE]
    form = DoneForm(request.POST, rows=list(ticked), today=today)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    if form.cleaned_data["did"] == "paper":
        return _as_paper(request, list(ticked), name="letters.pdf")
    done, refused = _do(request, form, list(ticked))
    if done:
        words = ngettext("%(count)d letter is noted.", "%(count)d letters are noted.", done) % {"count": done}
        messages.success(request, words)
    if not refused:
        return HttpResponseRedirect(request.get_full_path())
    for refusal in refused.values():
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
    page = paging.page_of(_with_people(letters_of(request.actor).to_post()), OLDEST, request.GET.get("page", ""))
    return _shown(request, page, form, status=422)


def _uids(typed: list[str]) -> list[UUID]:
    found = []
    for each in typed[: paging.PAGE_SIZE]:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


def _do(request: StaffVisit, form: DoneForm, ticked: list[Letter]) -> tuple[int, dict[str, Refusal]]:
    """Each by itself: what somebody else did meanwhile keeps none of the others back."""
    given, done, refused = form.cleaned_data, 0, dict[str, Refusal]()
    for each in ticked:
        try:
            if given["did"] == "printed":
                print_letter(each, by=request.actor, at=request.now)
            else:
                post_letter(each, posted_on=given["posted_on"], by=request.actor, at=request.now)
            done += 1
        except Refusal as refusal:
            refused[refusal.code] = refusal
    return done, refused


def _with_people(rows: Any) -> Any:
    related = ("complaint", "complaint__lead_unit", "complaint__handler", "party", "message", "printed_by")
    return rows.select_related(*related).prefetch_related("complaint__walls", "complaint__participating_units")


def _shown(request: StaffVisit, page: paging.Page[Letter], form: DoneForm, *, status: int = 200) -> HttpResponse:
    here, chosen = reverse("workspace:letters"), set(request.POST.getlist("letter"))
    context = {
        "form": form,
        "rows": [_row(each, chosen) for each in page.rows],
        "previous_href": f"{here}?page={page.previous}" if page.previous else "",
        "next_href": f"{here}?page={page.next}" if page.next else "",
        "here": request.get_full_path(),
    }
    return render(request, "workspace/letters.html", context, status=status)


def _row(letter: Letter, chosen: set[str]) -> Row:
    return Row(
        letter=letter,
        href=reverse("workspace:letter", kwargs={"uid": letter.uid}),
        complaint_href=address_of(letter.complaint),
        has_address=bool(letter.party.address),
        is_chosen=str(letter.uid) in chosen,
    )


@needs(May.POST_LETTERS)
def letter(request: StaffVisit, uid: UUID) -> HttpResponse:
    """The letter as it is printed. That somebody read name and address is recorded."""
    found = _with_people(letters_of(request.actor)).filter(uid=uid).first()
    if found is None:
        raise Http404
    note_read(found.complaint.subject, by=request.actor, at=request.now, field_group="contact")
    organisation = organisation_of(request) or the_organisation()
    context = {
        "letter": found,
        "complaint": found.complaint,
        "paper": paper_of(found, organisation),
        "back": reverse("workspace:letters"),
        "pdf": reverse("workspace:letter_pdf", kwargs={"uid": found.uid}),
    }
    return render(request, "workspace/letter.html", context)


@needs(May.POST_LETTERS)
def letter_pdf(request: StaffVisit, uid: UUID) -> HttpResponse:
    """The letter as paper, with its address where the window of the envelope is."""
    found = _with_people(letters_of(request.actor)).filter(uid=uid).first()
    if found is None:
        raise Http404
    return _as_paper(request, [found], name=f"{found.complaint.reference}-letter.pdf")


def _as_paper(request: StaffVisit, chosen: list[Letter], *, name: str) -> HttpResponse:
    """All of them in one file. That somebody read names and addresses is recorded for each."""
    organisation = organisation_of(request) or the_organisation()
    for each in chosen:
        note_read(each.complaint.subject, by=request.actor, at=request.now, field_group="contact")
    papers = [paper_of(each, organisation) for each in chosen]
    return paper(pdf_of(papers, organisation, at=request.now, language=get_language() or "en"), name)
