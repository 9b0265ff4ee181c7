"""A real installation in a directory, on either engine: commands as processes of their own."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

from tests import postgresql

ROOT = Path(__file__).resolve().parents[2]
AMENDS = (sys.executable, "-m", "amends.project.cli")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """A command that runs, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.said.append(line)

    def text(self) -> str:
        return "".join(self.said)

    def wait_for(self, words: str, seconds: float = 40) -> None:
        """Wait until it has said something."""
        began = time.monotonic()
        while words not in self.text():
            assert self.process.poll() is None, f"ended with {self.process.returncode}: {self.text()}"
            assert time.monotonic() - began < seconds, f"never said {words!r}: {self.text()}"
            time.sleep(0.05)

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Send a signal; gives the status and how many seconds it took to end."""
        began = time.monotonic()
        self.process.send_signal(number)
        status = self.process.wait(timeout=40)
        self._reader.join(timeout=5)
        return status, time.monotonic() - began


class Installation:
    """A data directory and, on PostgreSQL, a database of its own."""

    def __init__(self, top: Path, *, engine: str) -> None:
        self.top, self.data, self.port = top, top / "data", free_port()
        self.database = ""
        self.running: list[Running] = []
        if engine == "postgresql":
            server = postgresql.provide()
            self.database = f"installation_{uuid4().hex[:12]}"
            self._server = server
            self._tell(f'CREATE DATABASE "{self.database}"')

    def _tell(self, statement: str) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(statement)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMENDS_", "DJANGO_"))}
        url = urlsplit(self._server)._replace(path=f"/{self.database}").geturl() if self.database else ""
        return {
            **kept,
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONUNBUFFERED": "1",
            "AMENDS_DATA_DIR": str(self.data),
            "AMENDS_DATABASE_URL": url,
            "AMENDS_PUBLIC_URL": f"http://localhost:{self.port}",
            "AMENDS_PORT": str(self.port),
            "AMENDS_WEB_WORKERS": "1",
            **more,
        }

    def amends(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*AMENDS, *arguments],
            cwd=self.top,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def start(self, *arguments: str, **more: str) -> Running:
        """Start a command that runs until it is stopped."""
        process = subprocess.Popen(
            [*AMENDS, *arguments],
            cwd=self.top,
            env=self.environment(**more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.running.append(Running(process))
        return self.running[-1]

    def python(self, program: str) -> str:
        """Run a program inside the installation and give what it printed."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{program}"],
            cwd=self.top,
            env=self.environment(DJANGO_SETTINGS_MODULE="amends.project.settings"),
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def get(self, path: str) -> int:
        """The status of a page; 0 when nobody answers."""
        with contextlib.suppress(OSError, http.client.HTTPException):
            asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            asked.request("GET", path, headers={"Host": "localhost"})
            return asked.getresponse().status
        return 0

    def remove(self) -> None:
        """End what still runs, and drop the database."""
        for each in self.running:
            if each.process.poll() is None:
                each.stop()
        if self.database:
            self._tell(f'DROP DATABASE "{self.database}" WITH (FORCE)')
