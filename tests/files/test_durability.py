"""The order in which a file becomes durable: killed anywhere, nothing dangles and the sweep cleans up (P-01, P-03)."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection

from amends.files.invariants import hashes_match
from amends.files.models import StoredFile
from amends.files.storage import WORKING, blob_names
from amends.files.sweeping import sweep
from amends.files.taking_in import take_in
from amends.kit.invariants import all_invariants
from tests import postgresql
from tests.files import uploads
from tests.files.uploads import Sent
from tests.settings import ENGINE

PROGRAM = """
import sys
from datetime import UTC, datetime
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from amends.files.taking_in import take_in
from tests.files import uploads
file = take_in(uploads.Sent("a.jpg", uploads.jpeg()), keep_original=True, at=datetime.now(UTC))
print(file.token)
"""


def take_in_elsewhere(store: Path, failpoints: str) -> subprocess.CompletedProcess[str]:
    """Take a picture in, in a process of its own on the same database and storage."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path]),
        "DJANGO_SETTINGS_MODULE": "amends.project.settings",
        "AMENDS_DATA_DIR": str(store.parent),
        "AMENDS_FILES_DIR": str(store),
        "AMENDS_DATABASE_URL": postgresql.provide() if ENGINE == "postgresql" else "",
        "AMENDS_FAILPOINTS": failpoints,
    }
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(connection.settings_dict["NAME"])],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )


def violations() -> list[str]:
    found = [sentence for each in all_invariants() if each.name.startswith("files.") for sentence in each.check()]
    return found + list(hashes_match())


STEPS = [
    ("after_file_fsync:kill", 2, 0),
    ("after_file_rename:kill", 1, 1),
    ("after_file_fsync:kill@2", 1, 1),
    ("after_file_rename:kill@2", 0, 2),
]


@pytest.mark.parametrize(("step", "working", "blobs"), STEPS)
def test_killed_while_taking_in(step, working, blobs, own_database, store):
    kept = take_in(Sent("b.jpg", uploads.jpeg()), keep_original=True, at=datetime.now(UTC))
    done = take_in_elsewhere(store, step)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not done.stdout
    assert list(StoredFile.objects.all()) == [kept]
    assert len(list((store / WORKING).iterdir())) == working
    assert len(list(blob_names(storages["default"]))) == blobs + 2
    assert not violations()

    swept = sweep(datetime.now(UTC) + timedelta(hours=25))
    assert (swept.working, swept.blobs, swept.rows) == (working, blobs, 0)
    assert set(blob_names(storages["default"])) == kept.blobs
    assert not list((store / WORKING).iterdir())
    assert not violations()


def test_not_killed_the_file_is_there(own_database, store):
    done = take_in_elsewhere(store, "")
    assert done.returncode == 0, done.stderr
    file = StoredFile.objects.get()
    assert file.token == done.stdout.strip()
    assert set(blob_names(storages["default"])) == file.blobs
    assert not violations()
