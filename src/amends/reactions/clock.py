"""The clock: takes the alarms that are due, the earliest first, and calls a verb for each as the system person.

Several verbs share a transaction, a savepoint each, so that one that fails takes no other with it and a worker that is
killed leaves nothing half done: what it had not committed rings again for the next. On PostgreSQL many workers take
alarms side by side (rows that another holds are skipped); on SQLite one at a time, by a lease that is short enough to
hand over within seconds. Which worker hears an alarm does not matter: the verb moves it by compare-and-set, so it
rings once. No alarm rings before its moment on the clock of `amends.reactions.true_time`.
"""

import logging
from collections.abc import Callable
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
from amends.journal import leases
from amends.kit.dialect import is_single_host, skip_locked
from amends.kit.failpoints import failpoint
from amends.kit.refusal import Refusal
from amends.people.standing import SYSTEM
from amends.permissions import engine

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

_failed_lately: dict[int, datetime] = {}


def ring(holder: str, at: datetime, *, batch: int = BATCH) -> int:
    """Call the verbs of up to `batch` alarms that are due. Returns how many were taken."""
    if is_single_host() and leases.take(DUTY, holder, at, LEASE) is None:
        return 0
    with transaction.atomic():
        due = _due(at)[:batch]
        for deadline in due:
            _one(deadline, at)
        failpoint("before_alarms_commit")
    return len(due)


def _due(at: datetime) -> list[Deadline]:
    rows = Deadline.objects.ringing(at)
    skipped = [key for key, until in _failed_lately.items() if until > at]
    if skipped:
        rows = rows.exclude(pk__in=skipped)
    keys = list(skip_locked(rows)[:BATCH].values_list("pk", flat=True))
    full = Deadline.objects.filter(pk__in=keys).select_related(
        "complaint__handler__manager", "complaint__lead_unit", "complaint__product", "calendar", "pack"
    )
    full = full.defer("calendar__document", "pack__document")
    return sorted(full, key=lambda deadline: (deadline.alarm_at, deadline.pk))


def _one(deadline: Deadline, at: datetime, by: engine.Person = SYSTEM) -> None:
    """One verb in its savepoint. What was met, moved or taken meanwhile is left alone."""
    try:
        with transaction.atomic():
            VERBS[deadline.alarm](deadline, by=by, at=at)
    except Refusal as refusal:
        log.info("alarm %s of deadline %s: %s", deadline.alarm, deadline.pk, refusal.code)
        if refusal.code != "stale":
            _failed_lately[deadline.pk] = at + SET_BACK
    except Exception:  # one deadline that cannot be read must not stop the others; it is tried again
        log.exception("alarm %s of deadline %s failed", deadline.alarm, deadline.pk)
        _failed_lately[deadline.pk] = at + SET_BACK


def catch_up(until: datetime) -> int:
    """Ring everything up to a moment, each at its own time: for a history that is told after the fact."""
    done = 0
    while True:
        first = Deadline.objects.ringing(until).values_list("alarm_at", flat=True).first()
        if first is None:
            return done
        with transaction.atomic():
            for deadline in _due(first, BATCH):
                _one(deadline, first)
                done += 1


def oldest_ringing(at: datetime) -> timedelta:
    """By how much the earliest alarm is late: what readiness looks at."""
    first = Deadline.objects.ringing(at).values_list("alarm_at", flat=True).first()
    return max(at - first, timedelta()) if first is not None else timedelta()
