"""SQLite: the embedded default, one host."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

FILE_NAME = "amends.sqlite3"
VOLATILE_NAME = "volatile.sqlite3"

# FULL, because NORMAL in WAL mode may take back commits that were already acknowledged when the power goes.
# secure_delete, so that erased text does not stay behind in free pages.
_FACTS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;"
    "PRAGMA cache_size=-32000;PRAGMA mmap_size=268435456;"
)
_VOLATILE = "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"


def _settings(path: Path, init_command: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": init_command},
    }


def database_settings(data_dir: Path) -> dict[str, dict[str, Any]]:
    return {
        "default": _settings(data_dir / FILE_NAME, _FACTS),
        "volatile": _settings(data_dir / VOLATILE_NAME, _VOLATILE),
    }


def skip_locked(rows: models.QuerySet[Any], of: tuple[str, ...]) -> models.QuerySet[Any]:
    return rows


def time_of_database(connection: BaseDatabaseWrapper) -> datetime | None:
    return None


@contextmanager
def reading(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """A transaction that begins as a reader: in WAL mode it keeps its snapshot and lets others write."""
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]


def begin_reading(connection: BaseDatabaseWrapper) -> None:
    """The first query takes the snapshot."""


_FAULTS = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "away",
    sqlite3.SQLITE_IOERR: "away",
}


def fault_name(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        code = getattr(cause, "sqlite_errorcode", None)
        if code is not None:
            return _FAULTS.get(code & 0xFF, "")
        cause = cause.__cause__
    return ""


def durability_warnings(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0])
        cursor.execute("PRAGMA synchronous")
        synchronous = int(cursor.fetchone()[0])
    warnings = []
    if mode not in {"wal", "memory"}:
        warnings.append(f"journal_mode is {mode}, expected wal")
    if synchronous < 2:
        warnings.append(f"synchronous is {synchronous}, expected 2 (FULL)")
    return warnings


def trigger_names(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {row[0] for row in cursor.fetchall()}


def make_cache_unlogged(connection: BaseDatabaseWrapper, table: str) -> None:
    """The volatile file is not synchronised at all; nothing is left to tell."""


def append_only(table: str, delete_when: str) -> list[str]:
    guard = f"WHEN NOT ({delete_when}) " if delete_when else ""
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: rows are never changed'); END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {guard}"
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: rows are never deleted'); END",
    ]


def append_only_triggers(table: str) -> tuple[str, ...]:
    return f"{table}_no_update", f"{table}_no_delete"


def undo_append_only(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_no_update", f"DROP TRIGGER IF EXISTS {table}_no_delete"]
