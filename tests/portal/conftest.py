"""An organisation, a moment that is given, and somebody with a browser."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from amends.kit import clock
from tests import cast
from tests.portal.visitor import Visitor

#: A Monday morning in working hours, a little after the world of the builders was made.
NOW = datetime(2026, 3, 2, 9, 17, 42, 123456, tzinfo=UTC)


class Moment:
    """What the clock says in a test."""

    def __init__(self) -> None:
        self.now = NOW

    def later(self, **amount: float) -> None:
        """Let time go by."""
        self.now += timedelta(**amount)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    given = Moment()
    monkeypatch.setattr(clock, "now", lambda: given.now)
    # Sessions ask Django for the time.
    monkeypatch.setattr(timezone, "now", lambda: given.now)
    return given


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def world(world: cast.World, moment: Moment) -> cast.World:
    return world


@pytest.fixture
def visitor(world: cast.World) -> Visitor:
    return Visitor()
