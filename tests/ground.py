"""The ground that most tests stand on: Larkhaven, built once and rolled back to after each test.

Founding the organisation and inviting its cast takes longer than most tests. So it is done in a transaction that stays
open from one test to the next; each test runs in a transaction inside it, as it would have run in one of its own. A
test that asks for anything else (an empty database, one of its own) finds the ground gone.
"""

from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.cast import World

#: Built anew after so many tests, so that what they rolled back does not pile up in the tables of PostgreSQL.
TESTS = 100


class Ground:
    """One open transaction, or none."""

    def __init__(self, build: Callable[[], World]) -> None:
        self.build = build
        self.access: DjangoDbBlocker | None = None
        self._open: ExitStack | None = None
        self._world: World | None = None
        self._left = 0

    def stand(self) -> None:
        """Have Larkhaven there, in an open transaction."""
        if self._open is not None and self._left > 0:
            self._left -= 1
            return
        self.leave()
        with ExitStack() as stack:
            stack.enter_context(transaction.atomic())
            stack.callback(transaction.set_rollback, True)
            self._world = self.build()
            self._open = stack.pop_all()
        self._left = TESTS

    def leave(self) -> None:
        """Roll it back."""
        if self._open is not None:
            if connection.in_atomic_block:
                self._open.close()
            else:
                self._open.pop_all()  # the connection was lost, and the transaction with it
            self._open = self._world = None

    def world(self) -> World:
        """Larkhaven for one test, which may change it: the one that stands, else one built inside the test."""
        return deepcopy(self._world) if self._world is not None else self.build()
