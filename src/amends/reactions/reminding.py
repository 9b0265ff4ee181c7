"""Reminders beside the deadlines: a hand-over nobody answers, a permission, a loan or a training that ends soon.

Each row carries the moment at which somebody is reminded; the verb takes it away by compare-and-set, so that of several
workers one reminds, and nobody is reminded twice.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from amends.complaints.actions import remind_of
from amends.complaints.models import ActingAuthority, HandOver, SignificantAlert
from amends.complaints.waiting import is_over
from amends.kit.dialect import fault_of
from amends.kit.refusal import Refusal
from amends.people.actions import remind_of_end
from amends.people.ending import has_ended
from amends.people.models import Delegation, Training
from amends.people.standing import SYSTEM

log = logging.getLogger("amends.reminding")

BATCH = 50
#: One whose verb failed is left alone for this long, so that it cannot keep others waiting.
SET_BACK = timedelta(minutes=5)

_OF_COMPLAINTS = (HandOver, ActingAuthority, SignificantAlert)
_OF_PEOPLE = (Delegation, Training)

#: Until when which rows are left alone by this process.
_set_back: dict[tuple[str, int], datetime] = {}


def ring(at: datetime, *, batch: int = BATCH) -> int:
    """Remind of what is due, the earliest first. Returns how many rows were seen to. Five short queries."""
    for key in [key for key, until in _set_back.items() if until <= at]:
        _set_back.pop(key, None)
    done = 0
    for model in _OF_COMPLAINTS:
        rows = model.objects.select_related("complaint")
        done += _see_to(rows, at, batch, lambda row, _at: is_over(row), remind_of)
    for held in _OF_PEOPLE:
        done += _see_to(held.objects.all(), at, batch, has_ended, remind_of_end)
    return done


def _see_to(
    rows: QuerySet[Any], at: datetime, batch: int, over: Callable[[Any, datetime], bool], verb: Callable[..., object]
) -> int:
    done = 0
    table = rows.model._meta.label
    left_alone = [key for name, key in _set_back if name == table]
    for row in rows.filter(remind_at__lte=at).exclude(pk__in=left_alone).order_by("remind_at", "pk")[:batch]:
        try:
            if over(row, at):
                rows.model.objects.filter(pk=row.pk).update(remind_at=None)
            else:
                verb(row, by=SYSTEM, at=at)
            done += 1
        except Refusal as refusal:
            log.warning("reminder of %s %s: %s", table, row.pk, refusal.code)
            _set_back[table, row.pk] = at + SET_BACK
        except Exception as error:  # one that cannot be read must not stop the others; it is tried again
            if fault_of(error) is not None:
                raise
            log.exception("reminder of %s %s failed", table, row.pk)
            _set_back[table, row.pk] = at + SET_BACK
    return done
