"""Slowing down those who try out codes, without locking out the person whose codes they are.

Wrong tries are counted by address, and by address and reference together; never by reference alone, because then
anybody could keep the complainant away. An address is kept only as a hash under a key of the day, in the cache.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse

from amends.kit.addresses import read_address
from amends.portal.visiting import PortalVisit
from amends.ui import error_pages


@dataclass(frozen=True)
class Limit:
    """So many tries in so much time. Each try takes a place and frees it when its time is over."""

    name: str
    most: int
    within: timedelta

    @property
    def seconds(self) -> int:
        """The time in seconds."""
        return int(self.within.total_seconds())


PER_ADDRESS = Limit("address", 5, timedelta(minutes=15))
PER_ADDRESS_AND_REFERENCE = Limit("pair", 20, timedelta(days=1))
DRAFTS_PER_ADDRESS = Limit("drafts", 60, timedelta(hours=1))
#: All wrong tries of the world together; what many addresses share out between them ends here.
EVERYBODY = Limit("everybody", 3000, timedelta(minutes=15))

_KEY = "throttle:key"


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
    address = _address_hash(visit)
    wanted = [(PER_ADDRESS, f"{what}:{address}")]
    if about:
        wanted.append((PER_ADDRESS_AND_REFERENCE, f"{what}:{address}:{_hashed(about)}"))
    taken: list[str] = []
    for limit, name in wanted:
        place = _place(limit, name)
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
    return _place(DRAFTS_PER_ADDRESS, _address_hash(visit)) is not None


def too_many(visit: PortalVisit) -> HttpResponse:
    """The page that asks to wait, and says that we can be phoned."""
    return error_pages.too_many(visit, retry_after=PER_ADDRESS.seconds)


def _place(limit: Limit, name: str) -> str | None:
    """A free place, taken. `add` is atomic in every cache, which counting up is not."""
    places = [f"throttle:{limit.name}:{name}:{number}" for number in range(limit.most)]
    taken = cache.get_many(places)
    free = (place for place in places if place not in taken)
    return next((place for place in free if cache.add(place, 1, limit.seconds)), None)


def _everybody(visit: PortalVisit) -> str:
    return f"throttle:everybody:{int(visit.now.timestamp()) // EVERYBODY.seconds}"


def _count_of_everybody(visit: PortalVisit) -> int:
    return int(cache.get(_everybody(visit), 0))


def _address_hash(visit: PortalVisit) -> str:
    return _hashed(_address(visit))


def _hashed(text: str) -> str:
    """Means nothing once the key is gone, which is drawn anew every day and stands nowhere but in the cache."""
    return hmac.new(_key_of_the_day().encode(), text.encode(), sha256).hexdigest()[:32]


def _key_of_the_day() -> str:
    key = cache.get(_KEY)
    if key is None:
        # The first one of several processes wins; `add` overwrites a key that ran out.
        cache.add(_KEY, secrets.token_hex(32), int(timedelta(days=1).total_seconds()))
        key = cache.get(_KEY)
    return str(key or "")


def _address(visit: PortalVisit) -> str:
    """Whom we talk to: behind a proxy that is trusted, what it noted last. Of IPv6 the part that a household gets."""
    noted = visit.META.get("HTTP_X_FORWARDED_FOR", "") if settings.AMENDS_TRUST_PROXY else ""
    text = noted.rpartition(",")[2].strip() or str(visit.META.get("REMOTE_ADDR", ""))
    address = read_address(text)
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((address, 64), strict=False))
    return text
