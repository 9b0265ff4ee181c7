"""Who should handle a complaint: those who could, in the order in which they are suggested (ISO 10002, 4.3, 4.14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from amends.complaints.fitness import fit_handlers
from amends.complaints.models import Complaint, Issue
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.framework.models import Capacity, RoutingRule
from amends.framework.queries import the_organisation
from amends.framework.routing import rule_fitting
from amends.people.models import Absence, Person, Unit


@dataclass(frozen=True)
class Candidate:
    """Somebody who could handle it, and what speaks for and against."""

    person: Person
    load: int
    capacity: int | None
    away_until: date | None
    speaks_it: bool
    is_preferred: bool

    @property
    def is_full(self) -> bool:
        """Whether they have as much in hand as they can."""
        return self.capacity is not None and self.load >= self.capacity

    @property
    def rank(self) -> tuple[object, ...]:
        """Who comes first: present, not full, preferred by the rule, speaking the language, with the least in hand."""
        share = self.load / self.capacity if self.capacity else float(self.load) / 20
        return (
            self.away_until is not None, self.is_full, not self.is_preferred, not self.speaks_it, share,
            self.person.name, self.person.pk,
        )  # fmt: skip


def candidates(complaint: Complaint, unit: Unit, at: datetime, seen: ComplaintQuerySet) -> list[Candidate]:
    """Everybody who could handle it in a unit, whoever is suggested first. A constant number of queries.

    `seen` are the complaints whose numbers the reader may know: load is counted among them.
    """
    people = fit_handlers(complaint, unit, at)
    loads = loads_of(people, seen)
    capacities = dict(Capacity.objects.filter(person__in=people).values_list("person_id", "complaints"))
    away = away_on(people, at.astimezone(the_organisation().zone).date())
    rule = rule_of(complaint)
    preferred = set(rule.preferred.values_list("pk", flat=True)) if rule is not None and rule.unit == unit else set()
    found = [
        Candidate(
            person,
            loads.get(person.pk, 0),
            capacities.get(person.pk),
            away.get(person.pk),
            person.language == complaint.language,
            person.pk in preferred,
        )
        for person in people
    ]
    return sorted(found, key=lambda candidate: candidate.rank)


def rule_of(complaint: Complaint) -> RoutingRule | None:
    """The routing rule that fits what the complaint is about, by its first point. Two queries."""
    first = Issue.objects.filter(complaint=complaint, number=1).select_related("category").first()
    return rule_fitting(
        category=first.category if first is not None else None,
        product=complaint.product,
        site=complaint.site,
        language=complaint.language,
    )


def suggested(found: Iterable[Candidate], *, but_not: int | None = None) -> Person | None:
    """The first of them who is there and not full."""
    fits = (each for each in found if each.away_until is None and not each.is_full and each.person.pk != but_not)
    return next((each.person for each in fits), None)


def loads_of(people: Iterable[Person], seen: ComplaintQuerySet) -> Mapping[int, int]:
    """How many open complaints each of them has. One query."""
    rows = seen.open().filter(handler__in=[person.pk for person in people]).order_by().values("handler_id")
    return dict(rows.annotate(count=Count("pk")).values_list("handler_id", "count"))


def away_on(people: Iterable[Person], day: date) -> Mapping[int, date]:
    """Until which day each of them is away; those who are there are left out. One query."""
    rows = Absence.objects.on(day).filter(person__in=[person.pk for person in people]).order_by("ends_on")
    return dict(rows.values_list("person_id", "ends_on"))
