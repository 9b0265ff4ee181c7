"""Whether somebody may promise what a response promises, and who else could (annex F)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from amends.complaints.models import Complaint, Remedy, Response
from amends.framework.authorities import Limits, RoleLimits, Sums, limits_at, sums_of
from amends.framework.models import AuthorityLimit, Organisation
from amends.framework.models.authority import DECIDING_ROLES
from amends.kit.locales import locale_of
from amends.kit.money import Money
from amends.kit.refusal import Refusal
from amends.people.acting_for import Right, rights_of
from amends.people.models import Delegation, Person, RoleGrant, Training

#: So many names at most: a sentence is no directory.
MOST_NAMES = 5


def sums_of_response(response: Response, organisation: Organisation, on: date) -> Sums:
    """What a response promises, in the organisation's currency. One query, and one for each other currency."""
    rows = Remedy.objects.filter(response=response).values_list("kind_id", "amount", "value", "currency")
    return sums_of(
        ((kind, amount if amount is not None else value, currency) for kind, amount, value, currency in rows),
        organisation.currency,
        on,
    )


def unit_paths(complaint: Complaint) -> list[str]:
    """The places whose roles count for a complaint: the unit that leads, and those that take part."""
    return [complaint.lead_unit.path, *(unit.path for unit in complaint.participating_units.all())]


def courses_of(person_ids: Iterable[int], on: date) -> dict[int, frozenset[str]]:
    """The trainings of these people that count on a day. One query."""
    found: dict[int, set[str]] = {}
    for person, course in (
        Training.objects.valid_on(on).filter(person__in=person_ids).values_list("person_id", "course")
    ):
        found.setdefault(person, set()).add(course)
    return {person: frozenset(courses) for person, courses in found.items()}


@dataclass(frozen=True)
class Cover:
    """By what right somebody may promise something, and within which limit."""

    right: Right
    limit: AuthorityLimit | None


def cover_by(rights: Sequence[Right], limits: Limits, courses: frozenset[str], sums: Sums) -> Cover | None:
    """The first right whose limits cover the sums; None where it is over all of them."""
    for right in rights:
        of_role = _limits_of(right, limits, courses)
        if of_role.covers(sums):
            return Cover(right, of_role.everything)
    return None


def _limits_of(right: Right, limits: Limits, courses: frozenset[str]) -> RoleLimits:
    return limits.for_role(right.role.value, right.unit_path, courses)


@dataclass(frozen=True)
class Able:
    """Somebody whose limit covers a response."""

    person: Person
    cover: Cover


def who_covers(
    complaint: Complaint, sums: Sums, at: datetime, organisation: Organisation, *, barred: Iterable[int] = ()
) -> list[Able]:
    """Who could decide, people with a right of their own first. As many queries for one person as for twenty."""
    paths = unit_paths(complaint)
    above = sorted({path[: place + 1] for path in paths for place, sign in enumerate(path) if sign == "/" and place})
    codes = [role.value for role in DECIDING_ROLES]
    own = RoleGrant.objects.in_force(at).filter(role__in=codes, unit__path__in=above, person__is_active=True)
    lent = Delegation.objects.in_force(at).filter(role__in=codes, unit__path__in=above, holder__is_active=True)
    keys = {*own.values_list("person_id", flat=True), *lent.values_list("holder_id", flat=True)} - set(barred)
    people = list(Person.objects.filter(pk__in=keys).order_by("name", "pk")[: 4 * MOST_NAMES])
    walled = {wall.person_id for wall in complaint.walls.all()}
    on = at.astimezone(organisation.zone).date()
    limits, courses = limits_at(at), courses_of([person.pk for person in people], on)
    found = []
    for person in people:
        if person.pk in walled:
            continue
        rights = [r for r in rights_of(person.pk, DECIDING_ROLES, paths, at) if r.acts_for not in {*barred, *walled}]
        cover = cover_by(rights, limits, courses.get(person.pk, frozenset()), sums)
        if cover is not None:
            found.append(Able(person, cover))
    return found


def over_limit(
    complaint: Complaint, sums: Sums, at: datetime, organisation: Organisation, *, barred: Iterable[int] = ()
) -> Refusal:
    """What somebody is told whose limit does not reach, with who could decide instead."""
    able = who_covers(complaint, sums, at, organisation, barred=barred)
    names = ", ".join(each.person.name for each in able[:MOST_NAMES])
    if sums.together is None:
        why: str | Promise = gettext_lazy(
            "An amount stands in a currency for which no rate is recorded, and counts as over your limit."
        )
    else:
        amount = in_words(sums.together, organisation.currency)
        why = gettext("Together this is worth %(amount)s, and that is over your limit.") % {"amount": amount}
    who = (
        gettext("These people may decide on it: %(names)s.") % {"names": names}
        if names
        else gettext("Nobody may decide on it yet. Ask the person who runs the complaints process to set a limit.")
    )
    return Refusal("over_limit", f"{why} {who}", facts={"who": [each.person.pk for each in able]})


def in_words(minor: int, currency: str) -> str:
    """An amount in the language of the moment."""
    return Money(minor, currency).in_words_of(locale_of(get_language() or "en"))


NOT_HELD = _("Your role does not allow this. Ask the person who runs the complaints process if you need it.")
