"""A reply without our own words below it, as mail programs put them there.

By our own rules and not by a library's: mail-parser-reply, which is kept well, knows neither Estonian nor Turkish,
and its patterns take three seconds for 8,000 empty lines and four times that for twice as many. Here every line is
looked at once, by its beginning and its end.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_QUOTED = re.compile(r"^\s*>")
_CLOCK = re.compile(r"\d[:.]\d\d")
_RULE = re.compile(r"^\s*[-_–—]{3,}\s*$")
_DECORATION = " \t*_-–—>"
#: How long the line may be that says who wrote when, and over how many lines mail programs break it.
_LONGEST_ATTRIBUTION, _MOST_LINES = 400, 3
_BLOCK_LINES = 8


class Attribution(NamedTuple):
    """“On Monday … wrote:” in one language. In Turkish and Estonian the name or the date comes first."""

    begins: str
    holds: str
    ends: str


_ATTRIBUTIONS = (
    Attribution("On ", "", " wrote:"),
    Attribution("Am ", " schrieb ", ":"),
    Attribution("", " tarihinde ", " yazdı:"),
    Attribution("", " kirjutas", ":"),
    Attribution("Le ", "", " a écrit:"),
    Attribution("El ", "", " escribió:"),
)
_ORIGINAL = (
    *("original message", "ursprüngliche nachricht", "algne kiri", "algne sõnum", "algne teade"),
    *("orijinal mesaj", "özgün ileti", "orijinal ileti", "message d'origine", "mensaje original"),
)
_FORWARDED = ("forwarded message", "weitergeleitete nachricht", "edastatud kiri", "edastatud sõnum", "iletilen mesaj")
_FROM = ("from", "von", "saatja", "kellelt", "kimden", "gönderen", "de")
_MORE = {
    *("sent", "date", "to", "subject", "gesendet", "datum", "an", "betreff", "envoyé", "à", "objet", "enviado", "para"),
    *("saadetud", "saatmisaeg", "kuupäev", "saaja", "adressaat", "kellele", "teema", "asunto"),
    *("gönderildi", "gönderilme", "gönderme", "tarih", "kime", "alıcı", "konu"),
}


def without_quotation(text: str) -> str:
    """What is above the quotation; all of it where somebody wrote between or below the lines of ours, or nothing
    above. The mail itself is kept whole.
    """
    lines = text.split("\n")
    own = [place for place, line in enumerate(lines) if line.strip() and not _QUOTED.match(line)]
    for place in own:
        found = _start_at(lines, place, own[-1])
        if found is not None:
            return _up_to(lines, found) or text
    end = _before_quoted_end(lines)
    return text if end == len(lines) else _up_to(lines, end) or text


def _start_at(lines: Sequence[str], place: int, last: int) -> int | None:
    """Where the quotation begins, if this line says that there is one. `last` is the last line without a mark."""
    line = lines[place].strip()
    bare = line[:100].strip(_DECORATION).lower()
    if line.startswith("-") and bare in _ORIGINAL:
        return place
    if bare.startswith(_FROM) and _is_block(lines, place):
        return place
    return _attributed(lines, place, last) if line.endswith(":") else None


def _is_block(lines: Sequence[str], place: int) -> bool:
    """From, Sent, To, Subject one under the other; not in a mail that was passed on, which is what they want to say."""
    names = [_name_of(line) for line in lines[place : place + _BLOCK_LINES]]
    if names[0] not in _FROM or sum(name in _MORE for name in names[1:]) < 2:
        return False
    before = [line.strip(_DECORATION).lower() for line in lines[max(0, place - 3) : place]]
    return not any(line in _FORWARDED for line in before)


def _name_of(line: str) -> str:
    name, colon, _rest = line[:60].partition(":")
    words = name.strip(_DECORATION).lower().replace("i̇", "i").split()
    return words[0] if colon and words else ""


def _attributed(lines: Sequence[str], place: int, last: int) -> int | None:
    """The line in which “On … wrote:” begins that ends here, when only a quotation follows."""
    words = ""
    for start in range(place, max(-1, place - _MOST_LINES), -1):
        if not lines[start].strip() or len(lines[start]) + len(words) > _LONGEST_ATTRIBUTION:
            return None
        words = " ".join(f"{lines[start]} {words}".replace(" :", ":").split())
        if any(words.startswith(a.begins) and a.holds in words and words.endswith(a.ends) for a in _ATTRIBUTIONS):
            return start if _follows_only_ours(lines, place, last, words) else None
    return None


def _follows_only_ours(lines: Sequence[str], place: int, last: int, words: str) -> bool:
    next_one = next((line for line in lines[place + 1 : place + _BLOCK_LINES] if line.strip()), "")
    if _QUOTED.match(next_one):
        return last <= place
    # Without marks at the lines it is a mail program's only when it says when and by which address: people cite, too.
    return "@" in words or bool(_CLOCK.search(words))


def _before_quoted_end(lines: Sequence[str]) -> int:
    """The end of what stands above lines with > that go on to the end, with the line that introduces them."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or _QUOTED.match(lines[end - 1])):
        end -= 1
    if not any(_QUOTED.match(line) for line in lines[end:]):
        return len(lines)
    if end and lines[end - 1].rstrip().endswith(":"):
        end -= 1
        if end and lines[end - 1].strip() and len(lines[end - 1]) > 60:
            end -= 1  # “On Tuesday … somebody <address>” is often broken into two lines
    return end


def _up_to(lines: Sequence[str], end: int) -> str:
    while end and (not lines[end - 1].strip() or _RULE.match(lines[end - 1])):
        end -= 1
    return "\n".join(lines[:end]).strip()
