"""Sealing, signing and anchoring as the worker does it, and children that die on purpose."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, connections, transaction

from amends.journal import checkpoints, exporting, leases, sealing
from amends.journal.invariants import APPEND_ONLY_TABLES
from amends.journal.models import Checkpoint
from amends.journal.verifier import Verdict
from amends.kit import failpoints
from amends.kit.dialect import AppendOnly

PAYLOAD_MAY_GO = "EXISTS (SELECT 1 FROM journal_tombstone WHERE journal_tombstone.entry_id = OLD.entry_id)"
Written = TypeVar("Written")
HOLDER = "the sealer of the tests"


@dataclass(frozen=True)
class Complainant:
    """Somebody on the tracking page."""

    key: int = 1
    is_anonymous: bool = False
    actor_kind: str = "party"
    acting_as: str = "complainant"

    @property
    def actor_key(self) -> int:
        return self.key


def seal(at: datetime, limit: int = 1000) -> int:
    """Number up to `limit` waiting entries. Returns how many."""
    fence = leases.take(sealing.DUTY, HOLDER, at, sealing.LEASE)
    assert fence is not None
    return sealing.seal_batch(HOLDER, fence, at, limit)


def sign(at: datetime) -> Checkpoint | None:
    """A checkpoint over what is sealed, without waiting for more."""
    fence = leases.take(sealing.DUTY, HOLDER, at, sealing.LEASE)
    assert fence is not None
    return checkpoints.make_checkpoint(HOLDER, fence, at, now=True)


def anchor(at: datetime) -> int:
    """Let the checkpoints out into the anchors file."""
    return checkpoints.anchor_to_file(at)


def keep(at: datetime, step: int = 1000) -> None:
    """Seal everything in batches of `step` with a checkpoint after each, and let the checkpoints out."""
    while seal(at, step):
        sign(at)
    anchor(at)


def verdict() -> Verdict:
    """What the verifier says of the database and the anchors file."""
    return exporting.verify_database(Path(settings.AMENDS_ANCHORS))


def in_child(work: Callable[[], object], *, dies_at: str = "") -> int:
    """Run something in a process of its own. Returns its exit status; minus nine when it was killed at the failpoint.

    For `own_database` only: the child opens its own connections.
    """
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        status = 1
        # While a browser is open its event loop runs in this thread, and Django keeps connections per loop. The child
        # has no loop: it would find the connection that was open before the browser came, to another database.
        for known in connections.all(initialized_only=True):
            known.connection = None
        try:
            name, _, nth = dies_at.partition("@")
            failpoints._ACTIVE.clear()
            failpoints._PASSES.clear()
            if name:
                assert name in failpoints.KNOWN
                failpoints._ACTIVE[name] = ("kill", int(nth or 1))
            work()
            status = 0
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(status)
    _, ended = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(ended)


@contextmanager
def kept_open(blocker: Any, write: Callable[[], Written]) -> Iterator[Written]:
    """What `write` wrote, in a transaction that stays open around many tests and is rolled back at their end.

    For fixtures of a module: each test then runs in a savepoint of its own.
    """
    with ExitStack() as stack:
        with blocker.unblock():
            stack.enter_context(transaction.atomic())
            written = write()
        yield written
        with blocker.unblock():
            transaction.set_rollback(True)
            stack.close()


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run several things in threads that begin together, on connections of their own. Returns what each returned."""
    barrier = Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


KILLED = -signal.SIGKILL


def _on_triggers(step: str) -> None:
    operations = [AppendOnly(table) for table in APPEND_ONLY_TABLES if table != "journal_payload"]
    operations.append(AppendOnly("journal_payload", delete_when=PAYLOAD_MAY_GO))
    editor = connection.schema_editor()  # not entered: that would want foreign keys off, which no transaction can do
    for operation in operations:
        getattr(operation, step)("journal", editor, None, None)


def drop_triggers() -> None:
    """As whoever has the database in their hands. Only the end of the transaction brings them back."""
    _on_triggers("database_backwards")


@contextmanager
def no_triggers() -> Iterator[None]:
    """Without the triggers, which come back afterwards."""
    drop_triggers()
    yield
    _on_triggers("database_forwards")
