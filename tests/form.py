"""A form in a race: where it stands, when it is open, to whom, and answers with which it can be sent.

The tables are in `tests/forms.py` (the complaint page) and `tests/forms_elsewhere.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from amends.complaints.stages import Stage
from tests.cast import World

Typed = Mapping[str, object]


@dataclass(frozen=True)
class Form:
    """A form. `typed` fills it; `{}` in an answer stands for words of whoever writes.

    `who` may send it, two people or one in two windows; `page` shows it where its own address does not, or what is
    `asked` leads to it, as a look before it is done. A form that
    `adds` puts something beside what others put there; one that `shows` answers with a page of its own; one that
    `always_goes_on` leads back to its page whether anything was left to do or not, where nothing is typed.

    Without a `stage` it stands elsewhere: its address is whole, `made` makes what it is about, `slots` fill the address
    and `rows` are the facts that it changes. What stands in no row but in the payload of the entry is `journalled`.
    """

    path: str
    stage: Stage | None = None
    typed: Typed | Callable[[World, Any], Typed] = field(default_factory=dict)
    who: tuple[str, str] = ("liis", "uma")
    page: str | None = None
    asked: Typed | Callable[[World, Any], Typed] | None = None
    adds: bool = False
    shows: bool = False
    always_goes_on: bool = False
    is_reading: bool = False
    journalled: bool = False
    built: Mapping[str, Any] = field(default_factory=dict)
    prepare: Callable[[World, Any], object] | None = None
    made: Callable[[World, str], Any] | None = None
    slots: Callable[[Any], Mapping[str, object]] | None = None
    rows: Callable[[Any], Iterable[Model]] | None = None

    @property
    def name(self) -> str:
        """As it is called in reports."""
        return f"{self.path} at {self.stage.value}" if self.stage is not None else self.path

    def address(self, path: str, about: Any) -> str:
        """Where it stands for what it is about."""
        found = path.format(**self.slots(about)) if self.slots is not None else path
        return found if found.startswith("/") else f"/staff/complaints/{about.reference}/{found}"
