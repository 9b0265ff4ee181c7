"""Slowing down those who try out codes, without locking out the person whose codes they are.

Wrong tries are counted by address, and by address and reference together; never by reference alone, because then
anybody could keep the complainant away.
"""

from datetime import timedelta

from django.core.cache import cache
from django.http import HttpResponse

from amends.portal.visiting import PortalVisit
from amends.ui import error_pages
from amends.ui.throttling import Limit, address_hash, hashed, taken_place

PER_ADDRESS = Limit("address", 5, timedelta(minutes=15))
PER_ADDRESS_AND_REFERENCE = Limit("pair", 20, timedelta(days=1))
DRAFTS_PER_ADDRESS = Limit("drafts", 60, timedelta(hours=1))
#: All wrong tries of the world together; what many addresses share out between them ends here.
EVERYBODY = Limit("everybody", 3000, timedelta(minutes=15))


class Try:
    """A place that a try has taken. Given back when it was no wrong one."""

    def __init__(self, keys: list[str]) -> None:
        self._keys = keys

    def give_back(self) -> None:
        """It was right: it does not count."""
        cache.delete_many(self._keys)


def code_tried(visit: PortalVisit, what: str, about: str = "") -> Try | None:
    """Take a place before a code is looked at, so that a hundred tries at once are counted too.

    `about` is the reference that was typed. None when there were too many wrong tries.
    """
    if _count_of_everybody(visit) >= EVERYBODY.most:
        return None
    address = address_hash(visit)
    wanted = [(PER_ADDRESS, f"{what}:{address}")]
    if about:
        wanted.append((PER_ADDRESS_AND_REFERENCE, f"{what}:{address}:{hashed(about)}"))
    taken: list[str] = []
    for limit, name in wanted:
        place = taken_place(limit, name)
        if place is None:
            cache.delete_many(taken)
            return None
        taken.append(place)
    return Try(taken)


def was_wrong(visit: PortalVisit) -> None:
    """Count a wrong try for everybody together. Roughly: two at the same moment may count as one."""
    cache.set(_everybody(visit), _count_of_everybody(visit) + 1, EVERYBODY.seconds)


def may_begin_draft(visit: PortalVisit) -> bool:
    """Whether this address has not begun too many drafts."""
    return taken_place(DRAFTS_PER_ADDRESS, address_hash(visit)) is not None


def too_many(visit: PortalVisit) -> HttpResponse:
    """The page that asks to wait, and says that we can be phoned."""
    return error_pages.too_many(visit, retry_after=PER_ADDRESS.seconds)


def _everybody(visit: PortalVisit) -> str:
    return f"throttle:everybody:{int(visit.now.timestamp()) // EVERYBODY.seconds}"


def _count_of_everybody(visit: PortalVisit) -> int:
    return int(cache.get(_everybody(visit), 0))
