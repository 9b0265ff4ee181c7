"""`may(person, act, subject)`: alternatives of conditions, read from each package's table.

    RULES = {
        May.ASSESS: [[handles_in_unit, is_not_walled_off], [is_handler, is_not_walled_off]],
    }

An act is allowed when all conditions of one alternative hold. An act that no table names is denied.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from amends.journal.actors import Actor
from amends.kit.refusal import Refusal
from amends.permissions.roles import Role


class Person(Actor, Protocol):
    """Somebody who may hold roles."""

    def holds(self, role: Role, unit: int | None = None) -> bool:
        """Whether they hold the role for this unit, or for any unit where none is given."""
        ...


Condition = Callable[[Any, Any], bool]
Alternatives = Sequence[Sequence[Condition]]

_RULES: dict[StrEnum, Alternatives] = {}


def register(rules: Mapping[Any, Alternatives]) -> None:
    """Add a package's table. Two tables for one act are a mistake."""
    for act, alternatives in rules.items():
        if act in _RULES and _RULES[act] is not alternatives:
            raise RuntimeError(f"{act!r} has two rules")
        _RULES[act] = alternatives


def may(person: Person, act: StrEnum, subject: object = None) -> bool:
    """Whether a person may do this to that. Without a subject: whether they may do it at all."""
    return any(all(condition(person, subject) for condition in every) for every in _RULES.get(act, ()))


def require(person: Person, act: StrEnum, subject: object = None) -> None:
    """Refuse with `not_permitted` unless the person may."""
    if not may(person, act, subject):
        raise Refusal(
            "not_permitted",
            _("Your role does not allow this. Ask the person who runs the complaints process if you need it."),
            facts={"act": str(act)},
        )


def all_rules() -> dict[StrEnum, Alternatives]:
    """Every act with its alternatives, for the generated table and the tests."""
    return dict(_RULES)


def holds_anywhere(role: Role) -> Condition:
    """A condition: the person holds this role for some unit."""

    def condition(person: Person, subject: object) -> bool:
        return person.holds(role)

    condition.__name__ = f"is_{role.value}"
    return condition
