"""A verb that may not happen raises a Refusal; each door translates it once."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise


class Refusal(Exception):
    """Something that was asked for does not happen, and nothing was changed.

    `code` is for programs, `sentence` for people: it says what to do, not only what is wrong.
    `field` names the answer that has to change, where there is one.
    """

    def __init__(
        self,
        code: str,
        sentence: str | Promise,
        *,
        field: str = "",
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.field = field
        self.facts = dict(facts or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}"
