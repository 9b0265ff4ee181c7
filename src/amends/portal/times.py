"""The times we promise, in working days: always those of the rule pack, never typed by hand."""

from dataclasses import dataclass
from datetime import datetime

from amends.complaints.deadlines import clock_of
from amends.complaints.models import Deadline
from amends.framework.models import RulePackVersion
from amends.framework.queries import pack_in_force


@dataclass(frozen=True)
class Times:
    """Working days."""

    acknowledgement: int
    decision: int
    answer: int
    review: int


def times_of(pack: RulePackVersion) -> Times:
    """The times of a pack."""
    kind = Deadline.Kind
    return Times(*(_days(pack, each) for each in (kind.ACKNOWLEDGEMENT, kind.DECISION, kind.ANSWER, kind.REVIEW)))


def times_now(at: datetime) -> Times:
    """The times for a complaint that comes in now."""
    return times_of(pack_in_force(at))


def _days(pack: RulePackVersion, kind: Deadline.Kind) -> int:
    return int(clock_of(pack, kind.value)["count"])
