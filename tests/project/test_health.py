"""/health/live and /health/ready: green when everything works, red with the cause when something does not (P-45)."""

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from amends.journal.models import Checkpoint
from amends.kit import clock
from amends.people.actions import add_unit
from amends.people.standing import SYSTEM
from amends.project import health
from amends.reactions.worker import Worker, drain
from tests import builders
from tests.cast import World
from tests.settings import ENGINE

NOBODY = 65534


class Site:
    """An installation that works, and the question whether it does."""

    world: World

    def __init__(self, settings, monkeypatch: pytest.MonkeyPatch) -> None:
        self.settings, self.now = settings, clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.now)
        self.client = Client(raise_request_exception=True)

    def works(self) -> None:
        """Everything is done that a worker does."""
        drain()
        Worker(runners=0).beat(self.now)

    def later(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    def problems(self) -> list[str]:
        """What /health/ready says is wrong; the answer tells no secrets."""
        assert self.client.get("/health/live").json() == {"status": "live"}
        answer = self.client.get("/health/ready")
        body, text = answer.json(), answer.content.decode()
        assert answer.status_code == (503 if body["problems"] else 200)
        assert body["status"] == ("not ready" if body["problems"] else "ready")
        places = (self.settings.AMENDS_DATA_DIR, self.settings.AMENDS_FILES_DIR, self.settings.AMENDS_ANCHORS)
        for secret in (*map(str, places), self.settings.SECRET_KEY, "Traceback", 'File "'):
            assert secret not in text
        return body["problems"]


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def places(settings, tmp_path: Path) -> Path:
    """Directories of its own, as `amends init` leaves them."""
    settings.AMENDS_DATA_DIR = tmp_path / "data"
    settings.AMENDS_FILES_DIR = tmp_path / "data" / "files"
    settings.AMENDS_ANCHORS = tmp_path / "data.anchors"
    settings.AMENDS_FILES_DIR.mkdir(parents=True)
    return tmp_path


@pytest.fixture
def site(db, places, settings, monkeypatch) -> Site:
    site = Site(settings, monkeypatch)
    site.world = builders.a_world()
    site.works()
    return site


def only(problems: list[str], cause: str) -> None:
    assert [problem.partition(":")[0] for problem in problems] == [cause], problems


def test_ready_when_everything_works(site):
    assert site.problems() == []
    assert all(
        warning.startswith(("python:", "database:")) for warning in site.client.get("/health/ready").json()["warnings"]
    )


def test_without_a_worker(site):
    cache.clear()
    only(site.problems(), "worker")


def test_a_worker_that_fell_silent_is_noticed_within_a_minute(site):
    site.later(seconds=59)
    assert site.problems() == []
    site.later(seconds=2)
    only(site.problems(), "worker")
    Worker(runners=0).beat(site.now)
    assert site.problems() == []


def test_entries_that_nobody_turns_into_follow_ups_or_numbers(site):
    """Nobody fans out or seals, as when those threads hang: each is named with how long it takes by now."""
    add_unit("North", parent=site.world.water, by=SYSTEM, at=site.now)
    assert site.problems() == []
    site.later(seconds=35)
    only(site.problems(), "journal")
    site.later(minutes=5)
    Worker(runners=0).beat(site.now)
    causes = site.problems()
    assert [cause.partition(":")[0] for cause in causes] == ["outbox", "journal"]
    assert all(" waits for " in cause and cause.endswith(" s") for cause in causes)
    site.works()
    assert site.problems() == []


def test_checkpoints_that_reach_no_sink(site, settings, places):
    """The directory of the anchors is gone: entries are sealed and signed, but nobody outside the database knows."""
    settings.AMENDS_ANCHORS = places / "unmounted" / "anchors"
    add_unit("North", parent=site.world.water, by=SYSTEM, at=site.now)
    site.later(minutes=6)
    with pytest.raises(FileNotFoundError):
        drain()
    site.later(minutes=31)
    Worker(runners=0).beat(site.now)
    only(site.problems(), "journal")
    settings.AMENDS_ANCHORS.parent.mkdir()
    site.works()
    # The new file holds what was not out yet; nothing vouches for more than there is.
    assert site.problems() == []


def test_a_database_that_knows_less_than_the_anchors(site, settings):
    note = Checkpoint.objects.latest("size").note
    origin, size, rest = note.split("\n", 2)
    with Path(settings.AMENDS_ANCHORS).open("a") as file:
        file.write(json.dumps({"note": f"{origin}\n{int(size) + 1}\n{rest}"}) + "\n")
    assert site.problems() == ["journal: the anchors know more entries than the database; rows are missing"]


def test_a_signing_key_that_is_gone_or_is_none(site, settings, places):
    gone = "journal: its signing key is missing or unreadable; nothing can be signed"
    settings.AMENDS_SIGNING_KEY_FILE = places / "key.pem"
    assert site.problems() == [gone]
    settings.AMENDS_SIGNING_KEY_FILE.write_text("not a key")
    assert site.problems() == [gone]


def test_a_database_of_another_version(site):
    applied = MigrationRecorder.Migration.objects.filter(app="complaints").latest("id")
    MigrationRecorder(connection).record_unapplied(applied.app, applied.name)
    assert site.problems() == ["database: not at the version of this program; run amends init"]


def test_a_database_that_is_gone_is_said_once_and_soon(own_database, places, settings, monkeypatch):
    site = Site(settings, monkeypatch)
    site.works()
    assert site.problems() == []
    before = connection.settings_dict.copy()
    connection.close()
    if ENGINE == "sqlite":
        connection.settings_dict["NAME"] = str(places / "unmounted" / "amends.sqlite3")
    else:
        connection.settings_dict["HOST"] = str(places / "no-server-here")
    try:
        began = time.monotonic()
        assert site.problems() == ["database: does not answer"]
        assert time.monotonic() - began < 5
    finally:
        connection.close()
        connection.settings_dict.update(before)
    assert site.problems() == []


# ---------------------------------------------------------------- the disk


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the powers of root, where the tests run as root: permissions count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_places(settings) -> Iterator[Path]:
    """Directories that everybody may reach, so that what counts is who may write."""
    top = Path(tempfile.mkdtemp())
    for folder in (top, top / "data", top / "files"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
    settings.AMENDS_DATA_DIR, settings.AMENDS_FILES_DIR = top / "data", top / "files"
    yield top
    shutil.rmtree(top)


def disk() -> list[str]:
    return health._disk(clock.now())


@pytest.mark.engineless
def test_a_directory_that_takes_no_changes(open_places):
    assert disk() == []
    for folder in (open_places / "data", open_places / "files"):
        folder.chmod(0o555)
    with as_nobody():
        assert disk() == [
            "disk: nothing can be written to the data directory (Permission denied)",
            "disk: nothing can be written to the directory of uploads (Permission denied)",
        ]


@pytest.mark.engineless
def test_a_directory_that_is_not_there(open_places):
    (open_places / "files").rmdir()
    assert disk() == ["disk: nothing can be written to the directory of uploads (No such file or directory)"]


@pytest.mark.engineless
def test_looking_leaves_nothing_behind(open_places):
    disk()
    assert list((open_places / "data").iterdir()) == []


@pytest.mark.engineless
@pytest.mark.parametrize(
    ("total", "free", "is_red"),
    [(1000, 49, True), (1000, 51, False), (500_000, 300, False), (500_000, 255, True)],
)
def test_a_disk_that_is_nearly_full(open_places, monkeypatch, total, free, is_red):
    usage = shutil._ntuple_diskusage(total * 2**20, (total - free) * 2**20, free * 2**20)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda place: usage)
    told = [f"disk: only {free} MB are free in the {where}" for where in ("data directory", "directory of uploads")]
    assert disk() == (told if is_red else [])


@pytest.mark.engineless
def test_a_file_system_that_does_not_tell_its_size(open_places, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(0, 0, 0))
    assert disk() == []


def test_the_site_is_red_when_the_disk_is(site, settings, places):
    settings.AMENDS_FILES_DIR = places / "unmounted"
    only(site.problems(), "disk")


# ---------------------------------------------------------------- who asks


def test_anybody_may_ask_in_any_way_without_a_session(site):
    for path in ("/health/live", "/health/ready"):
        for method in ("get", "head"):
            answer = getattr(site.client, method)(path)
            assert answer.status_code == 200
            assert not answer.cookies


def test_a_check_that_fails_by_itself_is_a_problem_and_no_error_page(site, monkeypatch):
    def _broken(at: datetime) -> list[str]:
        raise ZeroDivisionError

    monkeypatch.setattr(health, "CHECKS", (*health.CHECKS, _broken))
    assert site.problems() == ["broken: ZeroDivisionError"]
