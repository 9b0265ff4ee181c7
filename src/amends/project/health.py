"""/health/live and /health/ready: whether the process runs, and whether the whole of it does what it promises."""

import logging
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from amends.complaints.letters import POSTED_WITHIN, waiting_too_long
from amends.correspondence.models import SortedMail
from amends.journal import checkpoints, keys, outbox, sealing
from amends.kit import clock
from amends.kit.dialect import durability_warnings
from amends.mailroom.email.poller import seconds_since_reading
from amends.reactions.clock import oldest_ringing
from amends.reactions.worker import is_time_in_doubt, seconds_since_heartbeat
from amends.ui.access import public

log = logging.getLogger("amends.health")

#: Patch levels below which the standard library lets a line break into mail headers (CVE-2026-1299).
SAFE_PATCH_LEVELS = {(3, 11): 15, (3, 12): 13, (3, 13): 12, (3, 14): 3}

AWAY = "database: does not answer"
WORKER_SILENT = 60
OUTBOX_WAITS = timedelta(minutes=5)
ALARM_WAITS = timedelta(minutes=2)
MAIL_WAITS = timedelta(minutes=10)
UNSEALED_WAITS = timedelta(seconds=30)
ANCHOR_WAITS = timedelta(minutes=30)
LEAST_DISK = 0.05
#: On a large disk this much is room enough, however small its share is. Bytes.
ROOM_ENOUGH = 256 * 2**20


@public
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200 when everything that complaints rest on works; 503 with what does not. Holds no personal data."""
    at = clock.now()
    found = problems(at)
    # A database that is away lets us wait for each question: it is asked no more of them.
    known = [] if AWAY in found else warnings(at)
    body = {"status": "not ready" if found else "ready", "problems": found, "warnings": known}
    return JsonResponse(body, status=503 if found else 200)


def problems(at: datetime) -> list[str]:
    """What does not work, a line each; empty is good."""
    found = _asked(_disk, at)
    if not _database_answers():
        # Whatever else could be asked of it would wait as long, and say the same.
        return [AWAY, *found]
    for check in CHECKS:
        found += _asked(check, at)
    return found


def _asked(check: Callable[[datetime], list[str]], at: datetime) -> list[str]:
    """What a check finds; one that fails itself is a problem, too. The error's text may hold secrets: it stays here."""
    try:
        return check(at)
    except Exception as error:
        log.exception("the check of %s failed", check.__name__)
        return [f"{check.__name__.strip('_')}: {type(error).__name__}"]


def _database_answers() -> bool:
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _database(at: datetime) -> list[str]:
    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ["database: not at the version of this program; run amends init"]
    return []


def _worker(at: datetime) -> list[str]:
    silent = seconds_since_heartbeat(at)
    if silent is None or silent > WORKER_SILENT:
        return ["worker: no sign of life for a minute; run amends worker, or amends serve without --web-only"]
    return []


def _outbox(at: datetime) -> list[str]:
    waits = outbox.oldest_pending(at)
    return [f"outbox: the oldest entry waits for {waits.total_seconds():.0f} s"] if waits > OUTBOX_WAITS else []


def _journal(at: datetime) -> list[str]:
    problems = []
    try:
        keys.signing_key()
    except (keys.NoSigningKeyError, ValueError, OSError):
        problems.append("journal: its signing key is missing or unreadable; nothing can be signed")
    waits = sealing.oldest_unsealed(at)
    if waits > UNSEALED_WAITS:
        problems.append(f"journal: an entry waits for its number for {waits.total_seconds():.0f} s")
    if checkpoints.age_of_newest_anchor(at) > ANCHOR_WAITS:
        problems.append("journal: no checkpoint reached a sink for half an hour")
    if checkpoints.behind_anchors():
        problems.append("journal: the anchors know more entries than the database; rows are missing")
    return problems


def _disk(at: datetime) -> list[str]:
    problems = []
    for place, what in _places().items():
        try:
            usage = shutil.disk_usage(place)
            # Permissions, a full disk and one mounted for reading only are found out by nothing but writing.
            with tempfile.TemporaryFile(dir=place, buffering=0) as file:
                file.write(b"?")
        except OSError as error:
            problems.append(f"disk: nothing can be written to {what} ({error.strerror})")
        else:
            if usage.free < min(LEAST_DISK * usage.total, ROOM_ENOUGH):
                problems.append(f"disk: only {usage.free / 2**20:.0f} MB are free in {what}")
    return problems


def _places() -> dict[Path, str]:
    """Where we write, and how to call it without naming the path."""
    return {
        Path(settings.AMENDS_DATA_DIR): "the data directory",
        Path(settings.AMENDS_FILES_DIR): "the directory of uploads",
    }


def _deadlines(at: datetime) -> list[str]:
    problems = []
    waits = oldest_ringing(at)
    if waits > ALARM_WAITS:
        problems.append(f"deadlines: one that has passed was not noted for {waits.total_seconds():.0f} s")
    if is_time_in_doubt():
        problems.append("deadlines: the clock of this machine or of the database jumped; nothing is called late yet")
    return problems


def _mail(at: datetime) -> list[str]:
    """Mail that was taken in has to be sorted, and the mailbox read."""
    found = []
    oldest = SortedMail.objects.unsorted().order_by("id").values_list("mail__arrived_at", flat=True).first()
    if oldest is not None and at - oldest > MAIL_WAITS:
        found.append(f"mail: one that came in waits to be sorted for {(at - oldest).total_seconds():.0f} s")
    if settings.AMENDS_IMAP_URL:
        silent = seconds_since_reading(at)
        if silent is None or silent > MAIL_WAITS.total_seconds() + settings.AMENDS_IMAP_SECONDS:
            found.append("mail: the mailbox was not read for a while; see the log of amends mail")
    return found


CHECKS: tuple[Callable[[datetime], list[str]], ...] = (_database, _worker, _outbox, _journal, _deadlines, _mail)


def warnings(at: datetime) -> list[str]:
    """What should be looked at some day."""
    found = []
    safe = SAFE_PATCH_LEVELS.get(sys.version_info[:2])
    if safe is not None and sys.version_info[2] < safe:
        series = ".".join(map(str, sys.version_info[:2]))
        found.append(f"python: {series}.{sys.version_info[2]} lacks security fixes of {series}.{safe}")
    with suppress(DatabaseError):
        found += [f"database: {warning}" for warning in durability_warnings()]
        late = waiting_too_long(at)
        if late:
            found.append(f"letters: {late} wait to be posted for more than {POSTED_WITHIN} working days")
    return found
