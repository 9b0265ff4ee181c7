"""Larkhaven with its first start done, its staff signed in as they are needed, and lists of many complaints."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from playwright.sync_api import Page

from amends.people.models import Person


@pytest.fixture
def as_(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], Client]:
    """A client that sees errors as a browser does, signed in as somebody."""

    def signed_in(person: Person | None = None) -> Client:
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def at_moment(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Lets the door read another clock: time is given to it like to everything else."""

    def at(moment: datetime) -> None:
        monkeypatch.setattr("amends.ui.middleware.standing.clock.now", lambda: moment)

    return at


@pytest.fixture
def sign_in() -> Callable[[Page, str, Person], None]:
    """Let the browser be signed in as somebody."""

    def with_cookie(page: Page, site: str, person: Person) -> None:
        client = Client()
        client.force_login(person)
        page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])

    return with_cookie
