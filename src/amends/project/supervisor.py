"""Runs web server and worker as children, starts them again when they die, and ends them in order."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings

from amends.kit.outgoing import own_status
from amends.project import setting_up
from amends.project.terminal import complain

#: A child that dies sooner than this is likely to die again: it is started again after growing pauses.
SHORT_LIFE = 5.0
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
GRACE = 20.0


class Supervisor:
    """The parent process of `amends serve`."""

    def __init__(self, *, port: int, with_worker: bool) -> None:
        self.port = port
        self.stop = threading.Event()
        self.commands = {"web": self._web()}
        if with_worker:
            self.commands["worker"] = [setting_up.python(), "-m", "amends.project.cli", "worker"]
            if settings.AMENDS_IMAP_URL:
                self.commands["mail"] = [setting_up.python(), "-m", "amends.project.cli", "mail"]
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.pauses: dict[str, float] = {}
        self.started_at: dict[str, float] = {}

    def _web(self) -> list[str]:
        return [
            setting_up.python(),
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            settings.AMENDS_BIND,
            "--port",
            str(self.port),
            "--workers",
            str(settings.AMENDS_WEB_WORKERS),
            "--blocking-threads",
            str(settings.AMENDS_WEB_THREADS),
            "--respawn-failed-workers",
            "--no-access-log",
            "--log-level",
            "warning",
            "--backlog",
            "512",
            "amends.project.wsgi:application",
        ]

    def run(self, when_ready: Callable[[], None]) -> int:
        """Serve until SIGTERM or SIGINT. `when_ready` is called once, when /health/ready first answers 200."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_ignored: self.stop.set())
        for name in self.commands:
            self._start(name)
        is_announced, marked_at = False, 0.0
        while not self.stop.wait(0.2):
            for name, child in list(self.children.items()):
                if child.poll() is not None:
                    self._start_again(name, child)
            if not is_announced and self._is_ready():
                is_announced = True
                when_ready()
            if time.monotonic() - marked_at > 20:
                setting_up.say_where_running()
                marked_at = time.monotonic()
        self._end_children()
        return 0

    def _start(self, name: str) -> None:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        # Its own session, so that Ctrl+C reaches this process only, which then ends the children in order.
        self.children[name] = subprocess.Popen(self.commands[name], env=environment, start_new_session=True)  # noqa: S603
        self.started_at[name] = time.monotonic()

    def _start_again(self, name: str, child: subprocess.Popen[bytes]) -> None:
        lived = time.monotonic() - self.started_at[name]
        pause = FIRST_PAUSE if lived > SHORT_LIFE else min(self.pauses.get(name, FIRST_PAUSE) * 2, LONGEST_PAUSE)
        self.pauses[name] = pause
        # What it had started itself would live on, answer requests beside its successor and outlast this process.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        complain(f"The {name} process ended with status {child.returncode}; starting it again.")
        if not self.stop.wait(pause):
            self._start(name)

    def _is_ready(self) -> bool:
        host = "127.0.0.1" if settings.AMENDS_BIND in {"0.0.0.0", ""} else settings.AMENDS_BIND  # noqa: S104
        return own_status(host, self.port, "/health/ready", named=settings.ALLOWED_HOSTS[0]) == 200

    def _end_children(self) -> None:
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
