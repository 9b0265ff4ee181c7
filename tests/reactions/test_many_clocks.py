"""Several workers at once, workers that die, and databases that go: each alarm rings exactly once all the same."""

import time
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from amends.complaints.models import Complaint, Deadline
from amends.journal import leases
from amends.journal.models import Entry, Pending
from amends.kit import clock as host_clock
from amends.kit.dialect import is_single_host
from amends.reactions import clock
from amends.reactions.true_time import TrueTime
from tests import builders
from tests.cast import DAY
from tests.journal import journals
from tests.reactions.alarms import HOLDER, broken, moment, ring_all
from tests.settings import ENGINE

SECOND = timedelta(seconds=1)
LATE = moment("03-04T17:00")
MISSED = "complaints.deadline_missed"


@pytest.fixture(autouse=True)
def _nothing_is_set_back():
    clock._set_back.clear()
    yield
    clock._set_back.clear()


@pytest.fixture
def twelve(own_database):
    """Twelve complaints, each of whose clocks for the confirmation passes at `LATE`."""
    world = builders.a_world()
    for number in range(12):
        builders.a_receipt(world, text=f"Complaint number {number}")
    ring_all(LATE - SECOND)
    leases.give_back(clock.DUTY, HOLDER, LATE - SECOND)
    assert Deadline.objects.ringing(LATE).count() == 12
    assert not Entry.objects.filter(event=MISSED).exists()


def each_was_missed_once(count: int = 12) -> None:
    missed = Entry.objects.filter(event=MISSED)
    assert missed.count() == count
    assert missed.values("subject").distinct().count() == count
    assert Deadline.objects.filter(overdue_at__isnull=False).count() == count
    assert Pending.objects.filter(entry__event=MISSED).count() == count
    assert broken() == []


@pytest.mark.parametrize("workers", [2, 8])
def test_workers_side_by_side_ring_each_alarm_once(twelve, workers):
    barrier, errors, rung = Barrier(workers), [], []

    def work(name: str) -> None:
        at = LATE
        barrier.wait()
        try:
            for _turn in range(100):
                rung.append(clock.ring(name, at, batch=2))
                if not Deadline.objects.ringing(LATE).exists():
                    return
                at += SECOND
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work, args=(f"worker {number}",)) for number in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sum(rung) == 12
    each_was_missed_once()


@pytest.mark.parametrize("point", ["before_alarms_commit", "after_facts@1", "after_facts@7", "after_entry@12"])
def test_a_worker_that_is_killed_has_done_nothing_by_halves(twelve, point):
    entries = Entry.objects.count()
    assert journals.in_child(lambda: clock.ring("killed", LATE), dies_at=point) == journals.KILLED
    assert Entry.objects.count() == entries
    assert not Deadline.objects.filter(overdue_at__isnull=False).exists()
    assert Deadline.objects.ringing(LATE).count() == 12
    if is_single_host():
        assert clock.ring("next", LATE + SECOND) == 0, "the dead one holds the duty"
    assert ring_all(LATE + clock.LEASE + SECOND, holder="next") == 12
    each_was_missed_once()


def test_a_worker_killed_after_some_batches_leaves_only_what_it_had_not_begun(twelve):
    work = lambda: ring_all(LATE, batch=5, holder="killed")  # noqa: E731
    assert journals.in_child(work, dies_at="before_alarms_commit@2") == journals.KILLED
    assert Entry.objects.filter(event=MISSED).count() == 5
    assert ring_all(LATE + clock.LEASE + SECOND, holder="next") == 7
    each_was_missed_once()


def test_while_one_worker_is_about_to_commit_another_takes_the_rest_or_waits_its_turn(twelve):
    with transaction.atomic():
        assert clock.ring("one", LATE, batch=8) == 8
        if not is_single_host():
            assert journals.at_once(lambda: ring_all(LATE, holder="two")) == [4]
    assert ring_all(LATE, holder="one") == (4 if is_single_host() else 0)
    each_was_missed_once()


def test_a_database_that_goes_in_the_middle_sets_no_deadline_back(twelve, monkeypatch):
    """It is not the fault of the deadline whose turn it was: a minute later everything rings."""
    calls = []
    overdue = clock.VERBS["overdue"]

    def goes_at_the_fifth(deadline, **said):
        calls.append(deadline.pk)
        if len(calls) == 5:
            with connection.cursor() as cursor:
                gone = "SELECT pg_terminate_backend(pg_backend_pid())"
                cursor.execute(gone if ENGINE == "postgresql" else "PRAGMA query_only=ON")
        return overdue(deadline, **said)

    monkeypatch.setitem(clock.VERBS, "overdue", goes_at_the_fifth)
    with pytest.raises(DatabaseError):
        clock.ring(HOLDER, LATE)
    connection.close()
    assert clock._set_back == {}
    assert not Entry.objects.filter(event=MISSED).exists()
    assert ring_all(LATE + SECOND) == 12
    each_was_missed_once()


@pytest.mark.parametrize("ahead", [5, -5, 60])
def test_a_host_whose_clock_is_wrong_calls_nothing_early_and_nothing_twice(twelve, monkeypatch, ahead):
    """With PostgreSQL its server's clock counts; a file has one host only, and a clock that jumps is not believed."""
    real, began = host_clock.now, host_clock.now()
    due_at = began + 2 * SECOND
    Deadline.objects.ringing(LATE).update(alarm_at=due_at, due_at=due_at)
    Deadline.objects.filter(kind="decision").update(alarm_at=due_at + DAY, due_at=due_at + DAY, outer_at=None)
    Complaint.objects.update(next_due_at=due_at)
    wrong, right = TrueTime(), TrueTime()
    for each in (wrong, right):
        each.now()
    monkeypatch.setattr(host_clock, "now", lambda: real() + timedelta(minutes=ahead))
    assert clock.ring("wrong", wrong.now()) == 0
    while real() < due_at - SECOND / 4:
        assert clock.ring("wrong", wrong.now()) == 0
        time.sleep(0.1)
    time.sleep(0.5)
    if ENGINE == "sqlite":
        monkeypatch.setattr(host_clock, "now", real)
    assert ring_all(right.now() + clock.LEASE, holder="right") + ring_all(wrong.now(), holder="wrong") == 12
    for entry in Entry.objects.filter(event=MISSED):
        assert entry.at >= due_at
    each_was_missed_once()
