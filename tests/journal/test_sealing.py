"""Numbers without gaps or forks, however many write and whoever dies."""

import random
import time
from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from amends.journal import leases, sealing, stored_tree
from amends.journal.models import Entry, Seal, Subtree, Unsealed
from amends.journal.recording import leaf_hash, record, record_many
from amends.journal.sealing import oldest_unsealed, seal_batch
from amends.journal.tree import root_from_inclusion, tree_of
from amends.journal.vocabulary import Subject
from amends.kit import clock
from amends.people import events
from amends.people.standing import SYSTEM
from tests.cast import AT
from tests.journal import journals

ZOE = Subject("person", 1)


def write(many: int) -> list[Entry]:
    lot = [(events.PersonChanged(person=ZOE, manager=None), None)] * many
    return record_many(lot, by=SYSTEM, at=AT, about_kind="person")


@pytest.mark.django_db
def test_entries_are_numbered_in_the_order_in_which_they_were_written():
    entries = write(30)
    assert journals.seal(AT, limit=20) == 20
    assert journals.seal(AT, limit=20) == 10
    assert journals.seal(AT) == 0
    seals = list(Seal.objects.order_by("number").values_list("number", "entry_id"))
    assert seals == list(enumerate(entry.pk for entry in entries))
    assert [bytes(seal.leaf) for seal in Seal.objects.order_by("number")] == [leaf_hash(entry) for entry in entries]
    assert not Unsealed.objects.exists()


@pytest.mark.django_db
def test_an_entry_that_committed_late_comes_after_those_that_are_sealed():
    first, late, third = write(3)
    Unsealed.objects.filter(entry=late).delete()  # its transaction is still open, as the sealer sees it
    journals.seal(AT)
    Unsealed.objects.create(entry=late)
    journals.seal(AT)
    assert list(Seal.objects.order_by("number").values_list("entry_id", flat=True)) == [first.pk, third.pk, late.pk]


@pytest.mark.django_db
def test_who_lost_the_lease_writes_nothing():
    write(5)
    fence = leases.take(sealing.DUTY, "one", AT, sealing.LEASE)
    leases.take(sealing.DUTY, "two", AT + 2 * sealing.LEASE, sealing.LEASE)
    with pytest.raises(leases.LeaseLostError):
        seal_batch("one", fence, AT + 2 * sealing.LEASE)
    assert not Seal.objects.exists()
    assert Unsealed.objects.count() == 5


@pytest.mark.django_db
def test_how_long_the_oldest_waits_is_counted_from_its_writing_and_not_from_what_it_tells():
    before = clock.now()
    later = before + timedelta(seconds=60)
    assert oldest_unsealed(later) == timedelta()
    write(2)
    assert timedelta(seconds=55) < oldest_unsealed(later) <= timedelta(seconds=60, milliseconds=1)
    journals.seal(AT)
    assert oldest_unsealed(later) == timedelta()


@pytest.mark.django_db
def test_the_stored_tree_is_the_tree_over_all_leaves():
    leaves = [leaf_hash(entry) for entry in write(700)]
    for step in (255, 1, 1, 254, 3, 186):
        journals.seal(AT, step)
        size = stored_tree.sealed_size()
        assert stored_tree.stored_tree().root() == tree_of(leaves[:size]).root()
    assert Subtree.objects.count() == 2
    for size in (1, 200, 255, 256, 257, 511, 512, 513, 700):
        assert stored_tree.stored_tree(size).root() == tree_of(leaves[:size]).root()
    for index in (0, 255, 256, 511, 699):
        path = stored_tree.stored_tree(700).inclusion(index)
        assert root_from_inclusion(leaves[index], index, 700, path) == tree_of(leaves).root()
    assert stored_tree.stored_tree(700).consistency(300) == tree_of(leaves).consistency(300)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_subtrees_of_higher_levels_are_frozen_when_they_are_complete(monkeypatch, seed):
    """With blocks of 4 instead of 256, some hundred entries reach the level that takes 16.7 million otherwise."""
    monkeypatch.setattr(stored_tree, "BLOCK", 4)
    monkeypatch.setattr(sealing, "BLOCK", 4)
    chance = random.Random(seed)
    leaves = [leaf_hash(entry) for entry in write(300)]
    while (size := stored_tree.sealed_size()) < 300:
        journals.seal(AT, chance.choice([1, 3, 4, 5, 16, 17, 64, 90]))
        size = stored_tree.sealed_size()
        assert stored_tree.stored_tree().root() == tree_of(leaves[:size]).root()
    counts = {level: Subtree.objects.filter(level=level).count() for level in range(1, 6)}
    assert counts == {1: 75, 2: 18, 3: 4, 4: 1, 5: 0}
    for frozen in Subtree.objects.all():
        width = 4**frozen.level
        start = frozen.position * width
        assert bytes(frozen.hash) == tree_of(leaves[start : start + width]).root()


