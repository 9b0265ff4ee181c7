"""From entries to follow-ups, and running them: the only queue there is.

An entry leaves a Pending row in its own transaction. `fan_out` turns it into one FollowUp row per reaction. Workers
`claim` a batch by lease, run each, and write down what came of it. A row whose worker died is returned by `reap`.
A reaction may therefore run twice, and must be written so that this does no harm.
"""

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, models, transaction

from amends.journal.models import Entry, FollowUp, Pending
from amends.journal.vocabulary import Event
from amends.kit.dialect import fault_of, skip_locked
from amends.kit.failpoints import failpoint

log = logging.getLogger("amends.outbox")

Reaction = Callable[[Entry], None]

LEASE = timedelta(seconds=60)
GIVE_UP_AFTER = timedelta(hours=72)
LONGEST_WAIT = timedelta(hours=4)


class TryLaterError(Exception):
    """Raised by a reaction that could not do its work yet; it is tried again, and the reason is shown."""


@dataclass(frozen=True)
class Reactions:
    """What follows which event. `always` follows every event; `waits` says what does not follow before some time."""

    when: Mapping[type[Event], Sequence[Reaction]]
    always: Sequence[Reaction]
    waits: Mapping[Reaction, timedelta] = field(default_factory=dict)

    def names_for(self, event: str) -> list[str]:
        """The names of the reactions to an event."""
        mine = [reaction for kind, reactions in self.when.items() if kind.name == event for reaction in reactions]
        return [name_of_reaction(reaction) for reaction in (*mine, *self.always)]

    def waits_by_name(self) -> dict[str, timedelta]:
        """How long after its entry what follows is due, for what is not due at once."""
        return {name_of_reaction(reaction): wait for reaction, wait in self.waits.items()}

    def by_name(self) -> dict[str, Reaction]:
        """Every reaction under its name."""
        every = [reaction for reactions in self.when.values() for reaction in reactions]
        return {name_of_reaction(reaction): reaction for reaction in (*every, *self.always)}


def name_of_reaction(reaction: Reaction) -> str:
    """The name a reaction has in its rows: module and function below `reactions`."""
    module = reaction.__module__.rpartition("reactions.")[2] or reaction.__module__
    return f"{module}.{reaction.__name__}"


_TABLE = Reactions(when={}, always=())


def register(table: Reactions) -> None:
    """Make the table of reactions known; called once, when the application starts."""
    global _TABLE
    _TABLE = table


def table() -> Reactions:
    """The table of reactions in force."""
    return _TABLE


def fan_out(at: datetime, limit: int = 200) -> int:
    """Turn Pending rows into follow-ups, one transaction per call. Returns how many entries were looked at."""
    with transaction.atomic():
        rows = list(skip_locked(Pending.objects.order_by("entry_id"))[:limit])
        if not rows:
            return 0
        keys = [row.entry_id for row in rows]
        entries = Entry.objects.only("event", "at").in_bulk(keys)
        names = {event: _TABLE.names_for(event) for event in {entry.event for entry in entries.values()}}
        waits = _TABLE.waits_by_name()
        FollowUp.objects.bulk_create(
            [
                FollowUp(
                    entry_id=key,
                    reaction=reaction,
                    next_try_at=max(at, entries[key].at + waits[reaction]) if reaction in waits else at,
                )
                for key in keys
                for reaction in names[entries[key].event]
            ],
            ignore_conflicts=True,
            batch_size=500,
        )
        failpoint("after_fan_out")
        Pending.objects.filter(pk__in=keys).delete()
    return len(rows)


def claim(at: datetime, limit: int = 20) -> tuple[UUID, list[FollowUp]]:
    """Lease up to `limit` follow-ups that are due, oldest first. Two workers never get the same one."""
    lease = uuid4()
    with transaction.atomic():
        due = FollowUp.objects.filter(state=FollowUp.State.WAITING, lease__isnull=True, next_try_at__lte=at)
        chosen = list(skip_locked(due.order_by("next_try_at", "id")).values_list("pk", flat=True)[:limit])
        if chosen:
            FollowUp.objects.filter(pk__in=chosen, state=FollowUp.State.WAITING, lease__isnull=True).update(
                lease=lease, leased_until=at + LEASE
            )
    if not chosen:
        return lease, []
    failpoint("after_claim")
    rows = FollowUp.objects.filter(lease=lease, pk__in=chosen).select_related("entry").order_by("next_try_at", "id")
    return lease, list(rows)


def give_back(lease: UUID) -> int:
    """Let go of what was claimed and not begun, so that another worker need not wait for the lease to run out."""
    mine = FollowUp.objects.filter(lease=lease, state=FollowUp.State.WAITING)
    return mine.update(lease=None, leased_until=None)


