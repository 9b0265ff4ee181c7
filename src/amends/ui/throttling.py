"""So many tries in so much time from one address, which is kept only as a hash under a key of the day, in the cache."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from amends.kit.addresses import read_address


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


_KEY = "throttle:key"


def taken_place(limit: Limit, name: str) -> str | None:
    """A free place, taken, as the cache calls it; None when there is none.

    `add` is atomic in every cache, which counting up is not.
    """
    places = [f"throttle:{limit.name}:{name}:{number}" for number in range(limit.most)]
    taken = cache.get_many(places)
    free = (place for place in places if place not in taken)
    return next((place for place in free if cache.add(place, 1, limit.seconds)), None)


def address_hash(request: HttpRequest) -> str:
    """The visitor's address, as far as it is kept."""
    return hashed(_address(request))


def hashed(text: str) -> str:
    """Means nothing once the key is gone, which is drawn anew every day and stands nowhere but in the cache."""
    return hmac.new(_key_of_the_day().encode(), text.encode(), sha256).hexdigest()[:32]


def _key_of_the_day() -> str:
    key = cache.get(_KEY)
    if key is None:
        # The first one of several processes wins; `add` overwrites a key that ran out.
        cache.add(_KEY, secrets.token_hex(32), int(timedelta(days=1).total_seconds()))
        key = cache.get(_KEY)
    return str(key or "")


def _address(request: HttpRequest) -> str:
    """Whom we talk to: behind a proxy that is trusted, what it noted last. Of IPv6 the part that a household gets."""
    noted = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.AMENDS_TRUST_PROXY else ""
    text = noted.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
    address = read_address(text)
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((address, 64), strict=False))
    return text
