"""What a person stands for at a moment: their roles, resolved once per request."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
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
class Loan:
    """A role that somebody else lent, for as long as the loan lasts."""

    lender_id: int
    role: Role
    scope: Scope


@dataclass(frozen=True)
class Staff:
    """A member of staff who acts, with the roles they hold at this moment, their own and those lent to them."""

    person_id: int
    name: str
    language: str
    scopes: Mapping[Role, Scope] = field(default_factory=dict)
    lent: frozenset[Role] = frozenset()
    own: Mapping[Role, Scope] = field(default_factory=dict)
    loans: tuple[Loan, ...] = ()

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

    def without(self, lenders: Collection[int]) -> "Staff":
        """The same person without the roles that these people lent them: nobody acts in the name of somebody barred."""
        kept = tuple(loan for loan in self.loans if loan.lender_id not in lenders)
        if len(kept) == len(self.loans):
            return self
        scopes = dict(self.own)
        for loan in kept:
            scopes[loan.role] = scopes.get(loan.role, Scope()).joined(loan.scope)
        return replace(self, scopes=scopes, lent=frozenset(scopes) - frozenset(self.own), loans=kept)


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
    own = list(RoleGrant.objects.in_force(at).filter(person=person).values_list("role", "unit__path"))
    lent = _lent_to(person, at)
    paths = {path for _, path in own} | {path for _, _, path in lent}
    below = _units_below({path for path in paths if path.count("/") > 2})

    def scope_of(path: str) -> Scope:
        return Scope(everywhere=True) if path.count("/") == 2 else Scope(units=below[path])

    held: dict[Role, Scope] = {}
    for code, path in own:
        held[Role(code)] = held.get(Role(code), Scope()).joined(scope_of(path))
    loans = tuple(Loan(lender, Role(code), scope_of(path)) for lender, code, path in lent)
    scopes = dict(held)
    for loan in loans:
        scopes[loan.role] = scopes.get(loan.role, Scope()).joined(loan.scope)
    borrowed = frozenset(scopes) - frozenset(held)
    return Staff(person.pk, person.name, person.language, scopes, borrowed, held, loans)


def _lent_to(person: Person, at: datetime) -> list[tuple[int, str, str]]:
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
        (lender, role, path)
        for lender, role, path in lent
        if any(who == lender and what == role and path.startswith(above) for who, what, above in held)
    ]


def _units_below(paths: set[str]) -> dict[str, frozenset[int]]:
    if not paths:
        return {}
    every = list(Unit.objects.values_list("pk", "path"))
    return {path: frozenset(pk for pk, found in every if found.startswith(path)) for path in paths}
