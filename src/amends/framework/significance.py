"""The criteria for significant complaints, read: what is met by how a complaint was judged (ISO 10002, 5.4.1)."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from amends.framework.models import Significance


class Why(StrEnum):
    """A criterion. The journal and the alert keep these codes."""

    SEVERITY = "severity"
    SAFETY = "safety"
    BLOCKED_ACTION = "blocked_action"
    PEOPLE = "people"
    STAFF = "staff"


@dataclass(frozen=True)
class Criteria:
    """What makes a complaint significant. None or False: that criterion is not used."""

    severity_from: int | None = 4
    people_from: int | None = 50
    for_safety: bool = True
    for_blocked_action: bool = True
    said_by_staff: bool = True
    version: int = 0

    def met_by(
        self, *, severity: int, is_safety: bool, is_action_blocked: bool, people_affected: int | None
    ) -> tuple[Why, ...]:
        """The criteria that a judgement meets; none for a complaint that is not significant."""
        met = {
            Why.SEVERITY: self.severity_from is not None and severity >= self.severity_from,
            Why.SAFETY: self.for_safety and is_safety,
            Why.BLOCKED_ACTION: self.for_blocked_action and is_action_blocked,
            Why.PEOPLE: self.people_from is not None and (people_affected or 0) >= self.people_from,
        }
        return tuple(why for why, is_met in met.items() if is_met)

    def is_like(self, other: "Criteria") -> bool:
        """Whether both say the same, whatever their version."""
        return {**asdict(self), "version": 0} == {**asdict(other), "version": 0}


def significance_now() -> Criteria:
    """The criteria in force. One short query; without any, the usual ones."""
    newest = Significance.objects.order_by("-version").first()
    return criteria_of(newest) if newest is not None else Criteria()


def criteria_of(row: Significance) -> Criteria:
    """A stored version, read."""
    return Criteria(
        row.severity_from, row.people_from, row.for_safety, row.for_blocked_action, row.said_by_staff, row.version
    )
