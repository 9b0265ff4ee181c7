"""Changing how one is reached, by the complainant. What we know already is shown in part only."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.complaints.actions import change_contact
from amends.complaints.actions.change_contact import Ways
from amends.complaints.models import Party
from amends.complaints.stages import Stage
from amends.kit.refusal import Refusal
from amends.portal.following import Following, for_the_complainant
from amends.portal.forms import ContactForm
from amends.portal.visiting import PortalVisit


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_complainant
def contact(visit: PortalVisit, following: Following) -> HttpResponse:
    """GET shows in part what we know; POST writes down the new ways."""
    complaint, back = following.complaint, HttpResponseRedirect(reverse("portal:progress"))
    if complaint.is_anonymous or complaint.stage == Stage.VOID:
        return back
    party = Party.objects.get(pk=following.by.party_id)
    form = ContactForm(visit.POST if visit.method == "POST" else None, initial={"contact_by": party.contact_by})
    _hint(form, party)
    if form.is_valid():
        try:
            change_contact(complaint, Ways(**form.cleaned_data), by=following.by, at=following.at)
        except Refusal as refusal:
            if refusal.code not in {"email_needed", "phone_needed", "address_needed", "unchanged"}:
                raise
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            messages.success(visit, _("We have written it down. From now on we reach you that way."))
            return back
    status = 422 if form.errors else 200
    return render(visit, "portal/contact.html", {"form": form, "complaint": complaint}, status=status)


def _hint(form: ContactForm, party: Party) -> None:
    kept = _("We have %(value)s. Leave this empty to keep it.")
    shown = {"email": part_of_email(party.email), "phone": part_of_phone(party.phone)}
    shown["address"] = _("an address") if party.address else ""
    for name, value in shown.items():
        form.fields[name].help_text = kept % {"value": value} if value else _("We have none.")


def part_of_email(email: str) -> str:
    """So much of it that its owner knows it again, and nobody else learns it."""
    mailbox, at, domain = email.rpartition("@")
    _name, dot, end = domain.rpartition(".")
    return f"{mailbox[:1]}…@…{dot}{end}" if at else ""


def part_of_phone(phone: str) -> str:
    """Its last two digits."""
    digits = "".join(character for character in phone if character.isdecimal())
    return f"…{digits[-2:]}" if len(digits) > 4 else "…" if digits else ""
