"""`amends serve` and `amends worker` as processes: they start, heal, and stop in order when they are told to."""

import signal

import psutil
import pytest

from tests.project.installation import Installation

#: Three people are invited, so that three mails wait in the queue.
INVITE = """
from amends.kit import clock
from amends.people.actions import add_unit, invite
from amends.people.standing import SYSTEM
add_unit("Larkhaven", parent=None, by=SYSTEM, at=clock.now())
for name in ("ann", "bob", "cid"):
    invite(f"{name}@larkhaven.example", name.title(), by=SYSTEM, at=clock.now())
"""
QUEUE = """
from amends.journal.models import FollowUp, Lease, Unsealed
print(FollowUp.objects.count(), FollowUp.objects.filter(state="waiting").count(),
      FollowUp.objects.filter(lease__isnull=False).count(), FollowUp.objects.exclude(last_error="").count(),
      Unsealed.objects.count(), Lease.objects.exclude(holder="").exclude(name="sweeper").count())
"""


@pytest.fixture
def ready(place: Installation) -> Installation:
    """After `amends init`."""
    done = place.amends("init")
    assert done.returncode == 0, done.stderr
    return place


def test_a_worker_told_to_stop_ends_soon_and_holds_nothing_back(ready: Installation):
    """What it had claimed is free at once for the next one, without counting as a failed try."""
    ready.python(INVITE)
    worker = ready.start("worker", AMENDS_FAILPOINTS="after_claim:sleep=3,after_mail:sleep=1")
    while ready.python(QUEUE).split()[2] == "0":
        assert worker.process.poll() is None, worker.text()
    status, seconds = worker.stop()
    assert status == 0, worker.text()
    assert seconds < 10
    assert "Traceback" not in worker.text()
    follow_ups, _waiting, leased, failed, _unsealed, duties = map(int, ready.python(QUEUE).split())
    assert (follow_ups, leased, failed, duties) == (6, 0, 0, 0)

    # The next one need not wait for anything to run out.
    again = ready.start("worker")
    for _ in range(20):
        waiting, unsealed = (int(ready.python(QUEUE).split()[place]) for place in (1, 4))
        if waiting == unsealed == 0:
            break
    assert (waiting, unsealed) == (0, 0)
    assert again.stop(signal.SIGINT)[0] == 0
    assert len(list((ready.data / "mail").rglob("*.eml"))) == 3


def children(ready: Installation, pid: int) -> dict[str, psutil.Process]:
    """The children of serve, by what they do."""
    found = {}
    for child in psutil.Process(pid).children():
        found["web" if "granian" in " ".join(child.cmdline()) else "worker"] = child
    return found


def test_serve_runs_web_and_worker_heals_and_stops_in_order(ready: Installation):
    serve = ready.start("serve")
    serve.wait_for("Amends is ready at ")
    assert f"Amends is ready at http://localhost:{ready.port}\n" in serve.text()
    assert f"http://localhost:{ready.port}/setup/" in serve.text()
    assert ready.get("/health/ready") == 200

    # The port is taken: said at once, and the one that runs is left alone.
    second = ready.amends("serve")
    assert second.returncode == 2
    assert f"Port {ready.port} is in use" in second.stderr
    assert f"amends serve --port {ready.port + 1}" in second.stderr

    for name in ("worker", "web"):
        before = children(ready, serve.process.pid)[name]
        before.kill()
        serve.wait_for(f"The {name} process ended with status -9; starting it again.")
        while name not in (now := children(ready, serve.process.pid)) or now[name].pid == before.pid:
            assert serve.process.poll() is None
    while ready.get("/health/ready") != 200:
        assert serve.process.poll() is None

    everything = psutil.Process(serve.process.pid).children(recursive=True)
    status, seconds = serve.stop()
    assert status == 0
    assert seconds < 20
    _gone, alive = psutil.wait_procs(everything, timeout=2)
    assert alive == []
    assert ready.get("/health/live") == 0
    assert serve.text().count("Amends is ready") == 1
