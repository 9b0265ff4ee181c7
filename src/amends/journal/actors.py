"""Who acts, as far as the journal has to know it."""

from typing import Protocol


class Actor(Protocol):
    """A member of staff, a complainant on the tracking page, or the system person.

    `actor_kind` and `actor_key` name the row that stands for them (`person`, 7); `acting_as` is the role in which
    they act, written into the entry because roles change; `is_anonymous` asks for moments cut to the minute.
    """

    @property
    def actor_kind(self) -> str: ...

    @property
    def actor_key(self) -> int: ...

    @property
    def acting_as(self) -> str: ...

    @property
    def is_anonymous(self) -> bool: ...
