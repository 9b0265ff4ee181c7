"""/health/live and /health/ready: whether the process runs, and whether the whole of it does what it promises."""

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from amends.journal import checkpoints, keys, outbox, sealing
from amends.kit import clock
from amends.kit.dialect import durability_warnings
from amends.reactions.worker import seconds_since_heartbeat
from amends.ui.access import public

#: Patch levels below which the standard library lets a line break into mail headers (CVE-2026-1299).
SAFE_PATCH_LEVELS = {(3, 11): 15, (3, 12): 13, (3, 13): 12, (3, 14): 3}

WORKER_SILENT = 60
OUTBOX_WAITS = timedelta(minutes=5)
UNSEALED_WAITS = timedelta(seconds=30)
ANCHOR_WAITS = timedelta(minutes=30)
LEAST_DISK = 0.05


@public
def live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "live"})


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200 when everything that complaints rest on works; 503 with what does not. Holds no personal data."""
    at = clock.now()
    found = problems(at)
    body = {"status": "not ready" if found else "ready", "problems": found, "warnings": warnings(at)}
    return JsonResponse(body, status=503 if found else 200)


def problems(at: datetime) -> list[str]:
    """What does not work, a line each; empty is good."""
    found: list[str] = []
    for check in CHECKS:
        try:
            found += check(at)
        except (DatabaseError, OSError) as error:
            found.append(f"{check.__name__.strip('_')}: {type(error).__name__}")
    return found


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
    keys.signing_key()
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
    for place in {Path(settings.AMENDS_DATA_DIR), Path(settings.AMENDS_FILES_DIR)}:
        if place.exists():
            usage = shutil.disk_usage(place)
            if usage.free / usage.total < LEAST_DISK:
                problems.append("disk: less than 5 % is free")
    return problems


CHECKS: tuple[Callable[[datetime], list[str]], ...] = (_database, _worker, _outbox, _journal, _disk)


def warnings(at: datetime) -> list[str]:
    """What should be looked at some day."""
    found = []
    safe = SAFE_PATCH_LEVELS.get(sys.version_info[:2])
    if safe is not None and sys.version_info[2] < safe:
        series = ".".join(map(str, sys.version_info[:2]))
        found.append(f"python: {series}.{sys.version_info[2]} lacks security fixes of {series}.{safe}")
    with suppress(DatabaseError):
        found += [f"database: {warning}" for warning in durability_warnings()]
    return found
