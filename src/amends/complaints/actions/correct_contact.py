"""Correcting how somebody is reached, and asking whether their open complaints follow (decision 3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events
from amends.complaints.contacts import JOINED, key_of, whole
from amends.complaints.models import Contact, ContactPoint, Party
from amends.complaints.permissions import May, named_to
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line
from amends.people.standing import Staff
from amends.permissions import engine

_LONGEST = {ContactPoint.Kind.EMAIL: 254, ContactPoint.Kind.PHONE: 40, ContactPoint.Kind.ADDRESS: 300}


@transaction.atomic
def correct_contact(
    contact: Contact, kind: str, value: str, *, instead_of: str, follow: bool, by: Staff, at: datetime
) -> list[Party]:
    """Write down a new way to reach a contact, striking out the old one where there is one.

    With `follow` their open complaints of which this person may know get it too, where the old one stands in them.
    Refusals: `not_permitted`, `value_needed`, `known_already`, `changed_meanwhile`.
    """
    engine.require(by, May.FIND_CONTACTS, contact)
    way = ContactPoint.Kind(kind)
    value = clean_line(value)[: _LONGEST[way]]
    key, old = key_of(way, value), key_of(way, instead_of)
    if not key:
        raise Refusal("value_needed", _("Enter the new one."), field="value")
    current = ContactPoint.objects.filter(contact__in=whole(contact), kind=way, struck_at__isnull=True)
    if current.filter(key=key, value=value).exists():
        raise Refusal("known_already", _("This is known already."), field="value")
    if instead_of and not current.filter(key=old).update(struck_at=at):
        raise Refusal("changed_meanwhile", _("Somebody else has corrected this meanwhile. Open the page again."))
    current.filter(key=key).update(struck_at=at)  # the same one, spelled otherwise
    ContactPoint.objects.create(contact=contact, kind=way, value=value, key=key, since=at)
    moved = _followed(contact, way, old, value, by) if follow else []
    record(
        events.ContactCorrected(
            contact=contact.subject, kind=way.value, complaints=tuple(party.complaint.subject for party in moved)
        ),
        by=by,
        at=at,
        payload={"value": value, "instead_of": instead_of},
    )
    return moved


def _followed(contact: Contact, way: ContactPoint.Kind, old: str, value: str, by: Staff) -> list[Party]:
    """Write the new one into open complaints that say the old one, or none."""
    rows = Party.objects.filter(contact__in=whole(contact), role__in=JOINED, complaint__in=named_to(by).open())
    moved = []
    for party in rows.select_related("complaint").order_by("id"):
        if key_of(way, getattr(party, way.value)) == old:
            Party.objects.filter(pk=party.pk).update(**{way.value: value})
            moved.append(party)
    return moved
