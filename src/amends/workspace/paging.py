"""Pages of a long list by keyset: each begins where the one before ended, so that page 400 costs what page 1 costs.

page = page_of(complaints, DUE, request.GET.get("at", ""))

Rows that have no first value (no deadline, no priority) come last. While rows are added or leave, whoever walks on
sees every row that stays exactly once. A cursor is plain text; one that does not fit begins at the beginning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from django.db.models import DateTimeField, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST_NUMBER = 17


@dataclass(frozen=True)
class Key:
    """A column to sort by."""

    column: str
    descending: bool = False

    @property
    def reversed(self) -> "Key":
        """The same column, from the other end."""
        return Key(self.column, not self.descending)


@dataclass(frozen=True)
class Order:
    """A way to sort. Only the first key may be empty in a row; the last one is the primary key.

    `written` is the unique column that stands for the primary key where people can see it.
    """

    name: str
    keys: tuple[Key, ...]
    may_be_empty: bool = False
    written: str = "reference"


DUE = Order("due", (Key("next_due_at"), Key("id")), may_be_empty=True)
RECEIVED = Order("received", (Key("received_at", descending=True), Key("id", descending=True)))
PRIORITY = Order(
    "priority",
    (Key("priority"), Key("received_at", descending=True), Key("id", descending=True)),
    may_be_empty=True,
)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and the cursors of the pages around them; empty where there is none."""

    rows: list[Row]
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class _Position:
    """Where a page ends: the values of a row, and whether to go back from it."""

    values: tuple[Any, ...]
    is_back: bool


def page_of(rows: QuerySet[Row], order: Order, cursor: str = "", *, size: int = PAGE_SIZE) -> Page[Row]:
    """The page at a cursor. One query for most pages, one more to read a cursor or to cross over to the empty rows."""
    position = _read(rows, order, cursor)
    if position is None or not position.is_back:
        found = list(islice(_walk(rows, order.keys, order.may_be_empty, position, size + 1), size + 1))
        more, found = len(found) > size, found[:size]
        return Page(
            found,
            _written(found[0], order, "b") if found and position else "",
            _written(found[-1], order, "a") if more else "",
        )
    keys = tuple(key.reversed for key in order.keys)
    found = list(islice(_walk(rows, keys, order.may_be_empty, position, size + 1, empty_first=True), size + 1))
    if len(found) < size:
        return page_of(rows, order, size=size)  # so near the beginning, the first page is the one that is meant
    more, found = len(found) > size, found[:size][::-1]
    return Page(found, _written(found[0], order, "b") if more else "", _written(found[-1], order, "a"))


def _walk(
    rows: QuerySet[Row],
    keys: tuple[Key, ...],
    may_be_empty: bool,
    position: _Position | None,
    most: int,
    *,
    empty_first: bool = False,
) -> Iterator[Row]:
    """Rows after a position, first those of one part (with a first value, or without), then those of the other.

    Each part is asked for by itself and only when it is reached: so each is one walk along one index.
    """
    if not may_be_empty:
        return iter(_beyond(rows, keys, position.values if position else None)[:most])
    first = keys[0].column
    full = (rows.filter(**{f"{first}__isnull": False}), keys, 0)
    empty = (rows.filter(**{f"{first}__isnull": True}), keys[1:], 1)
    parts = [empty, full] if empty_first else [full, empty]
    starts_in_empty = position is not None and position.values[0] is None
    begun = position is None or starts_in_empty == (parts[0] is empty)
    walks = []
    for place, (part, part_keys, skipped) in enumerate(parts if begun else parts[1:]):
        values = position.values[skipped:] if position and place == 0 else None
        walks.append(_beyond(part, part_keys, values)[:most])
    return chain.from_iterable(_lazily(walk) for walk in walks)


def _lazily(walk: QuerySet[Row]) -> Iterator[Row]:
    yield from walk


def _beyond(rows: QuerySet[Row], keys: tuple[Key, ...], values: tuple[Any, ...] | None) -> QuerySet[Row]:
    """Rows after these values, in order. The first condition is a plain range, so that an index can begin there."""
    ordered = rows.order_by(*(f"-{key.column}" if key.descending else key.column for key in keys))
    if values is None:
        return ordered
    later = Q()
    equal = Q()
    for key, value in zip(keys, values, strict=True):
        later |= equal & Q(**{f"{key.column}__{'lt' if key.descending else 'gt'}": value})
        equal &= Q(**{key.column: value})
    first = Q(**{f"{keys[0].column}__{'lte' if keys[0].descending else 'gte'}": values[0]})
    return ordered.filter(first & later)


def _written(row: Model, order: Order, direction: str) -> str:
    values = [getattr(row, key.column) for key in order.keys[:-1]]
    return "~".join([direction + order.name, *map(_as_text, values), str(getattr(row, order.written))])


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return str((value - _EPOCH) // _MICROSECOND) if isinstance(value, datetime) else str(value)


def _read(rows: QuerySet[Row], order: Order, cursor: str) -> _Position | None:
    """The position that a cursor means; None where it is for another order, mistyped, or its row is gone."""
    head, *values, written = cursor.split("~") if "~" in cursor else ("", "")
    if head not in {f"a{order.name}", f"b{order.name}"} or len(values) != len(order.keys) - 1:
        return None
    read = [_value(rows.model, key, text) for key, text in zip(order.keys[:-1], values, strict=True)]
    allowed_empty = 1 if order.may_be_empty else 0
    if any(value is _UNREADABLE or (value is None and place >= allowed_empty) for place, value in enumerate(read)):
        return None
    if "\x00" in written:
        return None  # PostgreSQL cannot even look for it
    pk = rows.model._default_manager.filter(**{order.written: written}).values_list("pk", flat=True).first()
    return None if pk is None else _Position((*read, pk), head.startswith("b"))


_UNREADABLE = object()


def _value(model: type[Model], key: Key, text: str) -> Any:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > _LONGEST_NUMBER:
        return _UNREADABLE
    if isinstance(model._meta.get_field(key.column), DateTimeField):
        return _EPOCH + int(text) * _MICROSECOND
    return int(text)
