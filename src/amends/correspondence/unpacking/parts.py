"""Text and files of a mail. Knows no Django; may raise anything on hostile input, and its process says so."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

from tnefparse import TNEF

from amends.correspondence.unpacking.headers import Headers, decoded, in_words, without_surrogates
from amends.rendering.html import html_as_text

Part = Message  # of the standard library, parsed by its older, more patient policy

MOST_PARTS = 2_000
MOST_FILES = 50
LONGEST_TEXT = 400_000
LONGEST_NAME = 400

_EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "text/html": "html",
    "text/calendar": "ics",
    "message/rfc822": "eml",
    "audio/mpeg": "mp3",
    "video/mp4": "mp4",
}


class TooComplexError(Exception):
    """More parts than any honest mail has."""


@dataclass(frozen=True)
class FoundFile:
    """A file in the mail, written to a path of its own."""

    name: str
    kind: str
    path: str
    size: int


@dataclass
class Contents:
    """What a mail holds. `unread` names files that were left in it."""

    texts: list[str] = field(default_factory=list)
    files: list[FoundFile] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    reports: "list[Part[str, str]]" = field(default_factory=list)
    returned: list[Headers] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All texts, one after the other."""
        return "\n\n".join(text for text in self.texts if text.strip())[:LONGEST_TEXT]


def contents_of(message: "Part[str, str]", place: Path) -> Contents:
    """Go through all parts; files are written into the place under numbers."""
    found = Contents()
    writer = _Writer(place, found)
    for part, is_rich_version in _leaves(message):
        kind = _asked(part.get_content_type, "text/plain")
        name = without_surrogates(decoded(_asked(part.get_filename, "")))[:LONGEST_NAME]
        is_sent_as_file = bool(name) or _asked(part.get_content_disposition, "") == "attachment"
        if kind == "message/delivery-status":
            found.reports.append(part)
        elif kind.startswith("message/"):
            _nested(part, name, writer)
        elif kind == "text/rfc822-headers":
            found.returned.append(_headers_in(_bytes_of(part)))
        elif kind in {"application/ms-tnef", "application/vnd.ms-tnef"} or name.lower() == "winmail.dat":
            _tnef(_bytes_of(part), name, writer)
        elif kind.startswith(("text/", "multipart/")):
            if is_sent_as_file:
                writer.write(_bytes_of(part), name, kind)
            elif not (is_rich_version and kind == "text/html"):
                found.texts.append(_text_of(part, kind))
        else:
            writer.write(_bytes_of(part), name, kind)
    return found


def _leaves(message: "Part[str, str]") -> "Iterator[tuple[Part[str, str], bool]]":
    """Parts that hold no parts, in order, and whether a plain version of the same stands beside them.

    Without recursion: how deep somebody nests is theirs to choose, how deep our stack is, is not.
    """
    waiting: list[tuple[Part[str, str], bool]] = [(message, False)]
    seen = 0
    while waiting:
        part, is_rich_version = waiting.pop()
        seen += 1
        if seen > MOST_PARTS:
            raise TooComplexError
        kind = _asked(part.get_content_type, "text/plain")
        if not part.is_multipart() or kind.startswith("message/"):
            yield part, is_rich_version
            continue
        children = [child for child in part.get_payload() if isinstance(child, Message)]
        has_plain = kind == "multipart/alternative" and any(_is_plain_text(child) for child in children)
        waiting.extend((child, is_rich_version or has_plain) for child in reversed(children))


def _is_plain_text(part: "Part[str, str]") -> bool:
    return (
        _asked(part.get_content_type, "") == "text/plain"
        and not part.is_multipart()
        and bool(_bytes_of(part)[:2000].strip())
    )


def _asked(question: Callable[[], str | None], otherwise: str) -> str:
    """The answer of the standard library, which raises on some headers (ValueError, IndexError, LookupError …)."""
    try:
        return str(question() or otherwise)
    except RecursionError:
        raise
    except Exception:
        return otherwise


def _bytes_of(part: "Part[str, str]") -> bytes:
    """What a part holds, decoded; as it stands where it cannot be decoded."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, IndexError, AttributeError, TypeError):
        content = None
    if isinstance(content, bytes):
        return content
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _text_of(part: "Part[str, str]", kind: str) -> str:
    charset = _asked(part.get_content_charset, "")
    text = in_words(_bytes_of(part)[: 4 * LONGEST_TEXT], charset)
    if kind == "text/html":
        return html_as_text(text)
    if _asked(lambda: str(part.get_param("format") or ""), "").lower() == "flowed":
        text = re.sub(r"(?<!--) \r?\n(?![\r\n>])", " ", text)
    return text[:LONGEST_TEXT]


def _headers_in(content: bytes) -> Headers:
    """Header lines that stand in a part as text, as in reports of failed delivery."""
    message: Part[str, str] = Message()
    for line in content[:100_000].decode("utf-8", "surrogateescape").splitlines():
        name, colon, value = line.partition(":")
        if colon and name and not name[0].isspace() and len(name) < 80:
            message[name] = value.strip()
    return Headers(message)


def _nested(part: "Part[str, str]", name: str, writer: "_Writer") -> None:
    """A mail in the mail is a file: it is not opened."""
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    if not isinstance(first, Message):
        writer.write(_bytes_of(part), name or "message.eml", "message/rfc822")
        return
    headers = Headers(first)
    writer.found.returned.append(headers)
    title = headers.text("subject")[:80] or "message"
    writer.write(_written(first), name or f"{title}.eml", "message/rfc822")


def _written(message: "Part[str, str]") -> bytes:
    """A mail in the mail as bytes; by hand where the standard library cannot write down what it read."""
    try:
        return message.as_bytes()
    except (ValueError, LookupError, TypeError, AttributeError):
        head = "".join(f"{name}: {value}\n" for name, value in message.raw_items())
        body = message.get_payload()
        return f"{head}\n{body if isinstance(body, str) else ''}".encode("utf-8", "surrogateescape")


def _tnef(content: bytes, name: str, writer: "_Writer") -> None:
    """What Outlook packs into winmail.dat."""
    try:
        packed = TNEF(content, do_checksum=False)
        texts = [packed.htmlbody or b"", packed.body or b""]
        files = [(each.long_filename(), each.data) for each in packed.attachments if each.data]
    except MemoryError:
        raise
    except Exception:
        writer.write(content, name or "winmail.dat", "application/ms-tnef")
        return
    for text, is_html in zip(texts, (True, False), strict=True):
        read = in_words(text, "") if isinstance(text, bytes) else str(text)
        if read.strip():
            writer.found.texts.append(html_as_text(read) if is_html else read.replace("\x00", ""))
            break
    for title, data in files:
        writer.write(bytes(data), without_surrogates(str(title or "")), "application/octet-stream")


class _Writer:
    """Writes files under numbers."""

    def __init__(self, place: Path, found: Contents) -> None:
        self.place, self.found = place, found

    def write(self, content: bytes, name: str, kind: str) -> None:
        if not content:
            return
        number = len(self.found.files) + 1
        name = without_surrogates(name) or f"file-{number}.{_EXTENSIONS.get(kind, 'bin')}"
        if len(self.found.files) >= MOST_FILES:
            self.found.unread.append(name[:LONGEST_NAME])
            return
        path = self.place / str(number)
        path.write_bytes(content)
        self.found.files.append(FoundFile(name[:LONGEST_NAME], kind, path.name, len(content)))
