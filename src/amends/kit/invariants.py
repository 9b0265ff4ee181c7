"""What must always be true and can be counted: `amends check` runs every one that is registered here.

A package registers its own in `invariants.py`, imported by its AppConfig. An invariant yields one sentence per
violation, for an operator to read; it names ids and codes, never names or texts.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Check = Callable[[], Iterator[str]]


@dataclass(frozen=True)
class Invariant:
    """A named rule over stored facts."""

    name: str
    sentence: str
    check: Check


_REGISTERED: dict[str, Invariant] = {}


def invariant(name: str, sentence: str) -> Callable[[Check], Check]:
    """Register a generator of violations under a name such as `journal.every_entry_sealed_once`."""

    def register(check: Check) -> Check:
        if name in _REGISTERED and _REGISTERED[name].check is not check:
            raise RuntimeError(f"two invariants are called {name}")
        _REGISTERED[name] = Invariant(name, sentence, check)
        return check

    return register


def all_invariants() -> list[Invariant]:
    """Every registered invariant, by name."""
    return [_REGISTERED[name] for name in sorted(_REGISTERED)]
