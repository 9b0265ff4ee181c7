"""The parent of web and worker: what it starts, and what it never leaves behind."""

import subprocess
import sys
import time

import psutil
import pytest

from amends.project.supervisor import Supervisor

pytestmark = pytest.mark.engineless

#: Starts a process of its own, says which, and dies.
LEAVES_A_CHILD = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(child.pid))
"""


def test_what_a_dead_child_had_started_does_not_live_on(tmp_path, capsys):
    supervisor = Supervisor(port=0, with_worker=False)
    told = tmp_path / "pid"
    supervisor.commands["web"] = [sys.executable, "-c", LEAVES_A_CHILD, str(told)]
    supervisor._start("web")
    first = supervisor.children["web"]
    first.wait(timeout=20)
    orphan = psutil.Process(int(told.read_text()))
    assert orphan.is_running()
    supervisor.commands["web"] = [sys.executable, "-c", "import time; time.sleep(60)"]
    try:
        supervisor._start_again("web", first)
        assert "starting it again" in capsys.readouterr().err
        ended = time.monotonic() + 10
        while orphan.is_running() and orphan.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < ended, "it lives on"
            time.sleep(0.02)
    finally:
        supervisor._end_children()
    assert supervisor.children["web"].poll() is not None


def test_children_that_do_not_end_are_ended(monkeypatch):
    monkeypatch.setattr("amends.project.supervisor.GRACE", 0.5)
    supervisor = Supervisor(port=0, with_worker=False)
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
    )
    supervisor.children["web"] = subprocess.Popen(
        [sys.executable, "-c", stubborn], stdout=subprocess.PIPE, start_new_session=True
    )
    assert supervisor.children["web"].stdout.readline() == b"up\n"
    supervisor._end_children()
    assert supervisor.children["web"].returncode == -9
