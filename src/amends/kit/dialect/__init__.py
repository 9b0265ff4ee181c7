"""The only place where SQLite and PostgreSQL differ.

Everything above asks here; no other module looks at the vendor or writes SQL of one engine.
"""

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from amends.kit.dialect import postgresql, sqlite

AnyModel = TypeVar("AnyModel", bound=models.Model)


class Fault(StrEnum):
    """Why the database did not do what it was told, in words an operator understands."""

    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read_only"
    AWAY = "away"


def _of(connection: BaseDatabaseWrapper) -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def database_settings(url: str, data_dir: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for a `postgresql://` address, or for the SQLite file of a data directory where it is empty.

    `default` holds the facts, durable at every commit. `volatile` holds throttles and caches, which may be lost;
    it has its own connection so that a count survives the rollback of the request that was counted.
    """
    if not url:
        return sqlite.database_settings(data_dir)
    scheme = urlsplit(url).scheme
    if scheme in {"postgresql", "postgres"}:
        return postgresql.database_settings(url)
    raise ImproperlyConfigured(
        f"AMENDS_DATABASE_URL begins with {scheme!r}; use postgresql://…, or leave it empty for SQLite."
    )


def is_single_host(alias: str = "default") -> bool:
    """Whether this database can serve one host only."""
    return connections[alias].vendor == "sqlite"


def skip_locked(rows: models.QuerySet[AnyModel], *, of: tuple[str, ...] = ()) -> models.QuerySet[AnyModel]:
    """The same rows, locked for this transaction, without those that another worker holds.

    `of` names which of the joined rows are locked; without it, all.

    SQLite needs no row locks: a transaction that writes is alone from its beginning (IMMEDIATE).
    """
    locked: models.QuerySet[AnyModel] = _of(connections[rows.db]).skip_locked(rows, of)
    return locked


@contextmanager
def one_snapshot(alias: str = "default") -> Iterator[None]:
    """Read many tables as they were at one moment, for as long as it takes, without anybody waiting for it.

    Inside a transaction that is open already it is that transaction.
    """
    connection = connections[alias]
    if connection.in_atomic_block:
        yield
        return
    with _of(connection).reading(connection), transaction.atomic(using=alias):
        _of(connection).begin_reading(connection)
        yield


_FAULTS_OF_FILES = {
    errno.ENOSPC: Fault.FULL,
    errno.EDQUOT: Fault.FULL,
    errno.EROFS: Fault.READ_ONLY,
    errno.EIO: Fault.AWAY,
}


def fault_of(error: BaseException) -> Fault | None:
    """What kind of fault a database or file error is; None when it is not one that time or an operator mends."""
    if isinstance(error, OSError) and error.errno in _FAULTS_OF_FILES:
        return _FAULTS_OF_FILES[error.errno]
    for module in (sqlite, postgresql):
        name = module.fault_name(error)
        if name:
            return Fault(name)
    return None


def durability_warnings(alias: str = "default") -> list[str]:
    """Settings of the database server under which a committed complaint could be lost."""
    connection = connections[alias]
    warnings: list[str] = _of(connection).durability_warnings(connection)
    return warnings


def time_of_database(alias: str = "default") -> datetime | None:
    """What the clock of the database server says, the same for every host; None where there is only this host."""
    connection = connections[alias]
    found: datetime | None = _of(connection).time_of_database(connection)
    return found


def missing_triggers(alias: str, expected: Iterable[str]) -> list[str]:
    """Those of the expected trigger names that the database does not have."""
    connection = connections[alias]
    present = _of(connection).trigger_names(connection)
    return sorted(set(expected) - present)


def make_cache_unlogged(alias: str, table: str) -> None:
    """Tell the database that a cache table need not survive a crash, where it can be told."""
    connection = connections[alias]
    _of(connection).make_cache_unlogged(connection, table)


class AppendOnly(Operation):
    """A migration step: the database itself refuses to change or delete rows of a table.

    `delete_when` is a condition over OLD under which a row may go after all (an erasure that left its tombstone);
    it has to be SQL that both engines read.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, *, delete_when: str = "") -> None:
        self.table = table
        self.delete_when = delete_when

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table], {"delete_when": self.delete_when}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models do not change."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for statement in _of(schema_editor.connection).append_only(self.table, self.delete_when):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for statement in _of(schema_editor.connection).undo_append_only(self.table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Refuse changes to rows of {self.table}"


def append_only_triggers(table: str, alias: str = "default") -> tuple[str, ...]:
    """The names of the triggers that AppendOnly leaves behind."""
    names: tuple[str, ...] = _of(connections[alias]).append_only_triggers(table)
    return names