@pytest.mark.django_db
def test_the_root_of_a_long_journal_takes_few_queries(django_assert_max_num_queries):
    write(700)
    while journals.seal(AT):
        pass
    with django_assert_max_num_queries(6):
        stored_tree.stored_tree().root()
    with django_assert_max_num_queries(7):
        stored_tree.stored_tree().inclusion(300)


@pytest.mark.parametrize("point", ["before_seal", "after_seal"])
def test_a_sealer_that_dies_leaves_nothing_half_numbered(own_database, point):
    with transaction.atomic():
        write(40)
    assert journals.in_child(lambda: journals.seal(AT, 30), dies_at=point) == journals.KILLED
    assert not Seal.objects.exists()
    assert Unsealed.objects.count() == 40
    later = AT + 2 * sealing.LEASE
    fence = leases.take(sealing.DUTY, "the next", later, sealing.LEASE)
    assert fence == 2, "the dead one's lease ran out"
    assert seal_batch("the next", fence, later) == 40


def test_many_writers_and_competing_sealers_make_no_gap_and_no_fork(own_database, anchors):
    """Twelve write, three compete to seal with leases too short to be safe, and one more is killed in between."""
    writers, rows, stop, trouble = 12, 25, Event(), []
    lease = timedelta(milliseconds=40)

    def guarded(work, *arguments) -> None:
        try:
            work(*arguments)
        except BaseException as error:
            trouble.append(error)
            raise
        finally:
            connection.close()

    def writes(number: int) -> None:
        for row in range(rows):
            with transaction.atomic():
                record(events.Joined(person=Subject("person", number)), by=SYSTEM, at=clock.now(), payload={"n": row})

    def seals(name: str) -> None:
        chance = random.Random(name)
        while not stop.is_set() or Unsealed.objects.exists():
            fence = leases.take(sealing.DUTY, name, clock.now(), lease)
            if fence is None:
                time.sleep(0.005)
                continue
            time.sleep(chance.choice([0, 0, 0.06]))  # sometimes until after the lease has run out
            try:
                seal_batch(name, fence, clock.now(), 17)
            except leases.LeaseLostError:
                continue

    def dies() -> None:
        fence = leases.take(sealing.DUTY, "doomed", clock.now() + timedelta(hours=1), lease)
        seal_batch("doomed", fence, clock.now(), 5)

    with transaction.atomic():
        write(10)
    assert journals.in_child(dies, dies_at="after_seal") == journals.KILLED
    threads = [Thread(target=guarded, args=(writes, number)) for number in range(writers)]
    sealers = [Thread(target=guarded, args=(seals, f"sealer {number}")) for number in range(3)]
    leases.give_back(sealing.DUTY, "doomed", clock.now())
    for thread in (*threads, *sealers):
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    assert not trouble
    numbers = list(Seal.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(10 + writers * rows))
    assert Entry.objects.count() == len(numbers)
    leases.give_back(sealing.DUTY, "sealer 0", clock.now())
    leases.give_back(sealing.DUTY, "sealer 1", clock.now())
    leases.give_back(sealing.DUTY, "sealer 2", clock.now())
    journals.sign(clock.now() + timedelta(minutes=1))
    journals.anchor(clock.now())
    assert journals.verdict().is_whole
