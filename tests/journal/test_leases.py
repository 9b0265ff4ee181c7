"""Duties that one process does at a time."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from amends.journal import leases
from amends.journal.models import Lease
from tests.cast import AT

LENGTH = timedelta(seconds=15)


@pytest.mark.django_db
def test_a_duty_belongs_to_whoever_took_it_until_the_lease_runs_out():
    fence = leases.take("sweep", "one", AT, LENGTH)
    assert leases.take("sweep", "two", AT + LENGTH / 2, LENGTH) is None
    assert leases.take("sweep", "one", AT + LENGTH / 2, LENGTH) == fence, "keeping it is not a new term"
    assert leases.take("sweep", "two", AT + LENGTH, LENGTH) is None, "it was prolonged"
    assert leases.take("sweep", "two", AT + LENGTH * 2, LENGTH) == fence + 1
    assert leases.take("other", "one", AT, LENGTH) is not None


@pytest.mark.django_db
def test_who_comes_back_late_is_refused_even_under_the_same_name():
    old = leases.take("sweep", "one", AT, LENGTH)
    new = leases.take("sweep", "one", AT + LENGTH * 3, LENGTH)
    assert new == old + 1
    with pytest.raises(leases.LeaseLostError), transaction.atomic():
        leases.confirm("sweep", "one", old, AT + LENGTH * 3, LENGTH)
    leases.confirm("sweep", "one", new, AT + LENGTH * 3, LENGTH)


@pytest.mark.django_db
def test_who_lets_go_need_not_be_waited_for():
    leases.take("sweep", "one", AT, LENGTH)
    leases.give_back("sweep", "two", AT)
    assert leases.take("sweep", "two", AT, LENGTH) is None, "only the holder can let go"
    leases.give_back("sweep", "one", AT)
    assert leases.take("sweep", "two", AT, LENGTH) == 2


def test_of_many_who_ask_at_once_one_gets_it(own_database):
    barrier, got = Barrier(6), []

    def ask(name: str) -> None:
        barrier.wait()
        try:
            got.append(leases.take("sweep", name, AT, LENGTH))
        finally:
            connection.close()

    threads = [Thread(target=ask, args=(f"process {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [fence for fence in got if fence] == [1]
    assert len(got) == 6
    assert Lease.objects.get().fence == 1
