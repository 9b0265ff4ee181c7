"""How an event is declared: a frozen dataclass of ids, codes, dates and numbers, with its sentence.

    @event("complaints.acknowledged", sentence=_("Receipt confirmed by %(channel)s"), audience=Audience.PUBLIC)
    class Acknowledged(Event):
        complaint: Subject
        channel: str

The field `complaint` names the row the entry is about; it has to come first. Text fields hold codes: anything
longer than 64 characters or outside a small alphabet is refused when it is recorded, so that names and free text
cannot slip in.
"""

import dataclasses
import re
import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from django.utils.functional import Promise


class Audience(StrEnum):
    """Who may see an entry in a timeline."""

    PUBLIC = "public"
    STAFF = "staff"


class Retention(StrEnum):
    """How long the payload behind an entry is kept; the entry itself stays."""

    CASE = "case"
    SECURITY = "security"
    SYSTEM = "system"


@dataclass(frozen=True)
class Subject:
    """A row that an entry is about, by kind and key; the journal writes its random name instead."""

    kind: str
    key: int


@dataclass(frozen=True)
class Event:
    """Something that happened. Subclasses are made by `@event`."""

    name: ClassVar[str]
    sentence: ClassVar[str | Promise]
    audience: ClassVar[Audience]
    retention: ClassVar[Retention]

    @property
    def about(self) -> Subject:
        """The row this event is about: its first field."""
        first = dataclasses.fields(self)[0].name
        subject: Subject = getattr(self, first)
        return subject


AnyEvent = typing.TypeVar("AnyEvent", bound=type[Event])

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,63}|")
_REGISTERED: dict[str, type[Event]] = {}

#: What a field of an event may be; a test walks every event with this.
ALLOWED = (Subject, str, int, bool, date, datetime, UUID, type(None))


class NotForTheJournalError(ValueError):
    """A particular is not an id, code, date or number."""


@typing.dataclass_transform(kw_only_default=True, frozen_default=True)
def event(
    name: str,
    *,
    sentence: str | Promise,
    audience: Audience = Audience.STAFF,
    retention: Retention = Retention.CASE,
) -> Callable[[AnyEvent], AnyEvent]:
    """Declare an event under the name that stands in the journal for ever."""

    def declare(cls: AnyEvent) -> AnyEvent:
        made: AnyEvent = dataclass(frozen=True, kw_only=True)(cls)  # type: ignore[assignment]
        made.name, made.sentence, made.audience, made.retention = name, sentence, audience, retention
        if name in _REGISTERED and _REGISTERED[name].__qualname__ != made.__qualname__:
            raise RuntimeError(f"two events are called {name}")
        _REGISTERED[name] = made
        return made

    return declare


def event_called(name: str) -> type[Event] | None:
    """The event of that name; None for one that this version does not know any more."""
    return _REGISTERED.get(name)


def all_events() -> list[type[Event]]:
    """Every declared event, by name."""
    return [_REGISTERED[name] for name in sorted(_REGISTERED)]


def written_moment(moment: datetime) -> str:
    """A moment as it stands in the journal: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def written(value: Any, name_of: Callable[[Subject], UUID]) -> Any:
    """A particular as JSON: subjects by their random name, moments in UTC, days in ISO form."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, StrEnum):
        value = value.value
    if isinstance(value, str):
        if not _CODE.fullmatch(value):
            raise NotForTheJournalError(f"{value[:40]!r} is not a code")
        return value
    if isinstance(value, Subject):
        return name_of(value).hex
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return written_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [written(item, name_of) for item in value]
    raise NotForTheJournalError(f"{type(value).__name__} may not stand in the journal")
