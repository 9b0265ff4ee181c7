"""Removes what nothing refers to: bytes without a row, files never attached, work that a crash left behind."""

import logging
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.files.storage import Storage, storages
from django.db.models import ProtectedError, Q

from amends.files.models import StoredFile
from amends.files.storage import blob_names, delete_blobs, working_directory
from amends.files.taking_in import discard

log = logging.getLogger(__name__)

#: How long bytes may lie without a row: far longer than anybody takes to write it.
GRACE = timedelta(hours=24)
#: How long a file may wait to be attached: a day longer than drafts live.
UNATTACHED = timedelta(days=15)
#: So many bytes without rows are no leftovers of crashes but the wrong database, or one restored from a backup.
SUSPICIOUS_COUNT, SUSPICIOUS_SHARE = 100, 0.2
_BATCH = 500


@dataclass(frozen=True)
class Swept:
    """How much was removed. `held_back` counts bytes without a row that were left alone because they are too many."""

    rows: int
    blobs: int
    working: int
    held_back: int = 0


def sweep(at: datetime) -> Swept:
    """Sweep once; may run beside anything. Who takes a file in has a day for the row, who attaches one locks it."""
    rows = _sweep_rows(at - UNATTACHED)
    working = _sweep_working(at - GRACE)
    blobs, held_back = _sweep_blobs(storages["default"], at - GRACE)
    return Swept(rows=rows, blobs=blobs, working=working, held_back=held_back)


def _sweep_rows(before: datetime) -> int:
    removed = 0
    for file in StoredFile.objects.unattached().taken_in_before(before).order_by("id"):
        try:
            removed += discard(file)
        except ProtectedError:
            log.warning("file %s is referred to but not marked as attached; it stays", file.pk)
    return removed


def _sweep_working(before: datetime) -> int:
    """Uploads cut off half-way, copies half-made."""
    removed = 0
    for path in working_directory().iterdir():
        try:
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                # A directory holds the files of one mail that was being opened.
                shutil.rmtree(path) if path.is_dir() else path.unlink()
                removed += 1
        except FileNotFoundError:
            continue
    return removed


def _sweep_blobs(storage: Storage, before: datetime) -> tuple[int, int]:
    total, orphans, batch = 0, list[str](), list[str]()
    for name in blob_names(storage):
        total += 1
        batch.append(name)
        if len(batch) == _BATCH:
            orphans += _orphans_among(storage, batch, before)
            batch = []
    orphans += _orphans_among(storage, batch, before)
    if len(orphans) > max(SUSPICIOUS_COUNT, total * SUSPICIOUS_SHARE):
        log.error(
            "%s of %s stored files have no row; none is removed. Is this the right database?", len(orphans), total
        )
        return 0, len(orphans)
    delete_blobs(orphans)
    return len(orphans), 0


def _orphans_among(storage: Storage, names: list[str], before: datetime) -> list[str]:
    """Those of the names that no row mentions and that are old enough to have one."""
    mentioned = Q(stripped__in=names) | Q(original__in=names)
    known: set[str] = set()
    for pair in StoredFile.objects.filter(mentioned).values_list("stripped", "original"):
        known.update(pair)
    return [name for name in names if name not in known and _is_older(storage, name, before)]


def _is_older(storage: Storage, name: str, before: datetime) -> bool:
    try:
        return storage.get_modified_time(name) < before
    except FileNotFoundError:
        return False
