"""People and units in addresses: by their random names, because keys of the database are never shown."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse

from amends.complaints.models import Contact
from amends.complaints.permissions import known_to
from amends.journal.pseudonyms import names_of, subjects_named
from amends.people.models import Person, Unit
from amends.people.standing import Staff


def person_named(name: UUID) -> Person:
    """The person of a random name. Raises Http404."""
    subject = subjects_named([name]).get(name)
    person = Person.objects.filter(pk=subject.key).first() if subject and subject.kind == "person" else None
    if person is None:
        raise Http404
    return person


def unit_named(name: UUID) -> Unit:
    """The unit of a random name. Raises Http404."""
    subject = subjects_named([name]).get(name)
    unit = Unit.objects.filter(pk=subject.key).first() if subject and subject.kind == "unit" else None
    if unit is None:
        raise Http404
    return unit


def name_of_person(person: Person) -> UUID:
    """The name of a person for an address."""
    return names_of("person", [person.pk])[person.pk]


def name_of_unit(unit: Unit) -> UUID:
    """The name of a unit for an address."""
    return names_of("unit", [unit.pk])[unit.pk]


def contact_named(name: UUID, person: Staff) -> Contact:
    """The contact of a random name, if this person may know of them. Raises Http404."""
    subject = subjects_named([name]).get(name)
    found = known_to(person).filter(pk=subject.key).first() if subject and subject.kind == "contact" else None
    if found is None:
        raise Http404
    return found


def name_of_contact(contact: Contact) -> UUID:
    """The name of a contact for an address."""
    return names_of("contact", [contact.pk])[contact.pk]


def address_of_contact(contact: Contact) -> str:
    """Where somebody's complaints stand together."""
    return reverse("workspace:contact_page", args=[name_of_contact(contact)])
