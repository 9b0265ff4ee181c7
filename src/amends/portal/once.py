"""A message that is sent twice (a double click, a lost answer) is one message."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

_REMEMBERED = 24 * 3600


@contextmanager
def sending(key: str) -> Iterator[bool]:
    """Tells whether this is the first sending under this key. One that fails is forgotten, so that it can be repeated.

    Without a key every sending is a first one.
    """
    is_first = not key or cache.add(f"once:{key}", 1, _REMEMBERED)
    try:
        yield is_first
    except BaseException:
        if key and is_first:
            cache.delete(f"once:{key}")
        raise
