"""The times we promise: always those of the rules that apply, never typed by hand."""

from dataclasses import dataclass
from datetime import datetime

from amends.calendars.limits import Limit
from amends.complaints.deadlines import packs_of
from amends.complaints.models import Complaint, Deadline
from amends.framework.which_packs import Packs, clocks_of, packs_for


@dataclass(frozen=True)
class Times:
    """How long each step may take; None where no rule says so."""

    acknowledgement: Limit | None
    decision: Limit | None
    answer: Limit | None
    review: Limit | None


def times_of(complaint: Complaint) -> Times:
    """The times that hold for a complaint. One query."""
    return _times(packs_of(complaint))


def times_now(at: datetime) -> Times:
    """The times for a complaint about anything that comes in now."""
    return _times(packs_for(product=None, site="", complainant_kind="", at=at))


def _times(packs: Packs) -> Times:
    kind = Deadline.Kind
    clocks = [each.clock for each in clocks_of(packs)]

    def first(kind: Deadline.Kind) -> Limit | None:
        return next((clock.limit for clock in clocks if clock.kind == kind.value), None)

    return Times(first(kind.ACKNOWLEDGEMENT), first(kind.DECISION), first(kind.ANSWER), first(kind.REVIEW))
