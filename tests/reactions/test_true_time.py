"""The time that the worker believes: a clock that jumps calls nothing early, and is followed in the end."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from amends.kit import clock
from amends.kit.dialect import time_of_database
from amends.reactions import true_time
from amends.reactions.true_time import BELIEVED_AFTER, TOLERANCE, TrueTime
from tests.cast import AT
from tests.settings import ENGINE

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


class Host:
    """A machine: what time it really is, what its clock says, and its steady clock. It is asked every half second."""

    def __init__(self) -> None:
        self.true, self.wrong_by, self.steady = AT, timedelta(), 5000.0
        self.time = TrueTime(ask=lambda: self.true + self.wrong_by, steady=lambda: self.steady)
        self.time.now()

    def passes(self, seconds: float) -> None:
        """Time passes, and the worker looks at the clock all the while. It is never ahead of the truth."""
        for _half in range(int(seconds * 2)):
            self.true, self.steady = self.true + SECOND / 2, self.steady + 0.5
            assert self.time.now() <= self.true + TOLERANCE
            assert not (self.time.is_in_doubt and self.time.now() > self.true + self.wrong_by)

    def believes(self) -> timedelta:
        """By how much the time that it believes is wrong."""
        return self.time.now() - self.true


@pytest.fixture
def host() -> Host:
    return Host()


def test_a_clock_that_runs_as_it_should_is_believed(host):
    host.passes(600)
    assert host.believes() == timedelta()
    assert not host.time.is_in_doubt


@pytest.mark.parametrize("wrong_by", [SECOND, -SECOND, TOLERANCE, -TOLERANCE])
def test_a_leap_second_or_a_clock_put_right_by_seconds_is_followed_at_once(host, wrong_by):
    host.wrong_by = wrong_by
    host.passes(1)
    assert host.believes() == wrong_by
    assert not host.time.is_in_doubt


def test_drift_never_adds_up_to_a_jump(host):
    for _hour in range(24):
        host.wrong_by += SECOND
        host.true, host.steady = host.true + HOUR, host.steady + 3600
        host.time.now()
        assert not host.time.is_in_doubt
    assert host.believes() == 24 * SECOND


@pytest.mark.parametrize("jump", [HOUR, timedelta(minutes=5), timedelta(days=400), timedelta(seconds=6)])
@pytest.mark.parametrize("lasts", [1, 30, 89])
def test_a_jump_ahead_that_comes_back_has_called_nothing_early(host, jump, lasts):
    host.passes(60)
    host.wrong_by = jump
    host.passes(lasts)
    assert host.time.is_in_doubt
    assert host.believes() == timedelta()
    host.wrong_by = timedelta()
    host.passes(300)
    assert host.believes() == timedelta()
    assert not host.time.is_in_doubt


@pytest.mark.parametrize("lasts", [1, 30, 89])
def test_a_jump_back_only_waits(host, lasts):
    host.passes(60)
    host.wrong_by = -HOUR
    host.passes(lasts)
    assert host.believes() == -HOUR
    host.wrong_by = timedelta()
    host.passes(1)
    assert host.believes() == timedelta()


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_a_jump_that_lasts_is_believed_after_a_while(host, jump):
    """The clock had been wrong before: what is said now is the truth."""
    host.true, host.wrong_by = host.true + jump, timedelta()
    host.time.now()
    began = host.steady
    while host.time.is_in_doubt:
        assert host.believes() <= timedelta()
        host.passes(0.5)
    assert host.steady - began == BELIEVED_AFTER.total_seconds()
    assert host.believes() == timedelta()
    host.passes(60)


def test_a_clock_that_goes_on_jumping_is_not_believed(host):
    """Each jump has to last by itself; together they prove nothing."""
    for turn in range(12):
        host.wrong_by = HOUR * (1 + turn % 2)
        host.passes(60)
        assert host.time.is_in_doubt
        assert host.believes() == timedelta()


def test_a_jump_there_and_back_again_is_a_new_jump(host):
    host.wrong_by = HOUR
    host.passes(80)
    host.wrong_by = timedelta()
    host.passes(5)
    host.wrong_by = HOUR
    host.passes(80)
    assert host.believes() == timedelta()


def test_a_machine_that_slept_goes_on_at_once(host):
    """Its steady clock has counted the sleep."""
    host.true, host.steady = host.true + 9 * HOUR, host.steady + 9 * 3600
    assert host.believes() == timedelta()
    assert not host.time.is_in_doubt


def test_a_machine_whose_steady_clock_slept_too_goes_on_after_a_while(host):
    host.true += 9 * HOUR
    host.time.now()
    assert host.believes() == -9 * HOUR
    host.passes(BELIEVED_AFTER.total_seconds() + 1)
    assert host.believes() == timedelta()


def test_the_steady_clock_counts_sleep_where_the_system_can_tell(monkeypatch):
    assert abs(true_time._steady_seconds() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 1
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    assert abs(true_time._steady_seconds() - time.monotonic()) < 1


def test_threads_of_a_worker_may_ask_at_once():
    shared, doubts = TrueTime(ask=clock.now), []

    def ask() -> None:
        for _turn in range(500):
            shared.now()
            doubts.append(shared.is_in_doubt)

    threads = [threading.Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(doubts) == 4000
    assert not any(doubts)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong_by", [timedelta(minutes=5), timedelta(minutes=-5)])
def test_on_several_hosts_the_clock_of_the_database_counts(monkeypatch, wrong_by):
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + wrong_by)
    error = TrueTime().now() - real()
    if ENGINE == "postgresql":
        assert abs(error) < 2 * SECOND
    else:  # there is this host only, and nobody else to ask
        assert abs(error - wrong_by) < 2 * SECOND


@pytest.mark.django_db
def test_the_clock_of_the_database_goes_on_within_a_transaction():
    if ENGINE == "postgresql":
        first = time_of_database()
        connection.cursor().execute("SELECT pg_sleep(0.05)")
        assert time_of_database() - first >= timedelta(seconds=0.05)
    else:
        assert time_of_database() is None
