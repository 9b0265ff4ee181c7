"""Saying that somebody in a complaint is a person known from others (ARCHITECTURE, decision 3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.contacts import JOINED, key_of, ways_to
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Contact, ContactPoint, Party
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import fold
from amends.permissions import engine


@transaction.atomic
def link_contact(
    complaint: Complaint, role: str, contact: Contact | None, *, by: engine.Person, at: datetime
) -> Contact:
    """Link the party of a role to a contact, or to a new one made of what stands in this complaint.

    Only a person does this; equal addresses suggest it. Refusals: `anonymous`, `shielded`, `no_such_party`,
    `name_missing`, `linked_already`.
    """
    party = joinable(complaint, role)
    lifecycle.take(Verb.LINK_CONTACT, complaint, by=by, at=at)
    if not party.name:
        raise Refusal("name_missing", _("Without a name nobody can be found again."))
    if contact is None:
        contact = Contact.objects.create(kind=party.kind, name=party.name, name_key=fold(party.name)[:200], since=at)
    # Compare and set: two people who link at once do not overwrite each other.
    if not Party.objects.filter(pk=party.pk, contact__isnull=True).update(contact=contact):
        raise Refusal("linked_already", _("This person is linked already. Open the complaint again."))
    for kind, value in ways_to(party):
        ContactPoint.objects.get_or_create(
            contact=contact,
            kind=kind,
            key=key_of(kind, value),
            struck_at=None,
            defaults={"value": value, "since": at},
        )
    record(events.ContactLinked(complaint=complaint.subject, contact=contact.subject, role=party.role), by=by, at=at)
    return contact


def joinable(complaint: Complaint, role: str) -> Party:
    """The party of a role, where it may be joined with others."""
    if complaint.is_anonymous:
        raise Refusal("anonymous", _("Whoever stays anonymous is never linked with other complaints."))
    if complaint.is_shielded:
        raise Refusal("shielded", _("Whoever is shielded is not linked with other complaints."))
    party = Party.objects.filter(complaint=complaint, role=role).first() if role in JOINED else None
    if party is None:
        raise Refusal("no_such_party", _("Choose one of the people of this complaint."), field="role")
    return party
