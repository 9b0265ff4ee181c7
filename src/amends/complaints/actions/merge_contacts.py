"""Saying that two contacts are one person, and that they are not after all (ARCHITECTURE, decision 3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events
from amends.complaints.actors import staff_id_of
from amends.complaints.models import Contact, ContactMerging
from amends.complaints.permissions import May
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.permissions import engine


@transaction.atomic
def merge_contacts(contact: Contact, into: Contact, *, reason: str, by: engine.Person, at: datetime) -> ContactMerging:
    """Let a contact go on in another. A pointer: each keeps its name, its addresses and its links, and can be parted.

    Refusals: `not_permitted`, `reason_needed`, `merged_already`, `takes_in`, `same_contact`.
    """
    for each in (contact, into):
        engine.require(by, May.FIND_CONTACTS, each)
    reason = _checked(reason)
    current, into = _held(contact, into)
    if into.merged_into is not None:
        into = into.merged_into
    if current.pk == into.pk:
        raise Refusal("same_contact", _("This is the same person already. Choose another."), field="other")
    if current.merged_into_id is not None:
        raise Refusal("merged_already", _("This person goes on elsewhere already. Open the page again."))
    if contact.also_known_as.exists():
        raise Refusal("takes_in", _("Others go on in this one. Merge it the other way round."), field="other")
    contact.merged_into = into
    contact.save(update_fields=["merged_into"])
    merging = ContactMerging.objects.create(contact=contact, into=into, reason=reason, person_id=staff_id_of(by), at=at)
    record(events.ContactsMerged(contact=contact.subject, into=into.subject), by=by, at=at, payload={"reason": reason})
    return merging


@transaction.atomic
def part_contacts(contact: Contact, *, reason: str, by: engine.Person, at: datetime) -> ContactMerging:
    """Take a contact out of the one in which it goes on. Refusals: `not_permitted`, `reason_needed`, `not_merged`."""
    engine.require(by, May.FIND_CONTACTS, contact)
    reason = _checked(reason)
    merging = ContactMerging.objects.select_for_update().filter(contact=contact, ended_at__isnull=True).first()
    if merging is None:
        raise Refusal("not_merged", _("This person does not go on elsewhere. Open the page again."))
    merging.ended_at, merging.ended_by_id, merging.end_reason = at, staff_id_of(by), reason
    merging.save(update_fields=["ended_at", "ended_by", "end_reason"])
    contact.merged_into = None
    contact.save(update_fields=["merged_into"])
    record(
        events.ContactsParted(contact=contact.subject, out_of=merging.into.subject),
        by=by,
        at=at,
        payload={"reason": reason},
    )
    return merging


def _checked(reason: str) -> str:
    reason = clean_line(reason)[:500]
    if not reason:
        raise Refusal("reason_needed", _("Say why."), field="reason")
    return reason


def _held(contact: Contact, into: Contact) -> tuple[Contact, Contact]:
    """Both as they are now, until commit: two who merge at once never make a circle or a chain."""
    rows = Contact.objects.select_for_update(of=("self",)).select_related("merged_into").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[contact.pk, into.pk])}
    return found[contact.pk], found[into.pk]
