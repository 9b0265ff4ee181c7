"""Taking an alarm: each rings once, whoever hears it first. Called by the verbs of the clock only."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from amends.complaints.alarms import next_alarm
from amends.complaints.models import Deadline
from amends.kit.refusal import Refusal


def take_alarm(deadline: Deadline, what: Deadline.Alarm, at: datetime, **changes: Any) -> None:
    """Move a deadline on to its next alarm by compare-and-set, together with what this one changes.

    Refusals: `too_early` before its moment; `stale` when another worker was first or the deadline has ended or moved.
    """
    if deadline.alarm != what or deadline.alarm_at is None:
        raise _stale()
    if deadline.alarm_at > at:
        raise Refusal("too_early", _("This is not due yet."), facts={"due": deadline.alarm_at.isoformat()})
    before = deadline.alarm_at
    for name, value in changes.items():
        setattr(deadline, name, value)
    following = next_alarm(deadline, after=before if what in {"remind", "update"} else at)
    deadline.alarm, deadline.alarm_at = following or ("", None)
    rows = Deadline.objects.open().filter(pk=deadline.pk, alarm=what, alarm_at=before)
    if rows.update(alarm=deadline.alarm, alarm_at=deadline.alarm_at, **changes) != 1:
        raise _stale()


def _stale() -> Refusal:
    return Refusal("stale", _("This was done already, or the deadline has ended or moved meanwhile."))
