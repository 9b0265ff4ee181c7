"""A real installation for benchmarks and kill loops: its own data directory, its own processes, its own PostgreSQL."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.postgresql import Server  # noqa: E402

SET_UP = """
from datetime import timedelta
import django; django.setup()
from amends.framework.actions import set_up
from amends.framework.models import Product
from amends.kit import clock
from amends.people.actions import grant_role, invite
from amends.people.models import Unit
from amends.people.standing import SYSTEM
from amends.permissions.roles import Role
at = clock.now() - timedelta(days=60)  # before the oldest complaint that benchmarks make
set_up(name="Larkhaven Utilities", country="EE", languages=["en", "et", "tr"], email="complaints@larkhaven.example",
       phone="0800 555 0142", profile="full", by=SYSTEM, at=at)
root = Unit.objects.get(parent__isnull=True)
for email, name, roles in (
    ("liis@larkhaven.example", "Liis Tamm", [Role.HANDLER]),
    ("mark@larkhaven.example", "Mark Jansen", [Role.DECISION_MAKER]),
    ("clara@larkhaven.example", "Clara Whitfield", [Role.MANAGEMENT_REPRESENTATIVE, Role.ADMINISTRATOR]),
):
    person = invite(email, name, by=SYSTEM, at=at)
    for role in roles:
        grant_role(person, role, root, by=SYSTEM, at=at)
    person.set_password("benchmarks only 1")
    person.save(update_fields=["password"])
"""

PASSWORD = "benchmarks only 1"


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """Amends on one engine, with processes that can be killed one by one."""

    def __init__(
        self,
        engine: str,
        *,
        smtp_port: int | None = None,
        more: dict[str, str] | None = None,
        server: tuple[str, ...] = (),
    ) -> None:
        self.engine = engine
        self.directory = Path(tempfile.mkdtemp(prefix="amends-bench-"))
        self.data = self.directory / "data"
        self.port = free_port()
        self.database = Server(durable=True, extra=server) if engine == "postgresql" else None
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")},
            "AMENDS_DATA_DIR": str(self.data),
            "AMENDS_PUBLIC_URL": f"http://localhost:{self.port}",
            "AMENDS_PORT": str(self.port),
            "AMENDS_LOG_LEVEL": "WARNING",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "amends.project.settings",
            **(more or {}),
        }
        if self.database is not None:
            self.database.execute("CREATE DATABASE amends")
            self.environment["AMENDS_DATABASE_URL"] = self.database.url("amends")
        if smtp_port is not None:
            self.environment["AMENDS_SMTP_URL"] = f"smtp://127.0.0.1:{smtp_port}?tls=no"
        self.log = (self.directory / "log").open("ab")
        self.parent: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def amends(self, *arguments: str, check: bool = True) -> str:
        """Run a command of Amends and give what it wrote to stdout."""
        done = subprocess.run(
            [sys.executable, "-m", "amends.project.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if check and done.returncode:
            raise RuntimeError(f"amends {' '.join(arguments)}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def python(self, program: str) -> str:
        """Run a program inside the installation and give what it wrote."""
        done = subprocess.run(
            [sys.executable, "-c", program], env=self.environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        return done.stdout

    def make(self) -> None:
        """Data directory, organisation and three members of staff."""
        self.amends("init")
        self.python(SET_UP)

    def start(self, timeout: float = 60) -> None:
        """Start web and worker and wait until they are ready."""
        self.parent = subprocess.Popen(
            [sys.executable, "-m", "amends.project.cli", "serve"],
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self.wait_ready(timeout)

    def wait_ready(self, timeout: float = 60) -> float:
        """Wait for /health/ready; gives the seconds it took."""
        began = time.monotonic()
        while time.monotonic() - began < timeout:
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/health/ready", headers={"Host": "localhost"})
                if connection.getresponse().status == 200:
                    return time.monotonic() - began
            time.sleep(0.1)
        raise TimeoutError(f"not ready after {timeout} s; see {self.directory / 'log'}")

    def processes(self, kind: str) -> list[psutil.Process]:
        """The processes of a kind: web, worker, or all of both."""
        assert self.parent is not None
        found = []
        with contextlib.suppress(psutil.NoSuchProcess):
            for process in psutil.Process(self.parent.pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                    command = " ".join(process.cmdline())
                    is_worker = "amends.project.cli worker" in command
                    if kind == "all" or (kind == "worker") == is_worker:
                        found.append(process)
        return found

    def kill(self, kind: str) -> int:
        """SIGKILL to all processes of a kind, or to the database. Gives how many were hit."""
        if kind == "database":
            assert self.database is not None
            self.database.kill()
            return 1
        hit = 0
        for process in self.processes(kind):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
                hit += 1
        return hit

    def stop(self) -> None:
        """Stop in order."""
        if self.parent is not None and self.parent.poll() is None:
            self.parent.terminate()
            try:
                self.parent.wait(timeout=40)
            except subprocess.TimeoutExpired:
                self.kill("all")
                self.parent.kill()
                self.parent.wait()

    def check(self) -> dict[str, object]:
        """What `amends check` finds."""
        read: dict[str, object] = json.loads(self.amends("check", "--json", check=False).splitlines()[-1])
        return read

    def remove(self) -> None:
        """Stop and delete everything."""
        self.stop()
        self.log.close()
        if self.database is not None:
            self.database.remove()
        shutil.rmtree(self.directory, ignore_errors=True)
