"""Where two packs, or two versions of one, differ: part by part and fact by fact, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from amends.framework.rules.parts import Pack
from amends.workspace.settings.rules.facts import Fact, Part, parts_of

Words = str | Promise


class Where(StrEnum):
    """In which of two packs a part is."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True)
class Pair:
    """One fact as both say it."""

    label: Words
    first: tuple[str, ...]
    second: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether they say something else."""
        return self.first != self.second


@dataclass(frozen=True)
class Compared:
    """One part of both packs: what differs and what is equal."""

    title: str
    where: Where
    different: tuple[Pair, ...]
    equal: tuple[Pair, ...]

    @property
    def is_equal(self) -> bool:
        """Whether both have it and say the same."""
        return self.where is Where.BOTH and not self.different


def compared(first: Pack, second: Pack) -> list[Compared]:
    """All parts of both in the order of the first; what only the second has stands at the end."""
    ours = {part.key: part for part in parts_of(first)}
    theirs = {part.key: part for part in parts_of(second)}
    return [_part(ours.get(key), theirs.get(key)) for key in dict.fromkeys((*ours, *theirs))]


def _part(ours: Part | None, theirs: Part | None) -> Compared:
    there = theirs or ours
    assert there is not None  # each key comes from one of the two
    where = Where.BOTH if ours and theirs else Where.FIRST if ours else Where.SECOND
    pairs = _pairs(ours.facts if ours else (), theirs.facts if theirs else ())
    return Compared(
        title=ours.title if ours else there.title,
        where=where,
        different=tuple(pair for pair in pairs if pair.differs),
        equal=tuple(pair for pair in pairs if not pair.differs and pair.first),
    )


def _pairs(ours: Sequence[Fact], theirs: Sequence[Fact]) -> list[Pair]:
    first = {fact.key: fact for fact in ours}
    second = {fact.key: fact for fact in theirs}
    pairs = []
    for key in dict.fromkeys((*first, *second)):
        known = first.get(key) or second[key]
        pairs.append(Pair(known.label, _lines(first.get(key)), _lines(second.get(key))))
    return pairs


def _lines(fact: Fact | None) -> tuple[str, ...]:
    return fact.lines if fact else ()
