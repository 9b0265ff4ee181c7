"""The one template engine for letters and notices (P-35): a text with named slots, and nothing else.

`{name}` is a slot, `{{` writes a brace, a closing brace alone is a brace. There are no conditions, no attributes and
no formats: who fills a text hands over finished words. What is filled in is data and is never read for slots again.
"""

import re
from collections.abc import Iterable
from string import Template

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, clean_text, direction_closed

Words = str | int | Promise

LONGEST = 100_000


class UnknownVariableError(Refusal):
    """A text names something that it is not given; it is refused when it is written, not when it is sent."""

    def __init__(self, named: str, variables: Iterable[str]) -> None:
        known = ", ".join(f"{{{name}}}" for name in sorted(variables))
        super().__init__(
            "unknown_variable",
            _("%(named)s cannot be filled in. Use one of these: %(known)s. Write {{ where you want a brace.")
            % {"named": named, "known": known or "–"},
            facts={"named": named},
        )
        self.named = named


_SLOT = r"""
    \{(?:
        (?P<escaped>\{)
      | (?P<named>[a-z][a-z0-9_]{0,59})\}
      | (?P<braced>(?!))
      | (?P<invalid>)
    )
"""
_ANY_SLOT = re.compile(_SLOT, re.ASCII | re.VERBOSE)


class _Slots(Template):
    delimiter = "{"
    flags = re.ASCII
    pattern = _SLOT  # type: ignore[assignment]  # the class compiles it


class Wording:
    """A text that has been checked against the variables it may name."""

    def __init__(self, text: str, variables: Iterable[str]) -> None:
        self.variables = frozenset(variables)
        self.text = clean_text(str(text))
        if len(self.text) > LONGEST:
            raise Refusal("wording_too_long", _("This text is too long. Shorten it to 100,000 characters."))
        self._slots = _Slots(self.text)
        for found in _ANY_SLOT.finditer(self.text):
            if found.group("invalid") is not None:
                raise UnknownVariableError(_named_at(self.text, found.start()), self.variables)
            if found.group("named") and found.group("named") not in self.variables:
                raise UnknownVariableError(f"{{{found.group('named')}}}", self.variables)

    @property
    def used(self) -> frozenset[str]:
        """The variables that the text names."""
        return frozenset(found.group("named") for found in _ANY_SLOT.finditer(self.text) if found.group("named"))

    def fill(self, **values: Words) -> str:
        """The text with every slot filled. All declared variables are given, whether the text names them or not:
        so a text that is changed later cannot find one missing."""
        return self._slots.substitute(self._cleaned(values))

    def fill_line(self, **values: Words) -> str:
        """As `fill`, on one line whatever the values hold: for subjects and names of files (P-10)."""
        return clean_line(self._slots.substitute(self._cleaned(values)))

    def _cleaned(self, values: dict[str, Words]) -> dict[str, str]:
        if values.keys() != self.variables:
            missing, unknown = self.variables - values.keys(), values.keys() - self.variables
            raise TypeError(f"a wording is given what it declares; missing: {missing}, unknown: {unknown}")
        return {name: _words(name, value) for name, value in values.items()}


def _words(name: str, value: Words) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Promise):
        raise TypeError(f"{name} is a {type(value).__name__}; hand over the words that people shall read")
    # A true `str`, so that a subclass keeps no say in what is written.
    return direction_closed(clean_text("".join(str(value))))


def _named_at(text: str, start: int) -> str:
    """The beginning of what stands there, as far as a person needs it to find the place."""
    piece = text[start : start + 40]
    closing = piece.find("}")
    return clean_line(piece[: closing + 1] if closing > 0 else piece[:20])
