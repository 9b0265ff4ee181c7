"""One complaint and everybody who can have something to do with it, each before the application."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

from django.test import Client

from amends.complaints.intake import Contact, Representative
from amends.complaints.models import Complaint, HandOver, Party, Wall
from amends.kit import clock
from amends.people import actions as people
from amends.people.models import Person
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
from tests.cast import World
from tests.portal.visitor import Visitor, a_complaint_with_code, follower
from tests.rights import Relation

LETTERS = {
    "S": Role.ADMINISTRATOR,
    "M": Role.MANAGEMENT_REPRESENTATIVE,
    "T": Role.TOP_MANAGEMENT,
    "U": Role.UNIT_MANAGER,
    "F": Role.FRONT_LINE,
    "H": Role.HANDLER,
    "D": Role.DECISION_MAKER,
    "A": Role.AUDITOR,
    "P": Role.DATA_PROTECTION,
}
#: Roles for these units are roles for the complaint: above it, its own, and the one that takes part.
ITS_UNITS = {"larkhaven", "water", "works"}

#: name, what they are here for, roles with units, relations
CAST: tuple[tuple[str, str, tuple[tuple[str, str], ...], frozenset[Relation]], ...] = (
    ("Clara Whitfield", "management representative", (("M", "larkhaven"),), frozenset()),
    ("Tom Okafor", "top management", (("T", "larkhaven"),), frozenset()),
    ("Liis Tamm", "handler of the unit", (("H", "water"),), frozenset()),
    ("Mark Jansen", "decision maker of the unit", (("D", "water"),), frozenset()),
    ("Uma Patel", "unit manager", (("U", "water"),), frozenset()),
    ("Frida Lund", "front line of the unit: asked by a task, without the file", (("F", "water"),), frozenset()),
    ("Bruno Keller", "handler of another unit", (("H", "energy"),), frozenset()),
    ("Dario Conti", "auditor", (("A", "larkhaven"),), frozenset()),
    ("Dora Yılmaz", "data protection", (("P", "larkhaven"),), frozenset()),
    ("Adam Novak", "administrator", (("S", "larkhaven"),), frozenset()),
    ("Zoe Marsh", "complained about, without a role", (), frozenset({Relation.SUBJECT, Relation.WALLED})),
    ("Ada Byron", "administrator of another unit", (("S", "energy"),), frozenset()),
    ("Hank Moor", "it is assigned to them; a role elsewhere", (("H", "energy"),), frozenset({Relation.HANDLER})),
    ("Rita Vance", "wrote it down; front line elsewhere", (("F", "energy"),), frozenset({Relation.RECORDED})),
    ("Otto Brandt", "handed over to them", (("H", "works"),), frozenset({Relation.OFFERED})),
    ("Pia Holm", "handler of a unit that takes part", (("H", "works"),), frozenset()),
    ("Dirk Stone", "decision maker below the unit", (("D", "harbour"),), frozenset()),
    ("Wanda Frost", "unit manager behind a wall", (("U", "water"),), frozenset({Relation.WALLED})),
    ("Abe Quinn", "handler of the unit, away today", (("H", "water"),), frozenset()),
    ("Dela Cruz", "borrows the role of somebody away", (("H", "water"),), frozenset()),
    ("Lena Ross", "borrows the role of somebody behind a wall", (("U", "elsewhere"),), frozenset()),
    ("Erik Voss", "borrowed a role until yesterday", (), frozenset()),
    ("Gita Rao", "held a role until yesterday", (), frozenset()),
    ("Nils Berg", "staff without a role", (), frozenset()),
)


@dataclass
class Somebody:
    """One of them, with a browser."""

    name: str
    why: str
    client: Client
    roles: tuple[tuple[str, str], ...] = ()
    relations: frozenset[Relation] = frozenset()
    is_staff: bool = True

    def holds(self, letters: str, units: set[str] | None = None) -> bool:
        """Whether one of the roles is held, anywhere or for one of the units."""
        return any(letter in letters and (units is None or unit in units) for letter, unit in self.roles)


@dataclass
class Scene:
    """What the addresses are about, and who stands before them."""

    world: World
    objects: SimpleNamespace
    cast: list[Somebody] = field(default_factory=list)


def set_up(world: World, objects: SimpleNamespace) -> Scene:
    """Everybody comes to their relation with the complaint of `objects`."""
    at, now, complaint = world.at, clock.now(), objects.complaint
    works = people.add_unit("Works", parent=world.larkhaven, by=SYSTEM, at=at)
    units = {"larkhaven": world.larkhaven, "water": world.water, "harbour": world.harbour, "energy": world.energy}
    units |= {"works": works}
    known = {person.name: person for person in world.people}
    for number, (name, _why, roles, _relations) in enumerate(CAST):
        if name in known:
            continue
        known[name] = people.invite(f"cast{number}@larkhaven.example", name, by=SYSTEM, at=at)
        if name not in {"Dela Cruz", "Lena Ross"}:
            for letter, unit in roles:
                people.grant_role(known[name], LETTERS[letter], units[unit], by=SYSTEM, at=at)
    _lend(known["Abe Quinn"], known["Dela Cruz"], Role.HANDLER, world)
    _lend(known["Wanda Frost"], known["Lena Ross"], Role.UNIT_MANAGER, world)
    _lend(known["Liis Tamm"], known["Erik Voss"], Role.HANDLER, world)
    known["Erik Voss"].delegations_held.update(starts_at=now - timedelta(days=2), ends_at=now - timedelta(hours=1))
    gone = people.grant_role(known["Gita Rao"], Role.HANDLER, world.water, by=SYSTEM, at=at)
    people.end_role(gone, by=SYSTEM, at=at + timedelta(minutes=1))
    today = now.date()
    people.record_absence(
        known["Abe Quinn"], starts_on=today, ends_on=today, substitute=known["Dela Cruz"], by=SYSTEM, at=at
    )
    Wall.objects.create(complaint=complaint, person=known["Wanda Frost"], why=Wall.Why.DECLARED, since=at, reason="Kin")
    complaint.participating_units.add(works)
    Complaint.objects.filter(pk=complaint.pk).update(handler=known["Hank Moor"], recorded_by=known["Rita Vance"])
    HandOver.objects.create(
        complaint=complaint,
        given_by=known["Hank Moor"],
        to_person=known["Otto Brandt"],
        to_unit=works,
        note="Please",
        given_at=at,
        due_at=now + timedelta(days=2),
    )
    complaint.refresh_from_db()
    return Scene(world, objects, list(_everybody(known, objects, world)))


def _lend(lender: Person, holder: Person, role: Role, world: World) -> None:
    people.delegate(
        lender,
        holder,
        role,
        world.water,
        starts_at=world.at,
        ends_at=clock.now() + timedelta(days=2),
        by=SYSTEM,
        at=world.at,
    )


def _everybody(known: dict[str, Person], objects: SimpleNamespace, world: World) -> Iterator[Somebody]:
    yield Somebody("anonymous", "nobody signed in", Client(REMOTE_ADDR="192.0.2.1"), is_staff=False)
    complainant = follower(objects.complaint).client
    complainant.cookies["draft"] = f"{objects.draft.number}.{objects.secret}"
    yield Somebody("the complainant", "by their access code", complainant, is_staff=False)
    yield Somebody("a representative", "by an access code of another complaint", _acting(world), is_staff=False)
    for number, (name, why, roles, relations) in enumerate(CAST, start=2):
        person = known[name]
        person.set_password("for tests only: it signs nobody in")
        person.save(update_fields=["password"])
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")  # tries are counted by address
        client.force_login(person)
        yield Somebody(name, why, client, roles, relations)


def _acting(world: World) -> Client:
    """Somebody who acts for another person, and follows that one's complaint."""
    acting = Representative(Contact(name="Mari Saar", email="mari@example.org"), authority=Party.Authority.SEEN)
    theirs, code = a_complaint_with_code(world, token="f" * 32, representative=acting)
    visitor = Visitor("198.51.100.21")
    assert visitor.tracks(theirs.reference, code).status_code == 302
    return visitor.client
