"""One person's complaints: who may know of them, what suggests that two parts belong to one person (decision 3)."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from amends.complaints.models import Contact, ContactPoint, Party
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.permissions import known_to, named_to
from amends.kit.text import clean_line, fold
from amends.people.standing import Staff

Kind = ContactPoint.Kind

#: So many digits at the end of a telephone number tell it, whatever stands before them.
DIGITS_THAT_TELL = 8
MOST = 50

JOINED = (Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE)


def key_of(kind: str, value: str) -> str:
    """What makes two spellings one: lower case for mail, the last digits of a telephone number, folded words."""
    if kind == Kind.PHONE:
        digits = "".join(character for character in value if character.isdecimal())
        return digits[-DIGITS_THAT_TELL:]
    return fold(clean_line(value))[:300]


def ways_to(party: Party) -> list[tuple[Kind, str]]:
    """The ways to reach somebody that stand in one complaint."""
    ways = [(Kind.EMAIL, party.email), (Kind.PHONE, party.phone), (Kind.ADDRESS, party.address)]
    return [(kind, value) for kind, value in ways if key_of(kind, value)]


def whole(contact: Contact) -> set[int]:
    """The keys of everything that is this person: where they go on, and all that goes on there. One query."""
    root = contact.merged_into_id or contact.pk
    return {root, *Contact.objects.filter(merged_into=root).values_list("pk", flat=True)}


def perhaps_the_same(contact: Contact, person: Staff) -> list[Contact]:
    """Contacts that share an e-mail address, a telephone number or the name. A suggestion, never more."""
    mine = whole(contact)
    points = ContactPoint.objects.filter(contact__in=mine, struck_at__isnull=True).exclude(kind=Kind.ADDRESS)
    same = Q(name_key=contact.name_key)
    for kind, key in points.values_list("kind", "key"):
        shared = ContactPoint.objects.filter(kind=kind, key=key, contact=OuterRef("pk"), struck_at__isnull=True)
        same |= Q(Exists(shared))
    return list(known_to(person).filter(same).exclude(pk__in=mine).order_by("name_key", "id")[:MOST])


def complaints_of(contact: Contact, person: Staff) -> ComplaintQuerySet:
    """The complaints of a contact that this person may know of, newest first."""
    mine = Party.objects.filter(contact__in=whole(contact), complaint=OuterRef("pk"))
    return named_to(person).filter(Exists(mine)).order_by("-received_at", "-id")


def suggested(party: Party, person: Staff) -> list[Contact]:
    """Contacts with an e-mail address or a telephone number of this party. A suggestion, never more."""
    same = _any_of(ways_to(party))
    if same is None:
        return []
    points = ContactPoint.objects.filter(same, contact=OuterRef("pk"), struck_at__isnull=True)
    return list(known_to(person).filter(Exists(points)).order_by("name_key", "id")[:MOST])


def _any_of(ways: Iterable[tuple[Kind, str]]) -> Q | None:
    """An address is shared by whole houses, so that it suggests nothing."""
    same = None
    for kind, value in ways:
        if kind != Kind.ADDRESS:
            one = Q(kind=kind, key=key_of(kind, value))
            same = one if same is None else same | one
    return same


def found(words: str, person: Staff) -> list[Contact]:
    """Contacts by a part of their name, in any spelling."""
    typed = fold(clean_line(words))[:200]
    if not typed:
        return []
    return list(known_to(person).filter(name_key__contains=typed).order_by("name_key", "id")[:MOST])
