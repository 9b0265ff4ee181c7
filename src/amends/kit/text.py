"""Cleaning and folding of text that people typed."""

import re
import unicodedata

_LINE_BREAKS = re.compile(r"\r\n?|\u0085|\u2028|\u2029")
_KEPT_CONTROLS = {"\n", "\t"}
_SPACES = re.compile(r"[^\S\n]+")

# Letters that Unicode does not decompose but that people search for without their mark.
_FOLDS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def clean_text(typed: str) -> str:
    """Text of several lines as we keep it: composed, with plain line breaks and without control characters.

    Control characters (NUL among them, which PostgreSQL cannot store) and lone surrogates are dropped; the
    characters that steer writing direction stay, because names and numbers in Arabic need them.
    """
    text = _LINE_BREAKS.sub("\n", typed)
    text = "".join(
        character
        for character in text
        if character in _KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs"}
    )
    return unicodedata.normalize("NFC", text).strip()


def clean_line(typed: str) -> str:
    """Text of one line: as `clean_text`, with every run of white space made one space."""
    return _SPACES.sub(" ", clean_text(typed).replace("\n", " ")).strip()


def fold(text: str) -> str:
    """The form in which texts are compared: no marks, no case. `Şikâyet` and `sikayet`, `Õismäe` and `oismae` meet.

    Done here and not by the database, so that both engines find the same (neither folds the dotless ı).
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("İ", "i").casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return bare.translate(_FOLDS)


def shortened(text: str, length: int) -> str:
    """The beginning of a text, cut at a word, with an ellipsis where something is missing."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    if " " in cut[length // 2 :]:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,.;:–-") + "…"
