"""A name to show, made from whatever a browser, a mail or an attacker called a file. Never used to store anything."""

import re
import unicodedata
from urllib.parse import unquote_to_bytes

LONGEST_BYTES = 180
_ROUNDS = 3

# Signs that look like a slash count as one, or `..∕..` would read as a path.
_SLASHES = re.compile(r"[/\\⁄∕⧵⧸⧹／＼]")
_ESCAPE = re.compile(r"%(?=[0-9A-Fa-f]{2})")
_DRIVE = re.compile(r"^[A-Za-z]:")
_UNFIT = str.maketrans({":": "-", **dict.fromkeys('<>"|?*', "_")})
_SPACES = re.compile(r"\s+")
_EXTENSION = re.compile(r"^[A-Za-z0-9]{1,10}$")
_RESERVED = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)
_EDGES = " .-~\u00a0"


def display_name(given: str | None) -> str:
    """The last part of a path as one clean line with its extension; `file` where nothing is left.

    What it gives back comes back unchanged when it is cleaned again.
    """
    text = _decoded(given or "")
    text = "".join(character for character in text if _is_kept(character))
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", text))
    parts = [part for part in _SLASHES.split(text) if part.strip(_EDGES)]
    text = _DRIVE.sub("", parts[-1]) if parts else ""
    text = _ESCAPE.sub("_", text).translate(_UNFIT).rstrip(_EDGES)
    stem, extension = _divided(text)
    stem = stem.strip(_EDGES) or "file"
    if _RESERVED.match(stem):
        stem = "_" + stem
    room = LONGEST_BYTES - len(extension.encode())
    return _cut(stem, room) + extension


def extension_of(name: str) -> str:
    """The extension of a cleaned name in lower case, without its dot; empty where there is none."""
    return _divided(name)[1].removeprefix(".").lower()


def with_extension(name: str, extension: str) -> str:
    """A cleaned name with another extension."""
    return _cut(_divided(name)[0], LONGEST_BYTES - len(extension) - 1) + "." + extension


def _decoded(text: str) -> str:
    """Percent forms resolved, as often as somebody nested them; browsers write line breaks and quotes so."""
    for _ in range(_ROUNDS):
        if not _ESCAPE.search(text):
            break
        try:
            text = unquote_to_bytes(text.encode("utf-8", "replace")).decode()
        except UnicodeDecodeError:
            break
    return text


def _is_kept(character: str) -> bool:
    """Whether a character has a shape: no controls, no direction marks, no joiners, nothing unassigned."""
    if character.isspace() and character not in "\u2028\u2029":
        return True
    return unicodedata.category(character)[0] != "C" and character not in "\u2028\u2029"


def _divided(text: str) -> tuple[str, str]:
    """Stem and extension with its dot."""
    stem, dot, extension = text.rpartition(".")
    return (stem, dot + extension) if dot and _EXTENSION.match(extension) else (text, "")


def _cut(stem: str, room: int) -> str:
    """As much of a stem as fits into so many bytes of UTF-8."""
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(_EDGES)
