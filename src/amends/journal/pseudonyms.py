"""Random names for rows, and back."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db.models import Q

from amends.journal.models import Pseudonym
from amends.journal.vocabulary import Subject


def name_of(subject: Subject) -> UUID:
    """The random name of a row, made at its first mention."""
    found, _ = Pseudonym.objects.get_or_create(kind=subject.kind, key=subject.key)
    return found.name


def names_of_each(*subjects: Subject) -> dict[Subject, UUID]:
    """The random names of a few rows; one query where all were mentioned before."""
    mine = Q()
    for subject in subjects:
        mine |= Q(kind=subject.kind, key=subject.key)
    rows = Pseudonym.objects.filter(mine).values_list("kind", "key", "name")
    known = {Subject(kind, key): name for kind, key, name in rows}
    return {subject: known[subject] if subject in known else name_of(subject) for subject in subjects}


def known_name_of(subject: Subject) -> UUID | None:
    """The random name of a row if it has one. For reading: nothing is written."""
    return Pseudonym.objects.filter(kind=subject.kind, key=subject.key).values_list("name", flat=True).first()


def names_of(kind: str, keys: Iterable[int]) -> dict[int, UUID]:
    """Random names for many rows of one kind, in three queries however many they are."""
    wanted = list(keys)
    known = dict(Pseudonym.objects.filter(kind=kind, key__in=wanted).values_list("key", "name"))
    fresh = [Pseudonym(kind=kind, key=key, name=uuid4()) for key in wanted if key not in known]
    if fresh:
        Pseudonym.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
        known = dict(Pseudonym.objects.filter(kind=kind, key__in=wanted).values_list("key", "name"))
    return known


def subjects_named(names: Iterable[UUID]) -> dict[UUID, Subject]:
    """The rows behind random names; a name whose link was cut is left out."""
    rows = Pseudonym.objects.filter(name__in=set(names)).values_list("name", "kind", "key")
    return {name: Subject(kind, key) for name, kind, key in rows}
