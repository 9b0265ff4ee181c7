"""“Why this date?”: how each day that is promised to the complainant was counted, in plain words and as a picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from amends.complaints.counting import explanation_of
from amends.complaints.models import Complaint, Deadline, Pause
from amends.complaints.models.complaint import Precision
from amends.portal.facts import Clocks, clocks_of
from amends.portal.following import Following, for_the_complainant
from amends.portal.timing import dated
from amends.portal.visiting import PortalVisit
from amends.ui.explaining import About, Explained, Register, explained

Kind = Deadline.Kind

#: What the complainant knows of. Other clocks are our own affair.
TITLES: dict[Kind, str | Promise] = {
    Kind.REVIEW: _("Our second look at your complaint"),
    Kind.DECISION: _("Our decision"),
    Kind.ACKNOWLEDGEMENT: _("Our confirmation"),
    Kind.UPDATE: _("News from us"),
    Kind.ANSWER: _("Your answer to our decision"),
    Kind.EXTERNAL: _("Your time to turn to a body outside"),
}


@dataclass(frozen=True)
class Dated:
    """One day and how it was counted.

    `first_day`: the one that was named at first, where it is another; `was_recounted` if that is due to the calendar.
    `others`: how many more clocks of the same kind run, which end later.
    """

    title: str | Promise
    explained: Explained
    due_at: datetime
    first_day: datetime | None
    was_recounted: bool
    is_late: bool
    promised_at: datetime | None
    others: int


@require_safe
@for_the_complainant
def why(visit: PortalVisit, following: Following) -> HttpResponse:
    """Every day that is still to come or was missed, with its sum."""
    complaint = following.complaint
    dates = list(dates_of(complaint, clocks_of(complaint), visit.now))
    return render(visit, "portal/why.html", {"complaint": complaint, "dates": dates})


def dates_of(complaint: Complaint, clocks: Clocks, now: datetime, *kinds: Kind) -> Iterator[Dated]:
    """The strictest clock of each kind that runs, or of these kinds only."""
    for running in dated(complaint, clocks, *kinds).values():
        yield _dated(complaint, clocks, running[0], now, others=len(running) - 1)


def _dated(complaint: Complaint, clocks: Clocks, deadline: Deadline, now: datetime, *, others: int) -> Dated:
    counted = explanation_of(deadline)
    if counted is None:
        raise ValueError(f"deadline {deadline.pk} was promised, not counted")
    pause = clocks.standing.get(deadline.pk)
    given = clocks.extensions.get(deadline.pk, [])
    about = About(
        event=deadline.basis.get("event", ""),
        due_at=deadline.due_at,
        is_owed_by_us=deadline.owed_by == Deadline.OwedBy.ORGANISATION,
        paused_until=pause.ends_by if pause else None,
        reasons=[extension.reason for extension in given],
        is_day_only=_is_day_only(complaint, deadline),
    )
    has_moved = timezone.localtime(deadline.first_due_at).date() != timezone.localtime(deadline.due_at).date()
    stood_still = any(stop["why"] in Pause.Why.values for stop in deadline.basis["stops"])
    return Dated(
        title=TITLES[Kind(deadline.kind)],
        explained=explained(counted, about, Register.PLAIN),
        due_at=deadline.due_at,
        first_day=deadline.first_due_at if has_moved else None,
        was_recounted=has_moved and not given and not stood_still,
        is_late=deadline.owed_by == Deadline.OwedBy.ORGANISATION and deadline.due_at < now,
        promised_at=deadline.promised_at,
        others=others,
    )


def _is_day_only(complaint: Complaint, deadline: Deadline) -> bool:
    return deadline.starts_at == complaint.received_at and complaint.received_precision == Precision.DAY
