"""Which time it is for the clock. A deadline must never be called late because one machine's clock is wrong.

Where several hosts share a database, its server's clock counts for all: a host that is five minutes ahead calls
nothing early. Whatever is asked is held against the steady clock of this machine, which nobody can set: a jump of more
than a few seconds is not believed until it has lasted. A clock that was put right is followed after that; one that
jumped and came back has called nothing early. Time that goes backwards calls nothing at all, it only waits.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from amends.kit import clock
from amends.kit.dialect import time_of_database

#: A difference that drift, a slow answer or a leap second explains.
TOLERANCE = timedelta(seconds=5)
#: How long a jump has to last before it is believed.
BELIEVED_AFTER = timedelta(seconds=90)


def _steady_seconds() -> float:
    """Seconds that only ever grow, also while the machine sleeps where the system can tell."""
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(boot_time) if boot_time is not None else time.monotonic()


def _asked() -> datetime:
    return time_of_database() or clock.now()


class TrueTime:
    """The moment that alarms are held against. One per worker."""

    def __init__(self, ask: Callable[[], datetime] = _asked, steady: Callable[[], float] = _steady_seconds) -> None:
        self._ask, self._steady = ask, steady
        self._base: tuple[datetime, float] | None = None
        self._doubted_since: float | None = None

    def now(self) -> datetime:
        """The time; while a jump is doubted, the earlier of what is said and what it would be without the jump."""
        said, steady = self._ask(), self._steady()
        if self._base is None:
            self._base = said, steady
            return said
        expected = self._base[0] + timedelta(seconds=steady - self._base[1])
        if abs(said - expected) <= TOLERANCE:
            self._base, self._doubted_since = (said, steady), None
            return said
        if self._doubted_since is None:
            self._doubted_since = steady
        if timedelta(seconds=steady - self._doubted_since) >= BELIEVED_AFTER:
            self._base, self._doubted_since = (said, steady), None
            return said
        return min(said, expected)

    @property
    def is_in_doubt(self) -> bool:
        """Whether a jump was seen that has not lasted long enough to be believed."""
        return self._doubted_since is not None
