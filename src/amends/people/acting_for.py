"""By which right somebody acts: a role of their own, or one that somebody lent to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.people.models import Delegation, RoleGrant
from amends.permissions.roles import Role


@dataclass(frozen=True)
class Right:
    """A role held for a unit, and the person it was lent by; None where it is their own."""

    role: Role
    unit_path: str
    acts_for: int | None = None


def rights_of(person_id: int, roles: Collection[Role], unit_paths: Sequence[str], at: datetime) -> list[Right]:
    """Every right by which a person holds one of the roles for one of the units now, their own first.

    Read from the tables and not from what a request began with: a role that ended meanwhile gives no right. Two or
    three queries.
    """
    codes = [role.value for role in roles]
    own = RoleGrant.objects.in_force(at).filter(person_id=person_id, role__in=codes).values_list("role", "unit__path")
    found = [Right(Role(role), path) for path in unit_paths for role, above in own if path.startswith(above)]
    lent = list(
        Delegation.objects.in_force(at)
        .filter(holder_id=person_id, role__in=codes, lender__is_active=True)
        .order_by("lender_id", "pk")
        .values_list("lender_id", "role", "unit__path")
    )
    if not lent:
        return found
    grants = RoleGrant.objects.in_force(at).filter(person__in={lender for lender, _, _ in lent})
    held = set(grants.values_list("person_id", "role", "unit__path"))
    for lender, role, above in lent:
        still = any(who == lender and what == role and above.startswith(over) for who, what, over in held)
        found += [Right(Role(role), path, lender) for path in unit_paths if still and path.startswith(above)]
    return found
