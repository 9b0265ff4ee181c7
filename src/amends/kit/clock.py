"""The one place that reads the clock; everything below a door is given its moment."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC. Doors, commands and workers call this; verbs are given `at`."""
    return datetime.now(UTC)


def to_the_minute(moment: datetime) -> datetime:
    """Cut a moment to its minute: all that is kept of when an anonymous person acted (P-40)."""
    return moment.replace(second=0, microsecond=0)
