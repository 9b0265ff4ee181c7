"""Has a mail opened by a process of its own, and believes nothing of it but its answer."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from amends.correspondence.unpacking.opened import OpenedFile, OpenedMail
from amends.files.storage import working_directory
from amends.files.stripping import bare_environment

log = logging.getLogger(__name__)

WALL_SECONDS = 20


class UnreadableError(Exception):
    """A mail could not be opened. `why` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Unpacked:
    """An opened mail while its files lie in their working place."""

    mail: OpenedMail
    place: Path

    def path_of(self, file: OpenedFile) -> Path:
        """Where the content of one of its files lies."""
        return self.place / Path(file.path).name


@contextmanager
def unpacked(raw: Path) -> Iterator[Unpacked]:
    """Open a mail; its files are there until the end. Raises UnreadableError: `broken`, `too_complex`, `disk_full`."""
    with tempfile.TemporaryDirectory(dir=working_directory()) as directory:
        place = Path(directory)
        yield Unpacked(_opened(raw, place), place)


def _opened(raw: Path, place: Path) -> OpenedMail:
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-P", "-S", "-m", "amends.correspondence.unpacking.child", str(raw), str(place)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(),
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableError("too_complex") from None
    try:
        said = json.loads(done.stdout) if done.returncode == os.EX_OK else {}
        if "mail" in said:
            return OpenedMail.from_json(said["mail"])
    except (ValueError, TypeError, KeyError):
        said = {}
    if "why" in said:
        log.warning("a mail cannot be opened: %s %s", said["why"], said.get("error", ""))
        raise UnreadableError(said["why"])
    # Killed at a limit, or ended by Python for want of memory even to say so.
    log.warning("opening a mail ended with %s", done.returncode)
    raise UnreadableError("too_complex")
