"""What every test may use."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import client as test_client
from django.utils import timezone, translation

from tests import builders
from tests.cast import World
from tests.ground import Ground
from tests.settings import ENGINE

pytest_plugins = ["tests.browser"]
ANCHORS = Path(settings.AMENDS_ANCHORS)
ground = Ground(builders.a_world)


def pytest_report_header() -> str:
    return f"database: {ENGINE}"


def pytest_collection_finish() -> None:
    """What was imported stays: looking through it again and again for garbage takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


_keep_rendered = test_client.store_rendered_templates


def _keep_page(
    store: dict[str, object], signal: object, sender: object, template: object, context: object, **more: object
) -> None:
    """Of a page its own template, not the hundred small ones within it: a copy of the context of each costs dearly."""
    if "context" not in store:
        _keep_rendered(store, signal, sender, template, context, **more)


test_client.store_rendered_templates = _keep_page


#: What a page shows and how it answers hardly depends on the database; every address is walked on both engines.
FACE = tuple(Path(__file__).parent / name for name in ("portal", "ui", "workspace"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of pages run on PostgreSQL on demand only, but for those that are about the database."""
    for item in items:
        if any(item.path.is_relative_to(place) for place in FACE) and item.get_closest_marker("engines") is None:
            item.add_marker("once")


@pytest.fixture
def world(db: None) -> World:
    """Larkhaven after its first start."""
    return ground.world()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """The usual database is there whichever tests were collected, and the ground is gone before it is."""
    ground.access = django_db_blocker
    with django_db_blocker.unblock():
        if not _is_made():
            # None of the collected tests asks for it by a marker, so pytest-django has not made it.
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    yield
    with django_db_blocker.unblock():
        ground.leave()


def _is_made() -> bool:
    name = str(connection.settings_dict["NAME"])
    return name.startswith("test_") if ENGINE == "postgresql" else "mode=memory" in name


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before the transaction of the test begins: does it begin with Larkhaven, with nothing, or without a database?"""
    if ground.access is None or not isinstance(item, pytest.Function):
        return
    worlds = item._fixtureinfo.name2fixturedefs.get("world")
    with ground.access.unblock():
        if "own_database" in item.fixturenames:
            ground.leave()
        elif worlds and (worlds[-1].func.__module__ == __name__ or "world" in worlds[-1].argnames):
            ground.stand()
        elif item.get_closest_marker("django_db") or "django_db_setup" in item.fixturenames:
            ground.leave()


@pytest.fixture(autouse=True)
def _no_network(socket_enabled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loopback and local sockets only; anything else is a mistake in the test."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture(autouse=True)
def _no_language_of_another_test() -> Iterator[None]:
    """A request leaves its language and time zone active in the thread, until the next request."""
    yield
    translation.activate(settings.LANGUAGE_CODE)
    timezone.deactivate()


@pytest.fixture(autouse=True)
def _no_anchors_of_another_test() -> Iterator[None]:
    """Checkpoints of a journal that was rolled back would tell the next test that its journal is cut."""
    yield
    ANCHORS.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def database_template(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated, empty database to copy from: append-only tables are never flushed."""
    if ENGINE == "postgresql":
        return str(connection.settings_dict["NAME"])
    return str(tmp_path_factory.mktemp("template") / "template.sqlite3")


@pytest.fixture
def own_database(database_template: str, django_db_blocker, tmp_path: Path) -> Iterator[None]:
    """A database of its own in which commits are real: for threads, processes, kills and triggers.

    Not together with `db`: that one rolls back instead.
    """
    settings_dict = connection.settings_dict
    before, held = settings_dict["NAME"], None
    with django_db_blocker.unblock():
        ground.leave()
        if ENGINE == "postgresql":
            name = f"own_{uuid4().hex[:12]}"
            connections.close_all()
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{database_template}"')
        else:
            # The usual test database lives in memory for as long as this connection does: it is put aside, not closed.
            held, connection.connection = connection.connection, None
            if not Path(database_template).exists():
                settings_dict["NAME"] = database_template
                call_command("migrate", verbosity=0)
                _let_go()
            name = str(tmp_path / "own.sqlite3")
            shutil.copyfile(database_template, name)
        settings_dict["NAME"] = name
        try:
            yield
        finally:
            settings_dict["NAME"] = before
            if ENGINE == "postgresql":
                connections.close_all()
                with connection._nodb_cursor() as cursor:
                    cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            else:
                _let_go()
                connection.connection = held


def _let_go() -> None:
    if connection.connection is not None:
        connection.connection.close()
        connection.connection = None


@pytest.fixture
def data_dir() -> Path:
    """The data directory of this test process."""
    return Path(settings.AMENDS_DATA_DIR)
