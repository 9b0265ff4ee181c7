"""Which time it is for the worker. A deadline must never be called late because one machine's clock is wrong.

Where several hosts share a database, its server's clock counts for all: a host that is five minutes ahead calls
nothing early, and takes no duty from another that still holds it. Whatever is asked is held against the steady clock
of this machine, which nobody can set: a jump of more than a few seconds is not believed until it has lasted. A clock
that was put right is followed after that; one that jumped and came back, or goes on jumping, has called nothing early.
Time that goes backwards calls nothing at all, it only waits.
"""

import threading
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


def asked() -> datetime:
    """What the clock says that counts for all hosts, believed at once."""
    return time_of_database() or clock.now()


class _Mark:
    """A moment that was said, and when that was on the steady clock."""

    def __init__(self, said: datetime, steady: float) -> None:
        self.said, self.steady = said, steady

    def expects(self, steady: float) -> datetime:
        """What should be said now if nobody had touched the clock since."""
        return self.said + timedelta(seconds=steady - self.steady)


class TrueTime:
    """The moment that alarms and leases are held against. One per worker; its threads share it."""

    def __init__(self, ask: Callable[[], datetime] = asked, steady: Callable[[], float] = _steady_seconds) -> None:
        self._ask, self._steady = ask, steady
        self._believed: _Mark | None = None
        self._doubted: _Mark | None = None
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The time; while a jump is doubted, the earlier of what is said and what it would be without the jump."""
        said = self._ask()
        with self._lock:
            return self._held_against(_Mark(said, self._steady()))

    def _held_against(self, heard: _Mark) -> datetime:
        if self._believed is None or self._agree(heard, self._believed):
            self._believed, self._doubted = heard, None
            return heard.said
        if self._doubted is None or not self._agree(heard, self._doubted):
            self._doubted = heard
        if timedelta(seconds=heard.steady - self._doubted.steady) >= BELIEVED_AFTER:
            self._believed, self._doubted = heard, None
            return heard.said
        return min(heard.said, self._believed.expects(heard.steady))

    @staticmethod
    def _agree(heard: _Mark, earlier: _Mark) -> bool:
        return abs(heard.said - earlier.expects(heard.steady)) <= TOLERANCE

    @property
    def is_in_doubt(self) -> bool:
        """Whether a jump was seen that has not lasted long enough to be believed."""
        return self._doubted is not None