def run(batch: Sequence[FollowUp], lease: UUID, now: Callable[[], datetime], *, stops: Callable[[], bool]) -> int:
    """Run a leased batch and write down what came of it. Returns how many are done.

    Those that are done are written down together, every second at the latest: while very many wait, a commit for each
    would take longer than the work itself. When `stops` says so, the rest is given back.
    """
    done: list[int] = []
    finished, written_at = 0, time.monotonic()
    for follow_up in batch:
        if stops():
            break
        if _is_done(follow_up, lease, now):
            done.append(follow_up.pk)
        if time.monotonic() - written_at > 1.0:
            finished += _write_down(done, lease, now())
            done, written_at = [], time.monotonic()
    finished += _write_down(done, lease, now())
    give_back(lease)
    return finished


def _write_down(done: Sequence[int], lease: UUID, at: datetime) -> int:
    if not done:
        return 0
    mine = FollowUp.objects.filter(pk__in=done, lease=lease, state=FollowUp.State.WAITING)
    return mine.update(
        state=FollowUp.State.DONE, done_at=at, lease=None, leased_until=None, attempts=models.F("attempts") + 1
    )


def _is_done(follow_up: FollowUp, lease: UUID, now: Callable[[], datetime]) -> bool:
    """Run one. What it could not do yet, or at all, is written down at once."""
    mine = FollowUp.objects.filter(pk=follow_up.pk, lease=lease, state=FollowUp.State.WAITING)
    reaction = _TABLE.by_name().get(follow_up.reaction)
    if reaction is None:
        return _write_down_failure(mine, follow_up, now(), "this version has no such reaction", for_good=True)
    if now() + timedelta(seconds=5) > (follow_up.leased_until or now()):
        return False  # the batch took too long; whoever claims it next has time for it
    try:
        reaction(follow_up.entry)
    except TryLaterError as error:
        return _write_down_failure(mine, follow_up, now(), str(error))
    except Exception as error:  # a reaction may fail in any way; the row says how and the worker goes on
        log.exception("follow-up %s of entry %s failed", follow_up.reaction, follow_up.entry.uid)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()  # one that broke under the reaction is not used again
        return _write_down_failure(mine, follow_up, now(), f"{type(error).__name__}: {fault_of(error) or error}")
    return True


def _write_down_failure(
    mine: models.QuerySet[FollowUp], follow_up: FollowUp, at: datetime, error: str, *, for_good: bool = False
) -> bool:
    attempts = follow_up.attempts + 1
    give_up = for_good or (at - follow_up.entry.at > GIVE_UP_AFTER and attempts > 3)
    mine.update(
        state=FollowUp.State.FAILED if give_up else FollowUp.State.WAITING,
        attempts=attempts,
        next_try_at=at + wait_before(attempts),
        last_error=error[:500],
        lease=None,
        leased_until=None,
    )
    return False


def wait_before(attempts: int, jitter: Callable[[float, float], float] = random.uniform) -> timedelta:
    """How long to wait after so many attempts: doubling from five seconds to four hours, a fifth of it by chance."""
    seconds = min(5.0 * 2 ** min(attempts - 1, 20), LONGEST_WAIT.total_seconds())
    return timedelta(seconds=seconds * jitter(0.9, 1.1))


def reap(at: datetime) -> int:
    """Return follow-ups whose worker died within its lease. Returns how many.

    Each counts as an attempt: a follow-up that takes its worker down with it waits longer every time, is given up
    like any other and so becomes visible, instead of stopping one worker after the other for ever.
    """
    lost = FollowUp.objects.filter(state=FollowUp.State.WAITING, lease__isnull=False, leased_until__lt=at)
    rows = list(lost.select_related("entry").order_by("leased_until", "id")[:500])
    for row in rows:
        still = FollowUp.objects.filter(pk=row.pk, lease=row.lease, state=FollowUp.State.WAITING)
        _write_down_failure(still, row, at, "the worker stopped before this was done")
    return len(rows)


def try_again(follow_up: FollowUp, at: datetime) -> bool:
    """Put a failed follow-up back into the queue. Returns False when it is not failed any more."""
    rows = FollowUp.objects.filter(pk=follow_up.pk, state=FollowUp.State.FAILED)
    return rows.update(state=FollowUp.State.WAITING, next_try_at=at) == 1


def discard_pending_before(last_entry: int) -> int:
    """Drop what would follow from entries up to this one: history that was loaded has already happened."""
    deleted, _ = Pending.objects.filter(entry_id__lte=last_entry).delete()
    return deleted


def oldest_pending(at: datetime) -> timedelta:
    """How long the oldest entry has waited for its follow-ups to be written."""
    first = Pending.objects.order_by("entry_id").first()
    return max(at - first.since, timedelta()) if first else timedelta()
