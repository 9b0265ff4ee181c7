"""Bringing the organisation in, through the verbs: first start, units, people, products, an absence, a delegation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import Argon2PasswordHasher, get_hasher

from amends.framework.actions import add_item, change_item, change_organisation, set_up
from amends.framework.actions.change_organisation import Details
from amends.framework.actions.change_outside_bodies import Written, add_outside_body
from amends.framework.models import Category, Cause, Organisation, OutsideBody, Product, RemedyKind
from amends.framework.queries import organisation, the_organisation
from amends.kit.translated import TranslatedText
from amends.people.actions import accept_invitation, add_unit, delegate, grant_role, invite, record_absence
from amends.people.invitations import link_token
from amends.people.models import Invitation, Person, Unit
from amends.people.standing import SYSTEM, Staff, standing_of
from amends.permissions.roles import Role
from amends.project.demo import roster
from amends.project.demo.telling import LANGUAGES

STARTER_PRODUCTS = ("our-products", "our-services", "our-staff", "complaint-handling")


@dataclass(frozen=True)
class World:
    """Everything that a complaint may refer to, by key or code."""

    organisation: Organisation
    units: dict[str, Unit]
    people: dict[str, Person]
    standing: dict[str, Staff]
    products: dict[str, Product]
    categories: dict[str, Category]
    causes: dict[str, Cause]
    remedies: dict[str, RemedyKind]
    outside_body: OutsideBody

    def unit_key(self, unit: Unit) -> str:
        """The key of a unit in the roster."""
        return next(key for key, known in self.units.items() if known.pk == unit.pk)


def is_there() -> bool:
    """Whether this database holds the demonstration, and not somebody's real organisation."""
    found = organisation()
    if found is None or found.email != roster.EMAIL:
        return False
    addresses = [roster.email_of(key) for key in roster.MEMBERS]
    return Person.objects.filter(email__in=addresses).count() == len(addresses)


def main_person(role: Role) -> Person | None:
    """Whom the one-click sign-in takes for a role; None where this is no demonstration."""
    return Person.objects.filter(email=roster.email_of(roster.main_members()[role]), is_active=True).first()


def found_organisation(at: datetime) -> World:
    """Larkhaven as it began at a moment, with everybody in place an hour later."""
    set_up(
        name=roster.NAME,
        country="EE",
        languages=list(LANGUAGES),
        email=roster.EMAIL,
        phone=roster.PHONE,
        profile=Organisation.Profile.FULL,
        by=SYSTEM,
        at=at,
    )
    _describe(at + timedelta(minutes=5))
    units = _units(at + timedelta(minutes=10))
    people = _people(units, at + timedelta(minutes=20))
    products = _products(units, at + timedelta(minutes=40))
    outside_body = _outside_bodies(at + timedelta(minutes=50))
    settled = at + timedelta(minutes=60)
    return World(
        organisation=the_organisation(),
        units=units,
        people=people,
        standing={key: standing_of(person, settled) for key, person in people.items()},
        products=products,
        categories={item.code: item for item in Category.objects.all()},
        causes={item.code: item for item in Cause.objects.all()},
        remedies={item.code: item for item in RemedyKind.objects.all()},
        outside_body=outside_body,
    )


def _describe(at: datetime) -> None:
    begun = the_organisation()
    details = Details(
        name=begun.name,
        languages=begun.languages,
        email=begun.email,
        phone=begun.phone,
        phone_hours=TranslatedText(roster.PHONE_HOURS),
        post_address=roster.POST_ADDRESS,
        visit_address=roster.VISIT_ADDRESS,
        emergency_phone=begun.emergency_phone,
        external_body=begun.external_body,
        profile=begun.profile,
        portal_is_open=True,
    )
    change_organisation(begun, details, seen=begun.version, by=SYSTEM, at=at)


def _outside_bodies(at: datetime) -> OutsideBody:
    """The committee that the organisation names to everybody, and the court beside it. Returns the committee."""
    named = the_organisation().external_body
    names = {code: text.partition(",")[0].partition(" (")[0] for code, text in named.items()}
    committee = TranslatedText({code: name[:1].upper() + name[1:] for code, name in names.items()})
    court = TranslatedText(roster.COURT)
    add_outside_body(Written(court, rule_code="court"), code="court", by=SYSTEM, at=at)
    written = Written(
        committee, takes=TranslatedText(roster.COMMITTEE_TAKES), web_address="https://komisjon.ee", rule_code="tvk"
    )
    return add_outside_body(written, code="committee", by=SYSTEM, at=at)


def _units(at: datetime) -> dict[str, Unit]:
    units = {"": Unit.objects.get(parent__isnull=True)}
    for key, (name, above) in roster.UNITS.items():
        units[key] = add_unit(name, parent=units[above], by=SYSTEM, at=at)
    return units


@contextmanager
def _quick_hashing() -> Iterator[None]:
    """One printed password for everybody needs no slow hash; it is made anew, slowly, when somebody signs in."""
    hasher = get_hasher()
    if not isinstance(hasher, Argon2PasswordHasher):
        yield
        return
    hasher.time_cost, hasher.memory_cost = 1, 1024
    try:
        yield
    finally:
        del hasher.time_cost, hasher.memory_cost


def _people(units: dict[str, Unit], at: datetime) -> dict[str, Person]:
    """Everybody comes by invitation and chooses the same password, so that signing in can be tried as well."""
    people: dict[str, Person] = {}
    for key, member in roster.MEMBERS.items():
        above = people[member.manager] if member.manager else None
        address = roster.email_of(key)
        people[key] = invite(address, member.name, by=SYSTEM, at=at, language=member.language, manager=above)
    at += timedelta(minutes=5)
    for key, member in roster.MEMBERS.items():
        token = link_token(Invitation.objects.get(person=people[key]))
        with _quick_hashing():
            accept_invitation(token, roster.PASSWORD, at=at)
        grant_role(people[key], member.role, units[member.unit], by=SYSTEM, at=at)
    for key, role, unit in roster.FURTHER_ROLES:
        grant_role(people[key], role, units[unit], by=SYSTEM, at=at)
    return people


def _products(units: dict[str, Unit], at: datetime) -> dict[str, Product]:
    """The organisation's own list; what the first start came with is not offered any more."""
    for starter in Product.objects.filter(code__in=STARTER_PRODUCTS):
        change_item(starter, label=starter.label, is_active=False, by=SYSTEM, at=at)
    products: dict[str, Product] = {}
    for code, (english, estonian, turkish, unit, above) in roster.PRODUCTS.items():
        products[code] = add_item(
            Product,
            TranslatedText({"en": english, "et": estonian, "tr": turkish}),
            by=SYSTEM,
            at=at,
            code=code,
            parent=products[above] if above else None,
            lead_unit=units[unit],
        )
    return products


def somebody_is_away(world: World, at: datetime) -> None:
    """A handler is on leave with a substitute, and a decision maker has lent a role for the next days."""
    deniz, today = world.people["deniz"], at.astimezone(world.organisation.zone).date()
    record_absence(
        deniz,
        starts_on=today - timedelta(days=2),
        ends_on=today + timedelta(days=5),
        substitute=world.people["maarika"],
        by=world.standing["deniz"],
        at=at,
    )
    delegate(
        world.people["kaarel"],
        world.people["fiona"],
        Role.DECISION_MAKER,
        world.units["billing"],
        starts_at=at,
        ends_at=at + timedelta(days=14),
        by=world.standing["kaarel"],
        at=at,
    )
