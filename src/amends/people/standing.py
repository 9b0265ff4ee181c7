"""What a person stands for at a moment: their roles, resolved once per request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from amends.people.models import Delegation, Person, RoleGrant, Unit
from amends.permissions.roles import Role


@dataclass(frozen=True)
class Scope:
    """Units for which a role is held. `everywhere` where it is held at the root."""

    everywhere: bool = False
    units: frozenset[int] = frozenset()

    def covers(self, unit: int | None) -> bool:
        """Whether the unit is within; without a unit: whether there is any."""
        return self.everywhere or (bool(self.units) if unit is None else unit in self.units)

    def joined(self, other: "Scope") -> "Scope":
        """Both together."""
        return Scope(self.everywhere or other.everywhere, self.units | other.units)


@dataclass(frozen=True)
class Staff:
    """A member of staff who acts, with the roles they hold at this moment, their own and those lent to them."""

    person_id: int
    name: str
    language: str
    scopes: Mapping[Role, Scope] = field(default_factory=dict)
    lent: frozenset[Role] = frozenset()

    actor_kind = "person"
    is_anonymous = False

    @property
    def actor_key(self) -> int:
        """The key of the person."""
        return self.person_id

    @property
    def acting_as(self) -> str:
        """All roles held, for the journal; a lent one is marked with a tilde."""
        return "+".join(f"{role.value}~" if role in self.lent else role.value for role in Role if role in self.scopes)

    def holds(self, role: Role, unit: int | None = None) -> bool:
        """Whether they hold the role for this unit, or for any unit where none is given."""
        scope = self.scopes.get(role)
        return scope is not None and scope.covers(unit)

    def scope(self, *roles: Role) -> Scope:
        """The units for which they hold any of these roles."""
        found = Scope()
        for role in roles:
            found = found.joined(self.scopes.get(role, Scope()))
        return found


@dataclass(frozen=True)
class System:
    """The installation itself, when a clock or a reaction calls a verb."""

    actor_kind = "system"
    actor_key = 0
    acting_as = "system"
    is_anonymous = False

    def holds(self, role: Role, unit: int | None = None) -> bool:
        """It holds no role; rules that let it act name it."""
        return False


SYSTEM = System()


def standing_of(person: Person, at: datetime) -> Staff:
    """The person with the roles in force at a moment. Two or three queries; somebody who left holds none."""
    if not person.is_active:
        return Staff(person.pk, person.name, person.language)
    own = RoleGrant.objects.in_force(at).filter(person=person).values_list("role", "unit__path")
    rows = [(role, path, False) for role, path in own]
    rows += [(role, path, True) for role, path in _lent_to(person, at)]
    below = _units_below({path for _, path, _ in rows if path.count("/") > 2})
    scopes: dict[Role, Scope] = {}
    own_roles = {role for role, _, is_lent in rows if not is_lent}
    for code, path, _ in rows:
        role = Role(code)
        scope = Scope(everywhere=True) if path.count("/") == 2 else Scope(units=below[path])
        scopes[role] = scopes.get(role, Scope()).joined(scope)
    borrowed = frozenset(Role(code) for code, _, is_lent in rows if is_lent and code not in own_roles)
    return Staff(person.pk, person.name, person.language, scopes, borrowed)


def _lent_to(person: Person, at: datetime) -> list[tuple[str, str]]:
    """Roles lent to a person, as long as the lender still holds them for that unit."""
    lent = list(
        Delegation.objects.in_force(at)
        .filter(holder=person, lender__is_active=True)
        .values_list("lender_id", "role", "unit__path")
    )
    if not lent:
        return []
    grants = RoleGrant.objects.in_force(at).filter(person__in={lender for lender, _, _ in lent})
    held = set(grants.values_list("person_id", "role", "unit__path"))
    return [
        (role, path)
        for lender, role, path in lent
        if any(who == lender and what == role and path.startswith(above) for who, what, above in held)
    ]


def _units_below(paths: set[str]) -> dict[str, frozenset[int]]:
    if not paths:
        return {}
    every = list(Unit.objects.values_list("pk", "path"))
    return {path: frozenset(pk for pk, found in every if found.startswith(path)) for path in paths}
