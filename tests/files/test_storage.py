"""Storage: random names, nothing outside the root, durable in the right order."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from amends.files.storage import WORKING, WorkingFile, blob_names, create, new_name, new_working_path

pytestmark = pytest.mark.engineless

NAME = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}")


def save(content: bytes = b"content", name: str | None = None) -> str:
    return storages["default"].save(name or new_name(), ContentFile(content))


def test_name_is_random_in_two_levels_and_says_nothing_of_the_content(store):
    one, other = save(b"same"), save(b"same")
    assert one != other
    assert NAME.fullmatch(one)
    assert storages["default"].open(one).read() == b"same"
    assert storages["default"].size(one) == 4


@pytest.mark.parametrize("name", ["bill.pdf", "../../etc/passwd", "ab/cd/bill.pdf", "ab/cd/" + "A" * 32])
def test_the_name_of_a_user_is_never_used(store, name):
    try:
        saved = save(name=name)
    except SuspiciousFileOperation:
        saved = None
    assert saved is None or NAME.fullmatch(saved)
    assert all(NAME.fullmatch(found) for found in blob_names(storages["default"]))


def test_a_taken_name_is_not_written_over(store):
    first = save(b"first")
    second = save(b"second", name=first)
    assert first != second
    assert storages["default"].open(first).read() == b"first"


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "ab/cd/../../../x", "ab/cd/" + "0" * 31, ""])
def test_nothing_but_a_storage_name_has_a_path(store, name):
    with pytest.raises(SuspiciousFileOperation):
        storages["default"].open(name)
    with pytest.raises(SuspiciousFileOperation):
        storages["default"].delete(name)


def test_stored_files_are_never_changed(store):
    name = save()
    with pytest.raises(SuspiciousFileOperation):
        storages["default"].open(name, "wb")


def test_files_and_directories_are_for_us_alone(store):
    path = store / save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for directory in (*path.parents[:3], store / WORKING):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_bytes_then_name_then_directories_are_made_durable(store: Path, monkeypatch):
    """The real calls, listened to: what is not flushed before the rename may be empty after a loss of power."""
    calls: list[tuple[str, int]] = []
    fsync, rename = os.fsync, Path.rename

    def listened_fsync(descriptor: int) -> None:
        calls.append(("fsync", os.fstat(descriptor).st_ino))
        fsync(descriptor)

    def listened_rename(path: Path, target: Path) -> Path:
        calls.append(("rename", path.stat().st_ino))
        return rename(path, target)

    save()
    monkeypatch.setattr(os, "fsync", listened_fsync)
    monkeypatch.setattr(Path, "rename", listened_rename)
    final = store / save()
    bytes_of_it = final.stat().st_ino
    directories = [("fsync", directory.stat().st_ino) for directory in final.parents[:3]]
    assert calls == [("fsync", bytes_of_it), ("rename", bytes_of_it), *directories]


def test_time_of_writing_is_kept_to_the_minute(store):
    assert (store / save()).stat().st_mtime % 60 == 0


def test_a_working_file_is_taken_over_without_a_copy(store):
    path = new_working_path()
    with create(path) as file:
        file.write(b"x" * 100)
    inode = path.stat().st_ino
    with WorkingFile(path) as content:
        name = storages["default"].save(new_name(), content)
    assert (store / name).stat().st_ino == inode
    assert not path.exists()


def test_deleting_twice_is_no_error(store):
    name = save()
    storages["default"].delete(name)
    storages["default"].delete(name)
    assert not storages["default"].exists(name)


def test_strange_files_under_the_root_are_not_listed(store):
    name = save()
    (store / "README").write_text("put here by an operator")
    (store / name[:5] / "notes.txt").write_text("as well")
    assert list(blob_names(storages["default"])) == [name]


FULL_DISK = """
import errno, resource, signal, sys
from pathlib import Path
from django.conf import settings
ours = "amends.files.storage.DurableFileSystemStorage"
settings.configure(AMENDS_FILES_DIR=sys.argv[1], STORAGES={"default": {"BACKEND": ours}})
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from amends.files.storage import new_name
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    storages["default"].save(new_name(), ContentFile(b"x" * 100_000))
except OSError as error:
    print(errno.errorcode[error.errno])
"""


def test_a_write_that_does_not_fit_leaves_nothing_behind(store: Path):
    """The kernel refuses to write more than 4 kB, as it would on a full disk."""
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(store)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout.strip() == "EFBIG"
    assert not list((store / WORKING).iterdir())
