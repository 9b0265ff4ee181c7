"""The parts of which the complete file of a complaint consists, as the template of a record takes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from amends.rendering.pdf import Value

Words = str | Promise


@dataclass(frozen=True)
class Part:
    """A heading, pairs, a passage, a table or a note. An internal one is marked, and left out for outsiders."""

    kind: str
    text: str = ""
    head: Words = ""
    language: str = ""
    internal: bool = False
    rows: Sequence[Sequence[Words]] = ()
    columns: Sequence[Words] = ()
    widths: Sequence[int] = ()

    def data(self) -> dict[str, Value]:
        """As the template reads it."""
        return {
            "kind": self.kind,
            "text": self.text,
            "head": self.head,
            "lang": self.language,
            "internal": self.internal,
            "rows": self.rows,
            "columns": self.columns,
            "widths": self.widths,
        }


@dataclass(frozen=True)
class Section:
    """A chapter of the file, named in its contents."""

    title: Words
    parts: list[Part] = field(default_factory=list)


def heading(text: Words) -> Part:
    """A title within a section."""
    return Part("heading", str(text))


def note(text: Words) -> Part:
    """A sentence of our own, in grey."""
    return Part("note", str(text))


def pairs(rows: Sequence[tuple[Words, Words]]) -> Part:
    """Names and values; those without a value are left out."""
    return Part("pairs", rows=[(name, str(value)) for name, value in rows if str(value)])


def passage(head: Words, text: str, *, language: str = "", internal: bool = False) -> Part:
    """What somebody wrote, under who and when."""
    return Part("passage", text, head, language, internal)


def table(columns: Sequence[Words], widths: Sequence[int], rows: Sequence[Sequence[Words]]) -> Part:
    """Rows under a header; a width of 0 is as wide as its words."""
    return Part("table", rows=rows, columns=columns, widths=widths)
