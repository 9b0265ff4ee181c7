"""Amends as somebody runs it: a data directory, `amends init`, `amends serve`, and the other commands on it."""

import contextlib
import http.client
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psutil
import psycopg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.settings import ENGINE

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "amends.project.cli"]
READY_WITHIN, STOPPED_WITHIN, PATIENCE = 60, 30, 10


def eventually(is_so: Callable[[], object], what: str) -> None:
    """Look again and again until something has become so; fail with `what` after ten seconds."""
    given_up_at = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < given_up_at, f"{what} did not happen within {PATIENCE} s"
        time.sleep(0.05)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def compile_catalogues() -> None:
    """The .mo files as the .po files are now; replaced whole, because other test processes may be reading them."""
    for source in (ROOT / "src/amends/locale").glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as file:
            write_mo(file, catalogue)
        fresh.replace(target)


class Installation:
    """One data directory on the engine of this test run, with web and worker as processes of their own."""

    def __init__(self, directory: Path, *, smtp_port: int, mailbox: str, mailbox_url: str) -> None:
        self.data, self.log = directory / "data", directory / "log"
        self.port = free_port()
        self.database = _new_database() if ENGINE == "postgresql" else ""
        self.serving: subprocess.Popen[bytes] | None = None
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
        self.environment = {
            **inherited,
            "AMENDS_DATA_DIR": str(self.data),
            "AMENDS_DATABASE_URL": self.database,
            "AMENDS_PUBLIC_URL": self.site,
            "AMENDS_PORT": str(self.port),
            "AMENDS_SMTP_URL": f"smtp://127.0.0.1:{smtp_port}?tls=no",
            "AMENDS_IMAP_URL": mailbox_url,
            "AMENDS_IMAP_SECONDS": "1",
            "AMENDS_MAIL_REPLY_TO": mailbox,
            "AMENDS_LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "amends.project.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }

    @property
    def site(self) -> str:
        """The address that people type."""
        return f"http://localhost:{self.port}"

    def amends(self, *arguments: str) -> str:
        """Run a command of Amends that has to succeed; gives what it wrote."""
        done = subprocess.run(
            [*COMMAND, *arguments], env=self.environment, capture_output=True, text=True, timeout=180, check=False
        )
        assert done.returncode == 0, (
            f"amends {' '.join(arguments)}: status {done.returncode}\n{done.stdout}{done.stderr}"
        )
        return done.stdout

    def reported(self, *arguments: str) -> dict[str, object]:
        """What a command reports with --json."""
        report: dict[str, object] = json.loads(self.amends(*arguments, "--json").splitlines()[-1])
        return report

    def start(self) -> None:
        """Start web and worker, and wait until they say that they are ready."""
        with self.log.open("ab") as log:
            self.serving = subprocess.Popen([*COMMAND, "serve"], env=self.environment, stdout=log, stderr=log)
        given_up_at = time.monotonic() + READY_WITHIN
        while not self._is_ready():
            assert self.serving.poll() is None, f"amends serve has ended:\n{self.logged()}"
            assert time.monotonic() < given_up_at, f"not ready after {READY_WITHIN} s:\n{self.logged()}"
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            connection.request("GET", "/health/ready", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        return False

    def logged(self) -> str:
        """What web and worker wrote."""
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def remove(self) -> None:
        """End everything that was started, by force where it does not end by itself."""
        if self.serving is not None and self.serving.poll() is None:
            family = psutil.Process(self.serving.pid).children(recursive=True)
            self.serving.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.serving.wait(timeout=STOPPED_WITHIN)
            if self.serving.poll() is None:
                self.serving.kill()
            for process in family:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
        if self.database:
            _run_on_server(f'DROP DATABASE "{_name_in(self.database)}" WITH (FORCE)')

    # -- what stands in the database

    def stage_of(self, reference: str) -> str:
        """The stage of a complaint as it is saved."""
        question = "SELECT stage FROM complaints_complaint WHERE reference = "
        if self.database:
            with psycopg.connect(self.database) as connection:
                row = connection.execute(f"{question}%s", [reference]).fetchone()
        else:
            file = f"file:{self.data / 'amends.sqlite3'}?mode=ro"
            with contextlib.closing(sqlite3.connect(file, uri=True, timeout=PATIENCE)) as connection:
                row = connection.execute(f"{question}?", [reference]).fetchone()
        assert row is not None, f"there is no complaint {reference}"
        return str(row[0])

    def trail_of(self, reference: str, directory: Path) -> list[str]:
        """The events of a complaint in the order of the journal, read from an export of it."""
        self.amends("journal", "export", str(directory))
        lines = (directory / "entries.txt").read_text(encoding="utf-8").splitlines()
        entries = [json.loads(line.split("\t", 3)[3]) for line in lines]
        received = next(entry for entry in entries if reference in entry["particulars"])
        return [entry["event"] for entry in entries if entry["subject"] == received["subject"]]

    def verify_alone(self, directory: Path) -> None:
        """Check an export with the verifier that lies in it, which knows nothing of Amends, against the anchors."""
        command = [sys.executable, "-I", str(directory / "verifier.py"), str(directory)]
        anchors = ["--anchors", f"{self.data}.anchors"]
        done = subprocess.run([*command, *anchors], capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def _new_database() -> str:
    name = f"journeys_{uuid4().hex[:12]}"
    _run_on_server(f'CREATE DATABASE "{name}"')
    return urlsplit(os.environ["AMENDS_TEST_DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _name_in(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


def _run_on_server(statement: str) -> None:
    with psycopg.connect(os.environ["AMENDS_TEST_DATABASE_URL"], autocommit=True) as connection:
        connection.execute(statement)
