"""The cast: one organisation and its staff, known to every test.

    world = cast.world()
    acknowledge(complaint, by=world.as_(world.liis), at=world.at)

Everybody came through the verbs, so that the world is a legal one. Larkhaven Utilities has two departments, Water
(with the district Harbour below it) and Energy.

| who   | role                        | where           |
|-------|-----------------------------|-----------------|
| Clara | management representative   | everywhere      |
| Tom   | top management              | everywhere      |
| Liis  | handler                     | Water           |
| Mark  | decision maker              | Water           |
| Uma   | unit manager                | Water           |
| Frida | front line                  | Water           |
| Bruno | handler                     | Energy          |
| Dario | auditor                     | everywhere      |
| Dora  | data protection             | everywhere      |
| Adam  | administrator               | everywhere      |
| Zoe   | none                        |                 |
"""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from amends.people.actions import add_unit, grant_role, invite
from amends.people.models import Person, Unit
from amends.people.standing import SYSTEM, Staff, standing_of
from amends.permissions.roles import Role

#: A Monday morning in working hours; Larkhaven keeps UTC.
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)

_MEMBERS = MappingProxyType(
    {
        "clara": ("Clara Whitfield", Role.MANAGEMENT_REPRESENTATIVE, "larkhaven"),
        "tom": ("Tom Okafor", Role.TOP_MANAGEMENT, "larkhaven"),
        "liis": ("Liis Tamm", Role.HANDLER, "water"),
        "mark": ("Mark Jansen", Role.DECISION_MAKER, "water"),
        "uma": ("Uma Patel", Role.UNIT_MANAGER, "water"),
        "frida": ("Frida Lund", Role.FRONT_LINE, "water"),
        "bruno": ("Bruno Keller", Role.HANDLER, "energy"),
        "dario": ("Dario Conti", Role.AUDITOR, "larkhaven"),
        "dora": ("Dora Yılmaz", Role.DATA_PROTECTION, "larkhaven"),
        "adam": ("Adam Novak", Role.ADMINISTRATOR, "larkhaven"),
        "zoe": ("Zoe Marsh", None, None),
    }
)


@dataclass(frozen=True)
class World:
    """The units and the people, and the moment at which it stands."""

    at: datetime
    larkhaven: Unit
    water: Unit
    harbour: Unit
    energy: Unit
    clara: Person
    tom: Person
    liis: Person
    mark: Person
    uma: Person
    frida: Person
    bruno: Person
    dario: Person
    dora: Person
    adam: Person
    zoe: Person

    def as_(self, person: Person, at: datetime | None = None) -> Staff:
        """The person with the roles in force at the world's moment, or at another."""
        return standing_of(person, at or self.at)

    @property
    def people(self) -> list[Person]:
        """The whole cast, in the order of the table."""
        return [getattr(self, field.name) for field in fields(self) if field.name in _MEMBERS]


def world(at: datetime = AT) -> World:
    """Larkhaven Utilities as it stands at a moment."""
    larkhaven = add_unit("Larkhaven Utilities", parent=None, by=SYSTEM, at=at)
    water = add_unit("Water", parent=larkhaven, by=SYSTEM, at=at)
    harbour = add_unit("Harbour", parent=water, by=SYSTEM, at=at)
    energy = add_unit("Energy", parent=larkhaven, by=SYSTEM, at=at)
    units = {"larkhaven": larkhaven, "water": water, "harbour": harbour, "energy": energy}
    people = {}
    for key, (name, role, unit) in _MEMBERS.items():
        people[key] = invite(f"{key}@larkhaven.example", name, by=SYSTEM, at=at)
        if role is not None:
            grant_role(people[key], role, units[unit], by=SYSTEM, at=at)
    return World(at=at, **units, **people)
