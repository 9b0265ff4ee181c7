"""The clock: takes the alarms that are due, the earliest first, and calls a verb for each as the system person.

Several verbs share a transaction, a savepoint each, so that one that fails takes no other with it and a worker that is
killed leaves nothing half done: what it had not committed rings again for the next. Their entries are written together
at the end of the transaction. On PostgreSQL many workers take alarms side by side (what another holds is skipped); on
SQLite one at a time, by a lease that is short enough to hand over within seconds. The complaint is locked together with
its deadline, so that a person and the clock never wait for each other in a circle (`amends.complaints.deadlines.hold`).
Which worker hears an alarm does not matter: the verb moves it by compare-and-set, so it rings once. No alarm rings
before its moment on the clock of `amends.reactions.true_time`.
"""

import heapq
import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from amends.complaints.actions import (
    deem,
    escalate,
    lapse,
    overdue,
    remind,
    resume_by_itself,
    want_update,
)
from amends.complaints.models import Deadline
from amends.complaints.models.deadline import DeadlineQuerySet
from amends.journal import leases
from amends.journal.recording import together
from amends.kit.dialect import fault_of, is_single_host, skip_locked
from amends.kit.failpoints import failpoint
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM

log = logging.getLogger("amends.clock")

DUTY = "clock"
LEASE = timedelta(seconds=15)
BATCH = 50
#: An alarm whose verb failed is left alone for this long, so that it cannot keep others waiting.
SET_BACK = timedelta(minutes=5)

Verb = Callable[..., object]

VERBS: dict[str, Verb] = {
    Deadline.Alarm.REMIND: remind,
    Deadline.Alarm.UPDATE: want_update,
    Deadline.Alarm.RESUME: resume_by_itself,
    Deadline.Alarm.OVERDUE: overdue,
    Deadline.Alarm.LAPSE: lapse,
    Deadline.Alarm.DEEM: deem,
    Deadline.Alarm.ESCALATE: escalate,
}

#: Until when which deadlines are left alone by this process.
_set_back: dict[int, datetime] = {}


def ring(holder: str, at: datetime, *, batch: int = BATCH) -> int:
    """Call the verbs of up to `batch` deadlines that are due, in the order of time. Returns how many alarms rang."""
    for key in [key for key, until in _set_back.items() if until <= at]:
        _set_back.pop(key, None)
    waiting = Deadline.objects.ringing(at).exclude(pk__in=list(_set_back))
    if not waiting.exists() or (is_single_host() and leases.take(DUTY, holder, at, LEASE) is None):
        return 0
    with transaction.atomic():
        deadlines = _taken(waiting, batch)
        rung, failed = _ring_in_order(deadlines, at, until=_last(deadlines, at) if len(deadlines) == batch else at)
        failpoint("before_alarms_commit")
    _set_back.update(dict.fromkeys(failed, at + SET_BACK))
    return rung


def _taken(waiting: DeadlineQuerySet, batch: int) -> list[Deadline]:
    """The earliest of them with what their verbs need, held for this transaction with their complaints."""
    rows = waiting.select_related(
        "complaint__handler__manager", "complaint__lead_unit", "complaint__product", "calendar", "pack"
    ).defer("calendar__document", "pack__document")
    return list(skip_locked(rows, of=("self", "complaint"))[:batch])


def _last(deadlines: Iterable[Deadline], at: datetime) -> datetime:
    return max((deadline.alarm_at or at for deadline in deadlines), default=at)


def _ring_in_order(deadlines: Iterable[Deadline], at: datetime, *, until: datetime) -> tuple[int, set[int]]:
    """Ring these, and what rings next of them up to `until`; those beyond it have their turn after others.

    Returns how many rang, and the deadlines whose verb failed.
    """
    ahead = [(deadline.alarm_at or at, deadline.pk, deadline) for deadline in deadlines]
    heapq.heapify(ahead)
    rung, failed = 0, set()
    with together("complaint", {deadline.complaint_id for _, _, deadline in ahead}) as entries:
        while ahead:
            _moment, key, deadline = heapq.heappop(ahead)
            before = len(entries.made)
            if not _rang(deadline, at):
                entries.forget(before)
                failed.add(key)
                continue
            rung += 1
            if deadline.alarm_at is not None and deadline.alarm_at <= until:
                heapq.heappush(ahead, (deadline.alarm_at, key, deadline))
    return rung, failed


def _rang(deadline: Deadline, at: datetime) -> bool:
    """Call the verb, which is a savepoint of its own here. A fault of the database is not the fault of a deadline."""
    try:
        VERBS[deadline.alarm](deadline, by=SYSTEM, at=at)
    except Refusal as refusal:
        log.warning("alarm %s of deadline %s: %s", deadline.alarm, deadline.pk, refusal.code)
        return False
    except Exception as error:  # one deadline that cannot be read must not stop the others; it is tried again
        if fault_of(error) is not None:
            raise
        log.exception("alarm %s of deadline %s failed", deadline.alarm, deadline.pk)
        return False
    return True


def catch_up(until: datetime) -> int:
    """Ring everything up to a moment, each at its own time: for a history that is told after the fact."""
    done, given_up = 0, set[int]()
    while True:
        with transaction.atomic():
            waiting = Deadline.objects.ringing(until).exclude(pk__in=given_up)
            moment = waiting.values_list("alarm_at", flat=True).first()
            if moment is None:
                return done
            rung, failed = _ring_in_order(_taken(waiting.filter(alarm_at=moment), BATCH), moment, until=moment)
            done, given_up = done + rung, given_up | failed


def oldest_ringing(at: datetime) -> timedelta:
    """By how much the earliest alarm is late: what readiness looks at."""
    first = Deadline.objects.ringing(at).values_list("alarm_at", flat=True).first()
    return max(at - first, timedelta()) if first is not None else timedelta()
