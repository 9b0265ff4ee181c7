"""People across their complaints: found by name, with what they complained about; their addresses after a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints.actions import correct_contact, merge_contacts, part_contacts
from amends.complaints.actions.reveal_identity import REASONS
from amends.complaints.contacts import complaints_of, found, perhaps_the_same, whole
from amends.complaints.models import Contact, ContactMerging, ContactPoint, Party
from amends.complaints.permissions import May, known_to, named_to
from amends.complaints.queries import capped_count
from amends.complaints.stages import Stage
from amends.journal.pseudonyms import names_of
from amends.journal.reads import note_read
from amends.kit.refusal import Refusal
from amends.ui.access import StaffVisit, needs
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.addresses import address_of
from amends.workspace.answering import shown_in, status_of
from amends.workspace.naming import contact_named

Words = str | Promise

MOST_SHOWN = 50
MOST_REFERENCES = 3


@dataclass(frozen=True)
class Row:
    """A complaint of theirs in a line."""

    href: str
    reference: str
    title: str
    received_at: Any
    stage: Words


class ReasonForm(forms.Form):
    """Why their addresses are needed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you need them?"),
        choices=list(REASONS.items()),
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Say why you need them")},
    )
    use_required_attribute = False


class CorrectionForm(forms.Form):
    """A new way to reach them, and whether their open complaints follow."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=ContactPoint.Kind.choices, widget=RadioRows, initial="address"
    )
    instead_of = forms.ChoiceField(label=gettext_lazy("It takes the place of"), required=False)
    value = LineField(
        label=gettext_lazy("The new one"),
        max_length=300,
        error_messages={"required": gettext_lazy("Enter the new one.")},
    )
    follow = forms.BooleanField(
        label=gettext_lazy("Open complaints follow"),
        help_text=gettext_lazy("Where the old one stands in an open complaint, the new one is written there too."),
        required=False,
        initial=True,
    )
    use_required_attribute = False

    def __init__(self, data: Any, *, points: Sequence[ContactPoint]) -> None:
        super().__init__(data)
        self.known = {point.value: point for point in points}
        field = self.fields["instead_of"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Nothing: it is added")), *((value, value) for value in self.known)]

    def clean(self) -> dict[str, Any]:
        """What takes a place has to be of the same kind."""
        given = super().clean() or self.cleaned_data
        old = self.known.get(given.get("instead_of", ""))
        if old is not None and old.kind != given.get("kind"):
            self.add_error("instead_of", _("Choose one of the same kind."))
        if given.get("kind") == ContactPoint.Kind.EMAIL and given.get("value"):
            try:
                forms.EmailField().clean(given["value"])
            except forms.ValidationError:
                self.add_error("value", _("Enter an e-mail address like name@example.org."))
        return given


@needs(May.FIND_CONTACTS)
def contacts(request: StaffVisit) -> HttpResponse:
    """Find somebody by a part of their name. Only those show up of whom this person may know a complaint."""
    typed = request.GET.get("q", "").strip()[:120]
    people = found(typed, request.actor) if typed else []
    names = names_of("contact", [one.pk for one in people])
    rows = [(one, reverse("workspace:contact_page", args=[names[one.pk]])) for one in people]
    context = {"typed": typed, "rows": rows, "is_full": len(rows) >= MOST_SHOWN}
    return render(request, "workspace/contacts.html", context)


@needs(May.FIND_CONTACTS)
def contact_page(request: StaffVisit, contact: UUID) -> HttpResponse:
    """One person with their complaints; after saying why, also how to reach them."""
    about = contact_named(contact, request.actor)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    points: list[ContactPoint] = []
    if form.is_valid():
        note_read(
            about.subject, by=request.actor, at=request.now, field_group="identity", reason=form.cleaned_data["reason"]
        )
        points = _points(about)
    else:
        note_read(about.subject, by=request.actor, at=request.now)
    theirs = complaints_of(about, request.actor)
    count = capped_count(theirs)
    context = {
        "contact": about,
        "rows": [
            Row(address_of(one), one.reference, one.title, one.received_at, Stage(one.stage).label)
            for one in theirs[:MOST_SHOWN]
        ],
        "count_words": ngettext("%(count)d complaint", "%(count)d complaints", count) % {"count": count},
        "form": form,
        "points": points,
        "others": _known_as(about, request),
        "merge_href": reverse("workspace:contact_merging", args=[contact]) if about.merged_into_id is None else "",
        "correct_href": reverse("workspace:contact_correction", args=[contact]),
    }
    return render(request, "workspace/contact.html", context, status=422 if form.is_bound and form.errors else 200)


@needs(May.FIND_CONTACTS)
def correction(request: StaffVisit, contact: UUID) -> HttpResponse:
    """Correct how they are reached. The page shows the old ones, so that opening it is recorded like showing them."""
    about = contact_named(contact, request.actor)
    note_read(about.subject, by=request.actor, at=request.now, field_group="identity", reason="check")
    form = CorrectionForm(request.POST if request.method == "POST" else None, points=_points(about))
    back = reverse("workspace:contact_page", args=[contact])
    if form.is_valid():
        try:
            moved = correct_contact(about, **form.cleaned_data, by=request.actor, at=request.now)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
        else:
            said = ngettext(
                "It is saved. %(count)d open complaint follows.",
                "It is saved. %(count)d open complaints follow.",
                len(moved),
            )
            messages.success(request, said % {"count": len(moved)})
            return HttpResponseRedirect(back)
    context = {"contact": about, "form": form, "back": back}
    return render(request, "workspace/contact_correction.html", context, status=422 if form.errors else 200)


def _points(about: Contact) -> list[ContactPoint]:
    rows = ContactPoint.objects.filter(contact__in=whole(about), struck_at__isnull=True)
    return list(rows.order_by("kind", "id"))


@dataclass(frozen=True)
class KnownAs:
    """The same person under another name, why, and where they are parted again."""

    merging: ContactMerging
    other: Contact
    href: str
    part_href: str


def _known_as(about: Contact, request: StaffVisit) -> list[KnownAs]:
    """What goes on in this contact, or where it goes on. Names only of those of whom this person may know."""
    rows = ContactMerging.objects.filter(Q(contact=about) | Q(into=about), ended_at__isnull=True)
    found = list(rows.select_related("contact", "into", "person").order_by("at", "id")[:MOST_SHOWN])
    known = set(known_to(request.actor).filter(pk__in=[_other(row, about).pk for row in found]).values_list("pk"))
    named = [row for row in found if (_other(row, about).pk,) in known]
    names = names_of("contact", [key for row in named for key in (row.contact_id, row.into_id)])
    return [
        KnownAs(
            row,
            _other(row, about),
            reverse("workspace:contact_page", args=[names[_other(row, about).pk]]),
            reverse("workspace:contact_parting", args=[names[row.contact_id]]),
        )
        for row in named
    ]


def _other(row: ContactMerging, about: Contact) -> Contact:
    return row.into if row.contact_id == about.pk else row.contact


class MergingForm(forms.Form):
    """With whom they are one, and why that is known."""

    other = forms.ChoiceField(
        label=gettext_lazy("Who is the same person?"),
        help_text=gettext_lazy("Their complaints are shown together there. Nothing is changed in the complaints."),
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Choose a person")},
    )
    reason = LineField(
        label=gettext_lazy("How do you know?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say how you know.")},
    )
    use_required_attribute = False


class PartingForm(forms.Form):
    """Why they are not one person."""

    reason = LineField(
        label=gettext_lazy("Why are they not the same person?"),
        max_length=500,
        error_messages={"required": gettext_lazy("Say why.")},
    )
    use_required_attribute = False


@needs(May.FIND_CONTACTS)
def merging(request: StaffVisit, contact: UUID) -> HttpResponse:
    """Say that they are the same as somebody else: those with the same address or name are offered, or searched for."""
    about = contact_named(contact, request.actor)
    typed = request.GET.get("q", "").strip()[:120]
    mine = whole(about)
    people = found(typed, request.actor) if typed else perhaps_the_same(about, request.actor)
    offered = {str(one.pk): one for one in people if one.pk not in mine}
    names = {str(name): offered[str(key)] for key, name in names_of("contact", [int(key) for key in offered]).items()}
    form = MergingForm(request.POST if request.method == "POST" else None)
    field = form.fields["other"]
    assert isinstance(field, forms.ChoiceField)
    told_apart = _references_of(offered.values(), request)
    field.choices = [(name, f"{one.name} · {told_apart.get(one.pk, '')}") for name, one in names.items()]
    back = reverse("workspace:contact_page", args=[contact])
    if form.is_valid():
        given = form.cleaned_data
        with shown_in(form):
            merge_contacts(about, names[given["other"]], reason=given["reason"], by=request.actor, at=request.now)
            messages.success(request, _("Their complaints are shown together now."))
            return HttpResponseRedirect(reverse("workspace:contact_page", args=[given["other"]]))
    # Somebody else may have been quicker, so that nobody is left to choose: what was typed comes back all the same.
    is_empty = not names and not form.is_bound
    context = {"contact": about, "form": form, "back": back, "typed": typed, "is_empty": is_empty}
    return render(request, "workspace/contact_merging.html", context, status=status_of(form))


def _references_of(people: Iterable[Contact], request: StaffVisit) -> dict[int, str]:
    """Their newest complaints that may be seen: two people can have one name. One query."""
    rows = Party.objects.filter(contact__in=[one.pk for one in people], complaint__in=named_to(request.actor))
    found: dict[int, list[str]] = {}
    for key, reference in rows.order_by("-complaint__received_at", "-pk").values_list(
        "contact_id", "complaint__reference"
    ):
        if key is not None:
            found.setdefault(key, []).append(reference)
    return {key: ", ".join(references[:MOST_REFERENCES]) for key, references in found.items()}


@needs(May.FIND_CONTACTS)
def parting(request: StaffVisit, contact: UUID) -> HttpResponse:
    """Say that they are somebody else after all."""
    about = contact_named(contact, request.actor)
    back = reverse("workspace:contact_page", args=[contact])
    if about.merged_into is None and request.method != "POST":
        raise Http404
    form = PartingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with shown_in(form):
            part_contacts(about, reason=form.cleaned_data["reason"], by=request.actor, at=request.now)
            messages.success(request, _("They are two people again, each with their own complaints."))
            return HttpResponseRedirect(back)
    context = {"contact": about, "form": form, "back": back}
    return render(request, "workspace/contact_parting.html", context, status=status_of(form))
