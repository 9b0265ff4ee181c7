"""PostgreSQL: for several hosts, replicas and everybody who outgrows one file."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import InterfaceError, OperationalError


def database_settings(url: str) -> dict[str, dict[str, Any]]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    pool_size = query.pop("pool", "8")
    if not pool_size.isdecimal() or int(pool_size) < 1:
        raise ImproperlyConfigured("AMENDS_DATABASE_URL cannot be used: pool= has to be a number from 1.")
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A socket directory comes as ?host=/path, a server by name before the path.
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 0,
        # A pooled connection is tried before use: after a restart of the server the pool heals by itself.
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **query,
            "pool": {"min_size": 0, "max_size": int(pool_size), "timeout": 15},
        },
    }
    volatile = {**settings, "OPTIONS": {**settings["OPTIONS"], "options": "-c synchronous_commit=off"}}
    volatile["TEST"] = {"MIRROR": "default"}
    return {"default": settings, "volatile": volatile}


def skip_locked(rows: models.QuerySet[Any], of: tuple[str, ...]) -> models.QuerySet[Any]:
    return rows.select_for_update(skip_locked=True, of=of)


def time_of_database(connection: BaseDatabaseWrapper) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    found: datetime = now
    return found


def reading(connection: BaseDatabaseWrapper) -> AbstractContextManager[None]:
    return nullcontext()


def begin_reading(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def fault_name(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        state = getattr(cause, "sqlstate", None) or ""
        if state.startswith("53"):
            return "full" if state == "53100" else "busy"
        if state.startswith(("57P", "08")) or state == "58030":
            return "away"
        if state == "25006":
            return "read_only"
        if state in {"40001", "40P01", "55P03"}:
            return "busy"
        if type(cause).__module__.startswith("psycopg") and type(cause).__name__ in {
            "OperationalError",
            "PoolTimeout",
            "ConnectionTimeout",
            "PoolClosed",
        }:
            return "away" if not state else ""
        cause = cause.__cause__
    if isinstance(error, InterfaceError):
        return "away"
    if isinstance(error, OperationalError) and error.__cause__ is None:
        return "away"
    return ""


def durability_warnings(connection: BaseDatabaseWrapper) -> list[str]:
    wanted = {"fsync": "on", "full_page_writes": "on"}
    warnings = []
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            found = cursor.fetchone()[0]
            if found != value:
                warnings.append(f"{name} is {found}, expected {value}")
        cursor.execute("SELECT current_setting('synchronous_commit')")
        found = cursor.fetchone()[0]
        if found == "off":
            warnings.append("synchronous_commit is off, expected on")
    return warnings


def trigger_names(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        return {row[0] for row in cursor.fetchall()}


def make_cache_unlogged(connection: BaseDatabaseWrapper, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} SET UNLOGGED")


def append_only(table: str, delete_when: str) -> list[str]:
    condition = delete_when or "false"
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$ "
        f"BEGIN "
        f"IF TG_OP = 'DELETE' AND ({condition}) THEN RETURN OLD; END IF; "
        f"RAISE EXCEPTION '{table} is append-only: rows are never changed or deleted' "
        f"USING ERRCODE = 'integrity_constraint_violation'; "
        f"END $body$",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE OR REPLACE FUNCTION {table}_refuse_all() RETURNS trigger LANGUAGE plpgsql AS $body$ "
        f"BEGIN RAISE EXCEPTION '{table} is append-only: it is never emptied' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END $body$",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse_all()",
    ]


def append_only_triggers(table: str) -> tuple[str, ...]:
    return f"{table}_no_update", f"{table}_no_delete", f"{table}_no_truncate"


def undo_append_only(table: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_update ON {table}",
        f"DROP TRIGGER IF EXISTS {table}_no_delete ON {table}",
        f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}",
        f"DROP FUNCTION IF EXISTS {table}_refuse()",
        f"DROP FUNCTION IF EXISTS {table}_refuse_all()",
    ]
