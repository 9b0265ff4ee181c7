"""References, access codes and other names that people copy by hand.

One alphabet of 31 characters without 0, O, 1, I and L serves both. Because 31 is a prime, a weighted sum as
check character finds every single wrong character and every swap of two neighbours, as long as they are of the
alphabet or digits. (I, L and O, which only a prefix can hold, weigh as much as D, G and K: a prefix mistaken that way
is found by the register, which has no such reference.)
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}

REFERENCE_RANDOM = 7
ACCESS_CODE_RANDOM = 17
ONE_TIME_CODE_RANDOM = 11
DRAFT_CODE_LENGTH = 12
REPLY_TOKEN_LENGTH = 20

_REFERENCE = re.compile(r"^([A-Z]{2,6})([0-9]{2})([" + ALPHABET + r"]{8})$")


def check_character(text: str) -> str:
    """The character that makes `text` self-checking; characters outside the alphabet count by their code."""
    total = sum((place + 1) * _VALUE.get(character, ord(character)) for place, character in enumerate(text))
    return ALPHABET[total % len(ALPHABET)]


def random_characters(length: int) -> str:
    """`length` characters of the alphabet from the operating system's generator (4.95 bits each)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def compact(text: str) -> str:
    """What a person typed, with spaces and dashes taken out and ASCII letters raised.

    Only ASCII is raised: the Turkish ı and İ are left alone and so refused, never guessed.
    """
    kept = (character for character in text if not character.isspace() and character not in "-‐‑‒–—−_.")
    return "".join(c.upper() if c.isascii() else c for c in kept)


def new_reference(prefix: str, year: int, random: Callable[[int], str] = random_characters) -> str:
    """A reference such as AMD-26-7K3M9TQH. Short, never guessable from the last one; uniqueness is the database's."""
    body = random(REFERENCE_RANDOM)
    yy = f"{year % 100:02d}"
    return f"{prefix}-{yy}-{body}{check_character(prefix + yy + body)}"


def read_reference(typed: str) -> str | None:
    """The reference a person meant, in its one written form; None when it cannot be one."""
    found = _REFERENCE.match(compact(typed))
    if found is None:
        return None
    prefix, yy, tail = found.groups()
    body, check = tail[:-1], tail[-1]
    if check_character(prefix + yy + body) != check:
        return None
    return f"{prefix}-{yy}-{tail}"


def access_code_from(token: str, key: bytes) -> str:
    """The access code that belongs to a secret token: 17 characters of 84 bits and a check character.

    Derived instead of drawn, so that a sending repeated within the same minutes can show the same code
    although only its keyed hash is kept.
    """
    digest = hmac.new(key, b"amends access code\0" + token.encode(), hashlib.sha512).digest()
    number = int.from_bytes(digest)
    body = ""
    for _ in range(ACCESS_CODE_RANDOM):
        number, value = divmod(number, len(ALPHABET))
        body += ALPHABET[value]
    return grouped(body + check_character(body))


def one_time_code_from(nonce: str, key: bytes) -> str:
    """What a mail brings to somebody who lost the access code: 11 characters of 54 bits and a check character."""
    number = int.from_bytes(hmac.new(key, b"amends one-time code\0" + nonce.encode(), hashlib.sha512).digest())
    body = ""
    for _ in range(ONE_TIME_CODE_RANDOM):
        number, value = divmod(number, len(ALPHABET))
        body += ALPHABET[value]
    return grouped(body + check_character(body), 4)


def grouped(code: str, size: int = 6) -> str:
    """A code in groups that can be read aloud."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def read_access_code(typed: str) -> str | None:
    """The access code a person meant, without dashes; None when its check character says it is mistyped."""
    code = compact(typed)
    if len(code) != ACCESS_CODE_RANDOM + 1 or any(character not in _VALUE for character in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def read_one_time_code(typed: str) -> str | None:
    """The one-time code a person meant, without dashes; None when its check character says it is mistyped."""
    code = compact(typed)
    if len(code) != ONE_TIME_CODE_RANDOM + 1 or any(character not in _VALUE for character in code):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def new_draft_code() -> str:
    """Twelve characters that open a saved draft on another device (59 bits, throttled)."""
    return grouped(random_characters(DRAFT_CODE_LENGTH), 4)


def read_draft_code(typed: str) -> str | None:
    """The draft code a person meant, without dashes; None when it cannot be one."""
    code = compact(typed)
    if len(code) != DRAFT_CODE_LENGTH or any(character not in _VALUE for character in code):
        return None
    return code


def new_reply_token() -> str:
    """What makes the address for replies to one mail unguessable (99 bits). Small letters: mail servers change case."""
    return random_characters(REPLY_TOKEN_LENGTH).lower()


def read_reply_token(found: str) -> str | None:
    """The token that stands in an address, however its case came through; None when it cannot be one."""
    if len(found) != REPLY_TOKEN_LENGTH or not found.isascii() or any(one not in _VALUE for one in found.upper()):
        return None
    return found.lower()


def keyed_hash(code: str, key: bytes, purpose: str) -> str:
    """What is stored of a code: useless without the key, and different for each purpose."""
    return hmac.new(key, purpose.encode() + b"\0" + _bytes(code), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that does not tell where they differ."""
    return hmac.compare_digest(_bytes(one), _bytes(other))


def _bytes(text: str) -> bytes:
    """The bytes of any text, also of one that holds half of a character and so is a wrong code at best."""
    return text.encode("utf-8", "surrogatepass")


def derived_token(nonce: str, key: bytes, purpose: str) -> str:
    """A secret for a link, worked out from a stored nonce and a key that is not in the database (256 bits)."""
    return hmac.new(key, b"token " + purpose.encode() + b"\0" + nonce.encode(), hashlib.sha256).hexdigest()
