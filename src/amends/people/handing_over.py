"""What a person holds elsewhere and has to hand over before leaving: packages above register it here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from amends.journal.actors import Actor
from amends.people.models import Person


class Duty(Protocol):
    """A kind of work that belongs to one person."""

    @property
    def label(self) -> str | Promise: ...

    def count(self, person: Person) -> int:
        """How much of it the person holds."""
        ...

    def hand_over(self, person: Person, successor: Person, *, by: Actor, at: datetime) -> int:
        """Give all of it to somebody else, inside the transaction of the caller. Returns how much."""
        ...


_DUTIES: list[Duty] = []


def register_duty(duty: Duty) -> None:
    """Make a kind of work known."""
    if not any(type(known) is type(duty) for known in _DUTIES):
        _DUTIES.append(duty)


@dataclass(frozen=True)
class Held:
    """How much of one kind of work a person holds."""

    label: str | Promise
    count: int


def what_is_held_by(person: Person) -> list[Held]:
    """Everything a person would have to hand over, kinds of which they hold nothing left out."""
    counted = [Held(duty.label, duty.count(person)) for duty in _DUTIES]
    return [held for held in counted if held.count]


def hand_over_everything(person: Person, successor: Person, *, by: Actor, at: datetime) -> int:
    """Give everything to the successor. Returns how much."""
    return sum(duty.hand_over(person, successor, by=by, at=at) for duty in _DUTIES)
