"""From an entry to what follows from it: once, by one worker, again after a failure, visibly when it is given up."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from amends.journal import outbox
from amends.journal.models import Entry, FollowUp, Pending
from amends.journal.outbox import Reactions, TryLaterError, claim, fan_out, reap, run, try_again, wait_before
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit import clock
from amends.people import events
from amends.people.standing import SYSTEM
from tests.cast import AT
from tests.journal import journals
from tests.settings import ENGINE

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
State = FollowUp.State
ran: list[int] = []


def never() -> bool:
    return False


def tells_the_person(entry: Entry) -> None:
    ran.append(entry.pk)


def counts(entry: Entry) -> None:
    ran.append(-entry.pk)


def cannot_yet(entry: Entry) -> None:
    raise TryLaterError("the mail server is away")


def has_a_bug(entry: Entry) -> None:
    raise ZeroDivisionError("never divide")


def asks_the_database_nonsense(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")


def loses_the_connection(entry: Entry) -> None:
    if ENGINE == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    connection.close()  # a file has no server that could hang up
    raise DatabaseError("the connection is gone")


@pytest.fixture(autouse=True)
def reactions() -> Iterator[None]:
    before = outbox.table()
    outbox.register(
        Reactions(
            when={
                events.Joined: [tells_the_person],
                events.Left: [cannot_yet, tells_the_person],
                events.SignedIn: [has_a_bug],
                events.SignedOut: [asks_the_database_nonsense, loses_the_connection, tells_the_person],
            },
            always=[counts],
        )
    )
    ran.clear()
    yield
    outbox.register(before)


def happened(event=events.Joined, at=AT, **more) -> Entry:
    with transaction.atomic():
        return record(event(person=Subject("person", 1), **more), by=SYSTEM, at=at)


def due(at=AT, limit: int = 20) -> list[tuple[FollowUp, bool]]:
    lease, rows = claim(at, limit)
    finished = run(rows, lease, lambda: at, stops=never)
    done = set(FollowUp.objects.filter(pk__in=[row.pk for row in rows], state=State.DONE).values_list("pk", flat=True))
    assert len(done) == finished
    return [(row, row.pk in done) for row in rows]


@pytest.mark.django_db
def test_each_entry_gets_a_row_per_reaction_once():
    entry = happened()
    assert fan_out(AT) == 1
    names = set(FollowUp.objects.values_list("reaction", flat=True))
    assert {name.rpartition(".")[2] for name in names} == {"tells_the_person", "counts"}
    Pending.objects.create(entry=entry)  # as if the worker had died between writing the rows and forgetting the entry
    assert fan_out(AT) == 1
    assert fan_out(AT) == 0
    assert FollowUp.objects.count() == 2


@pytest.mark.django_db
def test_a_follow_up_runs_once_and_says_when():
    entry = happened()
    fan_out(AT)
    assert [done for _, done in due(AT + SECOND)] == [True, True]
    assert sorted(ran) == [-entry.pk, entry.pk]
    assert {(row.state, row.done_at, row.attempts, row.lease) for row in FollowUp.objects.all()} == {
        (State.DONE, AT + SECOND, 1, None)
    }
    assert due(AT + HOUR) == []


@pytest.mark.django_db
def test_the_oldest_is_due_first_and_none_before_its_time():
    for minutes in (3, 1, 2):
        happened()
        fan_out(AT + timedelta(minutes=minutes))
    assert due(AT) == []
    late = [row.next_try_at for row, _ in due(AT + HOUR, limit=4)]
    assert late == sorted(late)
    assert len(late) == 4


@pytest.mark.django_db
def test_what_could_not_be_done_is_tried_again_later_and_says_why():
    happened(events.Left, successor=None, handed_over=0)
    fan_out(AT)
    assert [done for _, done in due()] == [False, True, True]
    [waiting] = FollowUp.objects.filter(state=State.WAITING)
    assert (waiting.attempts, waiting.last_error, waiting.lease) == (1, "the mail server is away", None)
    assert AT + 4 * SECOND < waiting.next_try_at < AT + 6 * SECOND
    assert due(AT + 4 * SECOND) == []
    assert [done for _, done in due(AT + 6 * SECOND)] == [False]
    assert FollowUp.objects.get(state=State.WAITING).attempts == 2


def test_waiting_doubles_up_to_four_hours_with_a_fifth_of_chance():
    middle = [wait_before(attempts, lambda low, high: (low + high) / 2) for attempts in (1, 2, 3, 12, 13, 2000)]
    assert middle == [5 * SECOND, 10 * SECOND, 20 * SECOND, 10240 * SECOND, 4 * HOUR, 4 * HOUR]
    assert wait_before(1, min) == 4.5 * SECOND
    assert wait_before(1, max) == 5.5 * SECOND


@pytest.mark.django_db
def test_after_three_days_it_is_given_up_visibly_and_can_be_tried_again(caplog):
    caplog.set_level(logging.CRITICAL)
    happened(events.SignedIn)
    fan_out(AT)
    at, tries = AT, 0
    while waiting := FollowUp.objects.filter(reaction__contains="bug", state=State.WAITING).first():
        at = max(at, waiting.next_try_at)
        due(at)
        tries += 1
    assert outbox.GIVE_UP_AFTER < at - AT < outbox.GIVE_UP_AFTER + 5 * HOUR
    assert 15 < tries < 60
    failed = FollowUp.objects.get(state=State.FAILED)
    assert failed.last_error == "ZeroDivisionError: never divide"
    assert due(at + 1000 * HOUR) == []
    assert try_again(failed, at)
    assert not try_again(failed, at), "it waits already"
    assert [done for _, done in due(at)] == [False]
    assert FollowUp.objects.get(pk=failed.pk).state == State.FAILED, "still broken: visible again at once"


@pytest.mark.django_db
def test_a_reaction_that_this_version_does_not_have_fails_at_once():
    entry = happened()
    fan_out(AT)
    FollowUp.objects.filter(reaction__contains="counts").delete()
    FollowUp.objects.update(reaction="letters.of_an_older_version")
    assert [done for _, done in due()] == [False]
    [row] = FollowUp.objects.all()
    assert (row.state, row.last_error) == (State.FAILED, "this version has no such reaction")
    assert entry.pk not in ran


def test_errors_of_the_database_do_not_stop_the_worker(own_database, caplog):
    caplog.set_level(logging.CRITICAL)
    happened(events.SignedOut)
    fan_out(AT)
    outcome = {row.reaction.rpartition(".")[2]: done for row, done in due()}
    assert outcome == {
        "asks_the_database_nonsense": False,
        "loses_the_connection": False,
        "tells_the_person": True,
        "counts": True,
    }
    errors = FollowUp.objects.filter(state=State.WAITING).values_list("last_error", flat=True)
    assert len(errors) == 2
    assert all(errors)


def test_a_reaction_that_fails_takes_its_own_changes_back(own_database, caplog):
    caplog.set_level(logging.CRITICAL)

    @transaction.atomic
    def half(entry: Entry) -> None:
        record(events.Joined(person=Subject("person", 2)), by=SYSTEM, at=AT)
        raise DatabaseError("in the middle")

    outbox.register(Reactions(when={}, always=[half]))
    happened()
    fan_out(AT)
    due()
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_nothing_is_begun_when_the_lease_is_about_to_run_out():
    happened()
    fan_out(AT)
    lease, [first] = claim(AT, 1)
    assert run([first], lease, lambda: AT + outbox.LEASE - 6 * SECOND, stops=never)
    lease, [second] = claim(AT)
    assert not run([second], lease, lambda: AT + outbox.LEASE - 4 * SECOND, stops=never)
    assert len(ran) == 1
    again = FollowUp.objects.get(pk=second.pk)
    assert (again.lease, again.attempts, again.state) == (None, 0, State.WAITING)
    assert [done for _, done in due(AT + HOUR)] == [True]


@pytest.mark.django_db
def test_whoever_is_told_to_stop_gives_back_what_was_not_begun():
    happened()
    fan_out(AT)
    lease, rows = claim(AT)
    answers = iter([False, True])
    assert run(rows, lease, lambda: AT, stops=lambda: next(answers)) == 1
    assert len(ran) == 1
    left = FollowUp.objects.get(state=State.WAITING)
    assert (left.lease, left.attempts) == (None, 0)


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_cannot_close_the_row_of_another():
    happened()
    fan_out(AT)
    FollowUp.objects.filter(reaction__contains="counts").delete()
    lease, [row] = claim(AT)
    assert reap(AT + outbox.LEASE + SECOND) == 1
    other, [again] = claim(AT + HOUR)
    assert again.pk == row.pk
    assert not run([row], lease, lambda: AT, stops=never), "done, but no longer by this worker"
    assert FollowUp.objects.get(pk=row.pk).lease == other


@pytest.mark.django_db
def test_the_reaper_leaves_those_whose_lease_runs():
    happened()
    fan_out(AT)
    claim(AT)
    assert reap(AT + outbox.LEASE - SECOND) == 0
    assert reap(AT + outbox.LEASE + SECOND) == 2
    assert FollowUp.objects.filter(lease=None, state=State.WAITING).count() == 2


@pytest.mark.django_db
def test_a_follow_up_that_kills_every_worker_becomes_visible():
    happened()
    fan_out(AT)
    at, deaths = AT, 0
    while waiting := FollowUp.objects.filter(state=State.WAITING).order_by("next_try_at").first():
        at = max(at, waiting.next_try_at)
        claim(at, 1)  # … and the worker is gone
        at += outbox.LEASE + SECOND
        deaths += reap(at)
    assert deaths < 120
    assert set(FollowUp.objects.values_list("state", "last_error")) == {
        (State.FAILED, "the worker stopped before this was done")
    }


@pytest.mark.parametrize(("point", "rows"), [("after_fan_out", 0), ("after_claim", 2)])
def test_a_worker_that_dies_loses_nothing_and_doubles_nothing(own_database, point, rows):
    entry = happened()

    def works() -> None:
        fan_out(AT)
        due()

    assert journals.in_child(works, dies_at=point) == journals.KILLED
    assert FollowUp.objects.count() == rows
    assert FollowUp.objects.filter(lease__isnull=False).count() == rows
    later = AT + outbox.LEASE + SECOND
    fan_out(later)
    reap(later)
    assert [done for _, done in due(later + HOUR)] == [True, True]
    assert sorted(ran) == [-entry.pk, entry.pk]


def test_two_workers_never_get_the_same_row(own_database):
    for _ in range(30):
        happened()
    fan_out(AT)
    barrier, claimed, trouble = Barrier(4), [], []

    def works() -> None:
        try:
            barrier.wait()
            while True:
                lease, rows = claim(AT, limit=3)
                if not rows:
                    return
                claimed.append(([row.pk for row in rows], run(rows, lease, lambda: AT, stops=never)))
        except BaseException as error:
            trouble.append(error)
        finally:
            connection.close()

    threads = [Thread(target=works) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not trouble
    rows = [row for mine, _ in claimed for row in mine]
    assert len(rows) == len(set(rows)) == 60
    assert all(done == len(mine) for mine, done in claimed)
    assert len(ran) == 60


def test_two_workers_never_fan_out_the_same_entry(own_database):
    for _ in range(30):
        happened()
    barrier, counted = Barrier(3), []

    def works() -> None:
        try:
            barrier.wait()
            while count := fan_out(AT, limit=4):
                counted.append(count)
        finally:
            connection.close()

    threads = [Thread(target=works) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counted) == 30
    assert FollowUp.objects.count() == 60


@pytest.mark.django_db
def test_history_that_was_loaded_has_no_follow_ups():
    happened()
    last = happened()
    fresh = happened()
    assert outbox.discard_pending_before(last.pk) == 2
    assert list(Pending.objects.values_list("entry_id", flat=True)) == [fresh.pk]


@pytest.mark.django_db
def test_how_long_the_oldest_entry_waits_is_counted_from_its_writing_and_not_from_what_it_tells():
    assert outbox.oldest_pending(clock.now()) == timedelta()
    before = clock.now()
    happened()
    assert HOUR - timedelta(seconds=5) < outbox.oldest_pending(before + HOUR) <= HOUR + timedelta(milliseconds=1)
