"""Making and checking a data directory."""

import errno
import socket
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from amends.framework.first_start import first_start_token
from amends.framework.queries import organisation
from amends.journal.keys import create_signing_key
from amends.kit.dialect import is_single_host, make_cache_unlogged
from amends.project.cli import SetUpError

CACHE_TABLE = "amends_cache"
HOST_SEEN_FOR = 60


def prepare_database() -> None:
    """Bring the database to this version, and make the key of the journal where there is none."""
    key = Path(settings.AMENDS_SIGNING_KEY_FILE)
    if not key.exists():
        key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        create_signing_key(key)
    (Path(settings.AMENDS_FILES_DIR) / ".incoming").mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", database="volatile", verbosity=0)
    make_cache_unlogged("volatile", CACHE_TABLE)


def require_ready() -> None:
    """Refuse with what to do when `amends init` has not been run by this version."""
    where = settings.AMENDS_DATA_DIR
    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise SetUpError(
            f"The database is not at the version of this program. Run: amends init --data {where} (make a backup first)"
        )


def first_start_link() -> str:
    """Where the first start is done, as long as no organisation is set up; empty afterwards."""
    if organisation() is not None:
        return ""
    return f"{settings.AMENDS_PUBLIC_URL}/setup/{first_start_token()}/"


def collect_assets() -> None:
    """Put hashed and compressed assets where they are served from, once per version of the package."""
    package = Path(settings.PACKAGE)
    sources = [path for path in package.rglob("static/**/*") if path.is_file()]
    stamp = f"{len(sources)} {max(path.stat().st_mtime for path in sources)}"
    marker = Path(settings.STATIC_ROOT) / ".stamp"
    if marker.exists() and marker.read_text() == stamp:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    marker.write_text(stamp)


def refuse_taken_port(port: int, command: str) -> None:
    """Say at once that nobody could listen there, instead of starting the web server again and again."""
    where = settings.AMENDS_BIND
    try:
        family, *_more, address = socket.getaddrinfo(where, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise SetUpError(
                f"Port {port} is in use, perhaps by another Amends. End that, or choose another: "
                f"{command} --port {port + 1}"
            ) from error
        raise SetUpError(f"Nobody can listen on {where}, port {port}: {error.strerror}. See AMENDS_BIND.") from error


def this_host() -> str:
    """This machine among several."""
    machine = Path("/etc/machine-id")
    return f"{socket.gethostname()} {machine.read_text().strip() if machine.exists() else ''}".strip()


def refuse_second_host() -> None:
    """On SQLite, refuse to run where another machine runs on the same data directory."""
    if not is_single_host():
        return
    marker = Path(settings.AMENDS_DATA_DIR) / "running-on"
    if marker.exists():
        other, age = marker.read_text().strip(), time.time() - marker.stat().st_mtime
        if other != this_host() and age < HOST_SEEN_FOR:
            raise SetUpError(
                f"Amends runs on another machine ({other.split()[0]}) with this data directory. SQLite serves one "
                "machine; for several, set AMENDS_DATABASE_URL to a PostgreSQL database."
            )
    say_where_running()


def say_where_running() -> None:
    """Renew the mark that this machine uses the data directory."""
    if is_single_host():
        (Path(settings.AMENDS_DATA_DIR) / "running-on").write_text(this_host())


def python() -> str:
    """The interpreter for child processes."""
    return sys.executable
