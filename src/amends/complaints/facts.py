"""Everything that is recorded of one complaint as one value, and its canonical hash.

Which tables there are is asked of the models, so that none can be forgotten. Left out are the counter that races are
told apart by, and that the complaint was merged: un-merging has to give back everything else.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from amends.complaints.models import Complaint, HeldClock, Merging
from amends.journal.vocabulary import written_moment
from amends.kit.canonical import digest

_OTHERS: frozenset[type[Model]] = frozenset({Complaint, Merging, HeldClock})
_COUNTER = "version"


def facts_of(complaint: Complaint) -> dict[str, Any]:
    """Rows by table, in the order of their keys: the complaint itself and everything that hangs on it."""
    row = Complaint.objects.get(pk=complaint.pk)
    own = {name: value for name, value in _columns(row).items() if name != _COUNTER}
    found: dict[str, dict[int, dict[str, Any]]] = {}
    units = Complaint.participating_units.through.objects.filter(complaint_id=row.pk)
    _collect(type(row), [row.pk], found)
    _collect(type(row.thread), [row.thread_id], found)
    return {
        "complaint": own,
        "units": sorted(units.values_list("unit_id", flat=True)),
        "rows": {table: [rows[key] for key in sorted(rows)] for table, rows in found.items()},
    }


def digest_of(complaint: Complaint) -> str:
    """SHA-256 of the canonical form of all its facts, in hexadecimal."""
    return digest(facts_of(complaint))


def _collect(model: type[Model], keys: Collection[int], found: dict[str, dict[int, dict[str, Any]]]) -> None:
    """Everything that points at these rows, and what points at that."""
    for relation in model._meta.related_objects:
        below = relation.related_model
        if not isinstance(below, type) or below in _OTHERS or relation.many_to_many:
            continue
        rows: Iterable[Any] = below._default_manager.filter(**{f"{relation.field.name}__in": list(keys)})
        known = found.setdefault(below._meta.label_lower, {})
        new = {row.pk: _columns(row) for row in rows if row.pk not in known}
        known.update(new)
        if new:
            _collect(below, list(new), found)


def _columns(row: Model) -> dict[str, Any]:
    return {field.attname: _plain(field.value_from_object(row)) for field in row._meta.concrete_fields}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return written_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        # A key may hold any letter here, while canonical JSON of ours wants plain ones.
        return [[str(key), _plain(value[key])] for key in sorted(value, key=str)]
    return str(value)
