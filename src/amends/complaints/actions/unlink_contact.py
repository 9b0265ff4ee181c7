"""Saying that somebody in a complaint is not the person they were linked with (ARCHITECTURE, decision 3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.models import Complaint, Party
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def unlink_contact(complaint: Complaint, role: str, *, by: engine.Person, at: datetime) -> Party:
    """Cut the link. What stands in the complaint stays as it was. Refuses with `not_linked`."""
    lifecycle.take(Verb.UNLINK_CONTACT, complaint, by=by, at=at)
    party = Party.objects.filter(complaint=complaint, role=role, contact__isnull=False).first()
    contact = party.contact if party is not None else None
    if party is None or contact is None or not Party.objects.filter(pk=party.pk, contact=contact).update(contact=None):
        raise Refusal("not_linked", _("This person is not linked with other complaints."))
    record(events.ContactUnlinked(complaint=complaint.subject, contact=contact.subject, role=party.role), by=by, at=at)
    return party
