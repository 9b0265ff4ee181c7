"""Errors of the database and of the disk, told apart by what an operator can do about them."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import psycopg_pool
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from amends.kit.dialect import Fault, fault_of
from amends.people.models import Unit
from tests.settings import ENGINE

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@contextmanager
def another_connection() -> Iterator[sqlite3.Connection | psycopg.Connection]:
    """A second connection to the database of the test, past Django."""
    name = connection.settings_dict["NAME"]
    if ENGINE == "sqlite":
        with closing(sqlite3.connect(name, isolation_level=None, timeout=0)) as other:
            yield other
    else:
        settings = connection.settings_dict
        with psycopg.connect(
            dbname=name, host=settings["HOST"], port=settings["PORT"] or None, user=settings["USER"], autocommit=True
        ) as other:
            yield other


def tell(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def error_of_a_write() -> DatabaseError:
    with pytest.raises(DatabaseError) as raised:
        Unit.objects.create(name="Another")
    return raised.value


def test_a_table_that_somebody_holds_is_busy(own_database):
    Unit.objects.count()
    with another_connection() as other:
        if ENGINE == "sqlite":
            other.execute("BEGIN IMMEDIATE")
            tell("PRAGMA busy_timeout=10")
        else:
            other.execute("BEGIN")
            other.execute("LOCK TABLE people_unit IN ACCESS EXCLUSIVE MODE")
            tell("SET lock_timeout='50ms'")
        assert fault_of(error_of_a_write()) is Fault.BUSY
        other.execute("ROLLBACK")


def test_a_database_that_takes_no_changes_is_read_only(own_database):
    tell("PRAGMA query_only=ON" if ENGINE == "sqlite" else "SET default_transaction_read_only=on")
    assert fault_of(error_of_a_write()) is Fault.READ_ONLY


def test_a_database_that_went_is_away(own_database):
    Unit.objects.count()
    if ENGINE == "sqlite":
        connection.close()
        connection.settings_dict["NAME"] += "/no/such/directory"
    else:
        with another_connection() as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    with pytest.raises(DatabaseError) as raised:
        Unit.objects.count()
    assert fault_of(raised.value) is Fault.AWAY
    with suppress(DatabaseError):
        connection.close()


def test_a_mistake_of_ours_is_no_fault(own_database):
    with pytest.raises(DatabaseError) as raised:
        tell("SELECT no_such_column FROM people_unit")
    assert fault_of(raised.value) is None


def failing(*statements: str, path: Path | str = ":memory:", **more) -> sqlite3.Error:
    *before, last = statements
    with closing(sqlite3.connect(path, **more)) as database:
        for statement in before:
            database.execute(statement)
        with pytest.raises(sqlite3.Error) as raised:
            database.execute(last)
    return raised.value


def test_a_full_disk_is_full():
    error = failing("PRAGMA max_page_count=3", "CREATE TABLE t (x)", "INSERT INTO t VALUES (zeroblob(100000))")
    assert fault_of(error) is Fault.FULL


def test_a_file_that_cannot_be_opened_is_away(tmp_path):
    with pytest.raises(sqlite3.Error) as raised:
        sqlite3.connect(tmp_path / "no" / "file")
    assert fault_of(raised.value) is Fault.AWAY


def test_a_file_that_is_opened_for_reading_is_read_only(tmp_path):
    path = tmp_path / "file"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (x)")
    assert fault_of(failing("CREATE TABLE u (x)", path=f"file:{path}?mode=ro", uri=True)) is Fault.READ_ONLY


def test_a_row_that_breaks_a_rule_is_no_fault():
    error = failing("CREATE TABLE t (x UNIQUE)", "INSERT INTO t VALUES (1)", "INSERT INTO t VALUES (1)")
    assert isinstance(error, sqlite3.IntegrityError)
    assert fault_of(error) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (sqlite3.SQLITE_IOERR_WRITE, Fault.AWAY),
        (sqlite3.SQLITE_IOERR_FSYNC, Fault.AWAY),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Fault.BUSY),
        (sqlite3.SQLITE_LOCKED_SHAREDCACHE, Fault.BUSY),
        (sqlite3.SQLITE_READONLY_DBMOVED, Fault.READ_ONLY),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, Fault.AWAY),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
        (sqlite3.SQLITE_CORRUPT, None),
        (sqlite3.SQLITE_ERROR, None),
    ],
)
def test_the_codes_of_sqlite_are_told_apart(code, fault):
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    assert fault_of(error) is fault


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        ("53100", Fault.FULL),
        ("53200", Fault.BUSY),
        ("53300", Fault.BUSY),
        ("55P03", Fault.BUSY),
        ("40001", Fault.BUSY),
        ("40P01", Fault.BUSY),
        ("25006", Fault.READ_ONLY),
        ("57P01", Fault.AWAY),
        ("57P02", Fault.AWAY),
        ("57P03", Fault.AWAY),
        ("08006", Fault.AWAY),
        ("08001", Fault.AWAY),
        ("58030", Fault.AWAY),
        ("57014", None),
        ("23505", None),
        ("42703", None),
        ("22001", None),
    ],
)
def test_the_states_of_postgresql_are_told_apart(state, fault):
    error = psycopg.errors.lookup(state)("x")
    assert fault_of(error) is fault
    wrapped = OperationalError("x")
    wrapped.__cause__ = error
    assert fault_of(wrapped) is fault


def test_a_server_that_does_not_listen_is_away(tmp_path):
    with pytest.raises(psycopg.OperationalError) as raised:
        psycopg.connect(host=str(tmp_path), connect_timeout=2)
    assert fault_of(raised.value) is Fault.AWAY


@pytest.mark.parametrize(
    "error",
    [psycopg_pool.PoolTimeout("x"), psycopg_pool.PoolClosed("x"), InterfaceError("connection already closed")],
)
def test_a_pool_without_connections_is_away(error):
    assert fault_of(error) is Fault.AWAY


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (errno.ENOSPC, Fault.FULL),
        (errno.EDQUOT, Fault.FULL),
        (errno.EROFS, Fault.READ_ONLY),
        (errno.EIO, Fault.AWAY),
        (errno.ENOENT, None),
        (errno.ECONNREFUSED, None),
    ],
)
def test_the_errors_of_files_are_told_apart(number, fault):
    assert fault_of(OSError(number, os.strerror(number))) is fault


def test_a_disk_that_is_really_full_is_full():
    with pytest.raises(OSError, match="space") as raised, Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")
    assert fault_of(raised.value) is Fault.FULL


@pytest.mark.parametrize(
    "error", [ValueError("x"), KeyError("x"), RuntimeError("busy"), TimeoutError("x"), Exception()]
)
def test_other_errors_are_no_faults(error):
    assert fault_of(error) is None
