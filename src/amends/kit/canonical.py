"""Canonical JSON (RFC 8785) for values without floating-point numbers: one value, one sequence of bytes."""

import hashlib
import json
from typing import Any


class NotCanonicalError(ValueError):
    """The value holds something that has no single canonical form here (a float, a lone surrogate, a wide key)."""


#: Nested deeper than anything that people or programs of ours write.
DEEPEST = 100


def _check(value: Any, depth: int = 0) -> None:
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > 2**53:
            raise NotCanonicalError("an integer beyond 2^53 is not exact in JSON; write it as text")
        return
    if depth > DEEPEST:
        raise NotCanonicalError(f"the value is nested deeper than {DEEPEST}")
    if isinstance(value, list | tuple):
        for item in value:
            _check(item, depth + 1)
        return
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonicalError(f"the key {key!r} is not ASCII text")
            _check(item, depth + 1)
        return
    raise NotCanonicalError(f"{type(value).__name__} has no canonical JSON form")


def canonical(value: Any) -> bytes:
    """The canonical bytes of a JSON value made of text, integers, booleans, null, lists and dictionaries."""
    _check(value)
    try:
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonicalError("the text holds half of a character") from error


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()
