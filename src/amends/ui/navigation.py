"""What stands in the rail of the staff pages. Doors register entries; nothing is shown that a role may not use."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from amends.permissions.engine import may

if TYPE_CHECKING:  # doors register in their AppConfig, before there are models
    from django.db.models import QuerySet

    from amends.people.standing import Staff

Words = str | Promise


@dataclass(frozen=True)
class Count:
    """A number beside an entry; a hot one is about lateness. `number` stands alone where there is little room."""

    text: Words
    is_hot: bool = False
    number: str = ""

    @property
    def brief(self) -> Words:
        """The number alone, where it is known."""
        return self.number or self.text


@dataclass(frozen=True)
class Tally:
    """What is counted for an entry: lists of things, and what their numbers come to."""

    lists: "Callable[[Staff, datetime], Sequence[QuerySet[Any]]]"
    says: Callable[..., Count | None]


@dataclass(frozen=True)
class Entry:
    """One place to go to.

    `group` is empty for the daily work, else a heading. `key` is the keyboard shortcut. `short` is the label in the
    bottom bar of phones, and `rank` what comes first there: the bar has room for a few. The entry that records
    something new is `primary`.
    """

    label: Words
    icon: str
    url_name: str
    act: StrEnum
    group: Words = ""
    key: str = ""
    short: Words = ""
    rank: int = 0
    primary: bool = False
    tally: Tally | None = None


@dataclass(frozen=True)
class Place:
    """An entry as one person sees it on one page."""

    entry: Entry
    href: str
    is_current: bool
    count: Count | None


@dataclass(frozen=True)
class PublicEntry:
    """A link in the head or, with `in_footer`, at the foot of the public pages."""

    label: Words
    url_name: str
    in_footer: bool = False


@dataclass(frozen=True)
class Link:
    """A public entry on one page."""

    label: Words
    href: str
    is_current: bool


_ENTRIES: list[Entry] = []
_PUBLIC: list[PublicEntry] = []
_SEARCH: list[str] = []
_COUNTING: "list[Callable[..., list[int]]]" = []


def register(*entries: Entry) -> None:
    """Add entries, in the order in which they are shown. Called from the AppConfig of a door."""
    _ENTRIES.extend(entry for entry in entries if entry not in _ENTRIES)


def places_for(actor: "Staff", request: HttpRequest, now: datetime) -> list[Place]:
    """The entries this person may use. The current one is that whose address the page's own address begins with."""
    shown = [(entry, reverse(entry.url_name)) for entry in _ENTRIES if may(actor, entry.act)]
    inside = [href for entry, href in shown if request.path.startswith(href)]
    current = max(inside, key=len, default="")
    counts = _counts([entry.tally for entry, _href in shown], actor, now)
    return [Place(entry, href, href == current, count) for (entry, href), count in zip(shown, counts, strict=True)]


def _counts(tallies: Sequence[Tally | None], actor: "Staff", now: datetime) -> Iterator[Count | None]:
    """What stands beside each entry. Everything is counted together, in one query."""
    lists = [tally.lists(actor, now) if tally else [] for tally in tallies]
    together = [each for some in lists for each in some]
    numbers = iter(_COUNTING[0](*together) if together else [])
    for tally, some in zip(tallies, lists, strict=True):
        yield tally.says(*(next(numbers) for _each in some)) if tally else None


#: So many stand in the bottom bar beside "More", which opens the rest.
IN_BOTTOM_BAR = 4


@dataclass(frozen=True)
class BottomBar:
    """What phones have within reach of the thumb, and whether something late waits behind "More"."""

    places: list[Place]
    is_hot: bool


def bottom_bar_of(places: list[Place]) -> BottomBar:
    """The first few by rank, in an order that stays the same from page to page."""
    short = sorted((place for place in places if place.entry.short), key=lambda place: place.entry.rank)
    shown = short[:IN_BOTTOM_BAR]
    return BottomBar(shown, any(place.count.is_hot for place in places if place.count and place not in shown))


def register_public(*entries: PublicEntry) -> None:
    """Add links to the public pages. Called from the AppConfig of the portal."""
    _PUBLIC.extend(entry for entry in entries if entry not in _PUBLIC)


def register_counting(count: "Callable[..., list[int]]") -> None:
    """Say how many lists are counted in one query."""
    _COUNTING[:] = [count]


def register_search(url_name: str) -> None:
    """Name the staff page that answers `?q=`."""
    _SEARCH[:] = [url_name]


def public_links(request: HttpRequest, *, in_footer: bool) -> list[Link]:
    """The links of the public pages."""
    shown = [(entry, reverse(entry.url_name)) for entry in _PUBLIC if entry.in_footer == in_footer]
    return [Link(entry.label, href, request.path.startswith(href)) for entry, href in shown]


def search_address() -> str:
    """Where the search field of the staff pages leads; empty while there is no such page."""
    return reverse(_SEARCH[0]) if _SEARCH else ""
