"""The worker: writes and runs follow-ups, seals the journal, sweeps what has run out. Several may run at once."""

import logging
import os
import socket
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import close_old_connections, connections

from amends.journal import checkpoints, leases, outbox, sealing
from amends.kit import clock
from amends.kit.dialect import fault_of
from amends.reactions import clock as clock_of_deadlines
from amends.reactions import reminding, sweeping
from amends.reactions.notices import alerts
from amends.reactions.true_time import TrueTime

log = logging.getLogger("amends.worker")

IDLE = 0.5
#: A thread that has its answer from the database does not wait long for one that computes.
SWITCH = 0.001
HEARTBEAT = "amends:worker:"
HEARTBEAT_KEPT = 600
IN_DOUBT = "amends:clock:doubt"
DOUBT_KEPT = 30


def own_name() -> str:
    """This process among all workers."""
    return f"{socket.gethostname()}:{os.getpid()}"


class Worker:
    """One process with a thread for each kind of work. `stop` may be set from outside, a signal for example."""

    def __init__(self, *, runners: int = 2) -> None:
        self.name = own_name()
        self.stop = threading.Event()
        self.time = TrueTime()
        self.is_behind = threading.Event()
        self.told_lately: dict[int, datetime] = {}
        self.loops: list[tuple[str, Callable[[datetime], bool], float]] = [
            ("fan-out", self.fan_out, IDLE),
            ("sealer", self.seal, IDLE),
            ("clock", self.ring, IDLE),
            ("alerts", self.tell, 2.0),
            ("sweeper", self.sweep, 20.0),
            ("heartbeat", self.beat, 5.0),
            *((f"runner-{number}", self.run_some, IDLE) for number in range(1, runners + 1)),
        ]

    def run(self) -> None:
        """Work until stopped."""
        sys.setswitchinterval(SWITCH)
        threads = [
            threading.Thread(target=self._loop, name=name, args=(name, work, pause), daemon=True)
            for name, work, pause in self.loops
        ]
        for thread in threads:
            thread.start()
        while not self.stop.wait(1.0):
            if not all(thread.is_alive() for thread in threads):
                log.error("a thread of the worker has ended; the process ends with it, to be started again")
                os._exit(70)
        for thread in threads:
            thread.join(timeout=30)
        self.give_back_duties()
        connections.close_all()

    def give_back_duties(self) -> None:
        """Whoever follows need not wait until the leases have run out."""
        for duty in (sealing.DUTY, clock_of_deadlines.DUTY, alerts.DUTY, sweeping.DUTY):
            leases.give_back(duty, self.name, clock.now())

    def _loop(self, name: str, work: Callable[[datetime], bool], pause: float) -> None:
        """Call `work` for ever. It tells whether there may be more to do at once."""
        wait = 0.0
        while not self.stop.wait(wait):
            try:
                close_old_connections()
                wait = 0.0 if work(self.time.now()) else pause
            except Exception as error:  # a worker outlives every fault of what it works on
                fault = fault_of(error)
                if fault is None:
                    log.exception("%s failed", name)
                else:
                    log.warning("%s waits: the database is %s", name, fault)
                for connection in connections.all(initialized_only=True):
                    connection.close()
                wait = max(pause, 2.0)
        connections.close_all()

    def fan_out(self, at: datetime) -> bool:
        """Write follow-ups for new entries, and take back what a dead worker held."""
        outbox.reap(at)
        return outbox.fan_out(at) > 0

    def run_some(self, at: datetime) -> bool:
        """Run a batch of follow-ups. Deadlines come first: while very many are due, what follows from them waits."""
        if self.is_behind.is_set():
            return False
        lease, batch = outbox.claim(at)
        outbox.run(batch, lease, self.time.now, stops=lambda: self.stop.is_set() or self.is_behind.is_set())
        return bool(batch)

    def seal(self, at: datetime) -> bool:
        """Number entries, sign checkpoints and put them where the database cannot reach them."""
        fence = leases.take(sealing.DUTY, self.name, at, sealing.LEASE)
        if fence is None:
            return False
        sealed = sealing.seal_batch(self.name, fence, at)
        checkpoints.make_checkpoint(self.name, fence, at)
        checkpoints.anchor_to_file(at)
        return sealed > 0

    def ring(self, at: datetime) -> bool:
        """Call the verbs of deadlines whose moment has come."""
        rung = 0
        try:
            rung = clock_of_deadlines.ring(self.name, at)
        finally:
            (self.is_behind.set if rung >= clock_of_deadlines.BATCH else self.is_behind.clear)()
        return reminding.ring(at) > 0 or rung > 0

    def tell(self, at: datetime) -> bool:
        """Send what members of staff are to hear about deadlines; one worker at a time."""
        return alerts.tell(self.name, at, self.told_lately) > 0

    def sweep(self, at: datetime) -> bool:
        """Everything that is done now and then."""
        sweeping.sweep(self.name, at)
        return False

    def beat(self, at: datetime) -> bool:
        """Say that this worker is alive."""
        cache.set(f"{HEARTBEAT}last", at.timestamp(), HEARTBEAT_KEPT)
        if self.time.is_in_doubt:
            cache.set(IN_DOUBT, True, DOUBT_KEPT)
        return False


def drain(*, most: timedelta = timedelta(seconds=60), with_clock: bool = False) -> int:
    """Do all the work there is, in this thread, and come back: for commands and tests. Returns what was run.

    Deadlines ring only `with_clock`: a history that is told after the fact has its own time.
    """
    began, done = clock.now(), 0
    worker = Worker(runners=0)
    while clock.now() - began < most:
        at = clock.now()
        more = worker.fan_out(at)
        lease, batch = outbox.claim(at)
        outbox.run(batch, lease, clock.now, stops=lambda: False)
        done += len(batch)
        sealed = worker.seal(at)
        rung, told = (with_clock and worker.ring(at)), worker.tell(at)
        if not (more or batch or sealed or rung or told):
            break
    worker.give_back_duties()
    return done


def is_time_in_doubt() -> bool:
    """Whether a worker has just seen the time jump."""
    return bool(cache.get(IN_DOUBT))


def seconds_since_heartbeat(at: datetime) -> float | None:
    """How long ago a worker was last heard of; None when never."""
    last = cache.get(f"{HEARTBEAT}last")
    return None if last is None else at.timestamp() - float(last)
