"""Cleaning and folding of text that people typed."""

import re
import unicodedata

# Word processors write a vertical tabulator for a line and a form feed for a page.
_LINE_BREAKS = re.compile(r"\r\n?|[\v\f\u0085\u2028\u2029]")
# Every character of the categories Cc and Cs except the line feed and the tabulator.
_UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")

# Letters that Unicode does not decompose but that people search for without their mark.
_FOLDS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def clean_text(typed: str) -> str:
    """Text of several lines as we keep it: composed, with plain line breaks and without control characters.

    Control characters (NUL among them, which PostgreSQL cannot store) and lone surrogates are dropped; the
    characters that steer writing direction stay, because names and numbers in Arabic need them.
    """
    text = _LINE_BREAKS.sub("\n", typed)
    return unicodedata.normalize("NFC", _UNKEPT.sub("", text)).strip()


def clean_line(typed: str) -> str:
    """Text of one line: as `clean_text`, with every run of white space made one space."""
    return _SPACES.sub(" ", clean_text(typed).replace("\n", " ")).strip()


def fold(text: str) -> str:
    """The form in which texts are compared: no marks, no case. `Şikâyet` and `sikayet`, `Õismäe` and `oismae` meet.

    Done here and not by the database, so that both engines find the same (neither folds the dotless ı).
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("İ", "i").casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    # Once more, because taking a sign apart can bring capitals out (㎒ is MHz).
    return unicodedata.normalize("NFKD", bare.casefold().translate(_FOLDS))


def shortened(text: str, length: int) -> str:
    """The beginning of a text, cut at a word, with an ellipsis where something is missing."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    if line[length - 1] != " " and " " in cut[length // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,.;:–-") + "…"


_DIRECTION_OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | {
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
_DIRECTION_CLOSES = set(_DIRECTION_OPENS.values())


def direction_closed(text: str) -> str:
    """The same text, in which what steers writing direction ends where it began: nothing around it is turned.

    Closing characters that close nothing are dropped, missing ones are added at the end of each line.
    """
    return "\n".join(_direction_closed(line) for line in text.split("\n"))


def _direction_closed(line: str) -> str:
    if not any(character in _DIRECTION_OPENS or character in _DIRECTION_CLOSES for character in line):
        return line
    kept: list[str] = []
    owed: list[str] = []
    for character in line:
        if character in _DIRECTION_OPENS:
            owed.append(_DIRECTION_OPENS[character])
        elif character in _DIRECTION_CLOSES:
            if not owed or owed[-1] != character:
                continue
            owed.pop()
        kept.append(character)
    return "".join(kept) + "".join(reversed(owed))
