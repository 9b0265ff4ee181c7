"""Who and what the journal's random names stand for, as one person may know it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Case as CaseWhen
from django.db.models import OuterRef, Subquery, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.journal.models import Entry, Pseudonym
from amends.people.models import Person, Unit
from amends.workspace.complaint.opening import Case

Words = str | Promise

BY_ITSELF = _("by itself")
FORMER = _("a person whose name was erased")


@dataclass(frozen=True)
class Names:
    """Names of people and units by the name the journal gives them. Parties are named only to those who may know."""

    recipient: Words
    known: Mapping[UUID, Words] = field(default_factory=dict)

    def of(self, name: UUID | str | None) -> Words:
        """What to call whoever bears that name; empty for nobody."""
        if not name:
            return ""
        return self.known.get(name if isinstance(name, UUID) else UUID(name), FORMER)


def names_in(entries: Iterable[Entry], case: Case) -> Names:
    """The names that entries mention: one query however many entries there are."""
    mentioned: set[UUID] = set()
    for entry in entries:
        mentioned.add(entry.actor)
        mentioned.update(UUID(value) for value in entry.facts.values() if _is_name(value))
    people = Person.objects.filter(pk=OuterRef("key")).values("name")
    units = Unit.objects.filter(pk=OuterRef("key")).values("name")
    rows = Pseudonym.objects.filter(name__in=mentioned).annotate(
        called=CaseWhen(
            When(kind="person", then=Subquery(people)),
            When(kind="unit", then=Subquery(units)),
            default=Value(""),
        )
    )
    instead = {"party": case.recipient, "system": BY_ITSELF}
    found = rows.values_list("name", "kind", "called")
    return Names(case.recipient, {name: called or instead.get(kind, FORMER) for name, kind, called in found})


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) == 32 and all(character in "0123456789abcdef" for character in value)
