"""Who and what the journal's random names stand for, as one person may know it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard
from uuid import UUID

from django.db.models import Case as CaseWhen
from django.db.models import OuterRef, Subquery, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Deadline
from amends.journal.models import Entry, Pseudonym
from amends.people.models import Person, Unit
from amends.workspace.clock_names import title_of
from amends.workspace.complaint.opening import Case

Words = str | Promise

#: Particulars that name clocks.
_OF_CLOCKS = frozenset({"clock", "clocks", "stopped", "moved"})

BY_ITSELF = _("by itself")
FORMER = _("a person whose name was erased")


@dataclass(frozen=True)
class Names:
    """Names of people and units by the name the journal gives them. Parties are named only to those who may know."""

    recipient: Words
    known: Mapping[UUID, Words] = field(default_factory=dict)
    #: What the packs of the complaint call their clocks, by code.
    clocks: Mapping[str, Words] = field(default_factory=dict)

    def of(self, name: UUID | str | None) -> Words:
        """What to call whoever bears that name; empty for nobody."""
        if not name:
            return ""
        return self.known.get(name if isinstance(name, UUID) else UUID(name), FORMER)

    def clock(self, code: object, kind: object = "") -> Words:
        """What a clock is called: by its pack, else by its kind."""
        if str(code) in self.clocks:
            return self.clocks[str(code)]
        kinds = dict(Deadline.Kind.choices)
        return kinds.get(str(kind)) or kinds.get(str(code)) or str(code)


def names_in(entries: Iterable[Entry], case: Case) -> Names:
    """The names that entries mention: two queries however many entries there are."""
    mentioned, speaks_of_clocks = set[UUID](), False
    for entry in entries:
        facts = entry.facts
        mentioned.add(entry.actor)
        mentioned.update(UUID(value) for value in _flat(facts.values()) if _is_name(value))
        speaks_of_clocks = speaks_of_clocks or not _OF_CLOCKS.isdisjoint(facts)
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
    known = {name: called or instead.get(kind, FORMER) for name, kind, called in found}
    return Names(case.recipient, known, _clocks_of(case) if speaks_of_clocks else {})


def _clocks_of(case: Case) -> dict[str, Words]:
    """The names of all clocks that the complaint ever had."""
    rows = Deadline.objects.filter(complaint=case.complaint, pack__isnull=False).select_related("pack")
    return {row.code: title_of(row) for row in rows.defer("pack__document").order_by("id")}


def _flat(values: Iterable[object]) -> Iterator[object]:
    for value in values:
        if isinstance(value, list | tuple):
            yield from value
        else:
            yield value


def _is_name(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and len(value) == 32 and all(character in "0123456789abcdef" for character in value)
