"""What waits for somebody beside the deadlines, and ends or is reminded of at a moment."""

from datetime import datetime, time

from amends.complaints.models import ActingAuthority, HandOver, SignificantAlert
from amends.framework.queries import the_organisation

Waits = HandOver | ActingAuthority | SignificantAlert


def what_of(waits: Waits) -> str:
    """Its code in the journal."""
    if isinstance(waits, HandOver):
        return "hand_over"
    return "authority" if isinstance(waits, ActingAuthority) else "significant"


def due_of(waits: Waits) -> datetime:
    """The moment that matters to whoever is reminded."""
    if isinstance(waits, HandOver):
        return waits.due_at
    if isinstance(waits, ActingAuthority):
        assert waits.valid_until is not None
        return datetime.combine(waits.valid_until, time(0), the_organisation().zone)
    return waits.raised_at


def is_over(waits: Waits) -> bool:
    """Whether nobody has to be reminded any more."""
    if waits.complaint.is_ended:
        return True
    if isinstance(waits, HandOver):
        return not waits.is_open
    return (waits.ended_at if isinstance(waits, ActingAuthority) else waits.reacted_at) is not None
