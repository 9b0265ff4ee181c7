"""Where bytes lie: under random names, durable before anything refers to them.

`storages["default"]` is the seam: callers take a name from `new_name()` and save under it, so that an object store can
stand in for the directory.
"""

import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import Storage, storages
from django.utils.deconstruct import deconstructible

from amends.kit.failpoints import failpoint

#: Inside the root: what is being received, stripped or written. Nothing here has a row, ever.
WORKING = ".incoming"
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}")
_PART = re.compile(r"[0-9a-f]{2}")


def new_name() -> str:
    """A storage name in two levels, of 128 random bits. It says nothing about the file."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:4]}/{name}"


def is_blob_name(name: str) -> bool:
    """Whether a storage name is one of ours."""
    return _NAME.fullmatch(name) is not None


def working_directory() -> Path:
    """Where files are worked on; on the same file system as the root, so that a rename is atomic."""
    directory = Path(settings.AMENDS_FILES_DIR) / WORKING
    if not directory.is_dir():
        directory.parent.parent.mkdir(parents=True, exist_ok=True)
        _make_directories(directory.parent, directory)
        _flush_directory(directory.parent)
        _flush_directory(directory.parent.parent)
    return directory


def new_working_path() -> Path:
    """A path that does not exist yet."""
    return working_directory() / secrets.token_hex(16)


def create(path: Path) -> IO[bytes]:
    """Open a file that must not exist yet, for us alone."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600), "wb")


class WorkingFile(File):  # type: ignore[type-arg]
    """A file in the working directory, which storage may take over by renaming it instead of copying."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self.path = path


@deconstructible(path="amends.files.storage.DurableFileSystemStorage")
class DurableFileSystemStorage(Storage):
    """A directory in which a saved file survives the loss of power.

    Order: temporary file → fsync → rename → fsync of every directory up to the root → (the caller) the row.
    """

    def path(self, name: str) -> str:
        """The path of a name. Only names made by `new_name` have one: nothing else can be reached."""
        if not is_blob_name(name):
            raise SuspiciousFileOperation("not a storage name")
        return str(Path(settings.AMENDS_FILES_DIR) / name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself when it is one of ours and free, else a new one; what a user called a file is forgotten."""
        return name if is_blob_name(name) and not self.exists(name) else new_name()

    def exists(self, name: str) -> bool:
        return Path(self.path(name)).exists()

    def size(self, name: str) -> int:
        return Path(self.path(name)).stat().st_size

    def get_modified_time(self, name: str) -> datetime:
        return datetime.fromtimestamp(Path(self.path(name)).stat().st_mtime, UTC)

    def delete(self, name: str) -> None:
        Path(self.path(name)).unlink(missing_ok=True)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Our directories or our files below a part of a name; strange ones are not listed."""
        parts = [part for part in path.split("/") if part]
        if len(parts) > 2 or not all(map(_PART.fullmatch, parts)):
            raise SuspiciousFileOperation("not a part of a storage name")
        try:
            found = sorted(entry.name for entry in Path(settings.AMENDS_FILES_DIR, *parts).iterdir())
        except FileNotFoundError:
            return [], []
        if len(parts) < 2:
            return [name for name in found if _PART.fullmatch(name)], []
        return [], [name for name in found if is_blob_name("/".join((*parts, name)))]

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise SuspiciousFileOperation("stored files are never changed")
        return File(Path(self.path(name)).open("rb"), name=name)

    def _save(self, name: str, content: "File[Any]") -> str:
        final = Path(self.path(name))
        waiting = content.path if isinstance(content, WorkingFile) else _written(content)
        try:
            _flush(waiting)
            failpoint("after_file_fsync")
            _make_directories(*reversed(final.parents[:3]))
            waiting.rename(final)
        except BaseException:
            if not isinstance(content, WorkingFile):
                waiting.unlink(missing_ok=True)
            raise
        # All levels every time: another process may have made a directory and not have come to its fsync yet.
        for directory in final.parents[:3]:
            _flush_directory(directory)
        failpoint("after_file_rename")
        return name


def blob_names(storage: Storage) -> Iterator[str]:
    """Every stored name, directory by directory."""
    for first in storage.listdir("")[0]:
        for second in storage.listdir(first)[0]:
            for last in storage.listdir(f"{first}/{second}")[1]:
                yield f"{first}/{second}/{last}"


def delete_blobs(names: Iterable[str]) -> None:
    """Remove stored bytes for good. Called after the commit that removed the rows which named them."""
    for name in names:
        storages["default"].delete(name)


def _written(content: "File[Any]") -> Path:
    path = new_working_path()
    try:
        with create(path) as file:
            for chunk in content.chunks():
                file.write(chunk)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _make_directories(*outermost_first: Path) -> None:
    """Make those that are missing, each for us alone."""
    for directory in outermost_first:
        directory.mkdir(mode=0o700, exist_ok=True)


def _flush(path: Path) -> None:
    """Make the bytes durable; the time of writing is kept to the minute only (P-40)."""
    with path.open("rb+") as file:
        minute = int(time.time()) // 60 * 60
        os.utime(path, (minute, minute))
        os.fsync(file.fileno())


def _flush_directory(directory: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
