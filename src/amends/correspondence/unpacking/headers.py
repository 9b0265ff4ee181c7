"""Header lines of a mail as text and addresses. Never fails, whatever stands there. Knows no Django."""

import base64
import binascii
import codecs
import re
from collections.abc import Iterable
from email.message import Message

LONGEST_HEADER = 10_000
LONGEST_ADDRESSES = 4_000
MOST_ADDRESSES = 50
MOST_IDS = 60

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_FOLD = re.compile(r"[\r\n]+[ \t]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_COMMENT = re.compile(r"\([^()]*\)")
#: Bounded on both sides: neither the end of a longer name nor the beginning of a longer domain is an address.
_ADDRESS = re.compile(
    r"(?<![^\s<>,;:\"()\[\]\\])[^\s<>,;:\"()\[\]\\@]{1,120}@[A-Za-z0-9\-_.]{1,253}(?![^\s<>,;:\"()\[\]\\'])"
)
_ID = re.compile(r"<[^<>\s]{1,300}>")
_ESCAPE = re.compile(rb"=([0-9A-Fa-f]{2})")

#: Names that mails use and Python does not know, or knows as a smaller set than mail programs mean by them.
_ALIASES = {
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "windows-874": "cp874",
    "cp-850": "cp850",
    "utf8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
}
#: Codecs whose work grows faster than what they read, or that are no character sets of mails.
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}


class Headers:
    """The header lines of one message, by their names in small letters."""

    def __init__(self, message: "Message[str, str]") -> None:
        self._lines: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            self._lines.setdefault(str(name).lower(), []).append(str(value)[:LONGEST_HEADER])

    def raw(self, name: str) -> str:
        """The first line of that name, unfolded; empty when there is none."""
        return _FOLD.sub(" ", next(iter(self._lines.get(name, [])), "")).strip()

    def text(self, name: str) -> str:
        """The same in words."""
        return decoded(self.raw(name))

    def has(self, name: str) -> bool:
        """Whether there is such a line."""
        return name in self._lines

    def every(self, *names: str) -> list[str]:
        """All lines of these names."""
        return [line for name in names for line in self._lines.get(name, [])]

    def ids(self, *names: str) -> list[str]:
        """Message-IDs in these lines, the newest last, no more than anybody can need."""
        found = [each for line in self.every(*names) for each in _ID.findall(without_surrogates(line))]
        return list(dict.fromkeys(found))[-MOST_IDS:]

    def addresses(self, *names: str) -> list[tuple[str, str]]:
        """Name and address of everybody who stands in these lines."""
        found = [each for line in self.every(*names) for each in addresses_in(line)]
        return found[:MOST_ADDRESSES]


def addresses_in(line: str) -> list[tuple[str, str]]:
    """Addresses of one line, in order; what is quoted or stands in brackets is part of a name and no address.

    Where mail programs might read another address than we do (`<a@b@c>`), there is none.
    """
    line = _FOLD.sub(" ", line[:LONGEST_ADDRESSES])
    bare = _COMMENT.sub(lambda found: " " * len(found[0]), _QUOTED.sub(lambda found: " " * len(found[0]), line))
    found, start = [], 0
    for angle in re.finditer(r"<([^<>]{0,400})>", bare):
        before = bare[start : angle.start()]
        # Followed by a comma it is somebody of their own; else part of the name of whoever follows.
        own = [each for each in _ADDRESS.finditer(before) if "," in before[each.end() :]]
        found += [("", each[0]) for each in own]
        address = _only_address_in(angle[1])
        if address:
            name = line[start + (before.index(",", own[-1].end()) if own else 0) : angle.start()]
            found.append((_name(name), address))
        start = angle.end()
    found += [("", each) for each in _ADDRESS.findall(bare[start:])]
    return [(name, without_surrogates(address).lower()) for name, address in found]


def _only_address_in(written: str) -> str:
    found = _ADDRESS.search(written)
    rest = written.replace(found[0], "", 1) if found else "@"
    return found[0] if found and "@" not in rest else ""


def _name(written: str) -> str:
    quoted = _QUOTED.search(written)
    name = quoted[1].replace("\\", "") if quoted else written
    return decoded(name.strip(" ,;\t"))


def decoded(raw: str) -> str:
    """A header's value in words: encoded words resolved, neighbours of one character set put together first."""
    raw = raw[:LONGEST_HEADER]
    pieces: list[tuple[bytes, str]] = []
    last = 0
    for word in _WORD.finditer(raw):
        between = raw[last : word.start()]
        if between.strip() or not pieces:
            pieces.append((between.encode("utf-8", "surrogateescape"), ""))
        charset = word[1].partition("*")[0].lower()
        content = _content(word[2].lower(), word[3])
        if pieces and pieces[-1][1] == charset:
            pieces[-1] = (pieces[-1][0] + content, charset)
        else:
            pieces.append((content, charset))
        last = word.end()
    pieces.append((raw[last:].encode("utf-8", "surrogateescape"), ""))
    return "".join(in_words(content, charset) for content, charset in pieces).strip()


def _content(encoding: str, written: str) -> bytes:
    plain = written.encode("ascii", "replace")
    if encoding == "q":
        return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), plain.replace(b"_", b" "))
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return plain


def in_words(content: bytes, charset: str) -> str:
    """Bytes as text: by the character set that was named, else by what they look like. Never fails."""
    charset = charset.strip().strip("\"'").lower()
    charset = _ALIASES.get(charset, charset)
    if charset:
        try:
            codec = codecs.lookup(charset)
            if codec.name.replace("-", "_") not in _NO_CHARSETS:
                return str(content.decode(codec.name))
        except Exception:
            charset = ""  # a codec may raise anything on bytes that are not its own; they are guessed below
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def without_surrogates(text: str) -> str:
    """Text whose raw bytes, if any, are resolved or replaced: fit for JSON and the database."""
    return in_words(text.encode("utf-8", "surrogateescape"), "") if _has_surrogates(text) else text


def _has_surrogates(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def joined(lines: Iterable[str]) -> str:
    """Several lines as one text, for a search."""
    return "\n".join(lines)
