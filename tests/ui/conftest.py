"""An organisation with its staff, and a client that sees errors as a browser does."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import Page

from amends.framework.actions import set_up
from amends.framework.models import Organisation
from amends.people.models import Person
from amends.people.standing import SYSTEM
from amends.ui import navigation
from tests import cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def found_organisation(**changes: object) -> Organisation:
    """Larkhaven Utilities in Estonia, in three languages."""
    answers = {
        "name": "Larkhaven Utilities",
        "country": "EE",
        "languages": ["en", "et", "tr"],
        "email": "complaints@larkhaven.example",
        "phone": "0800 555 0142",
        "profile": "full",
    }
    return set_up(**{**answers, **changes}, by=SYSTEM, at=AT)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _without_doors(monkeypatch: pytest.MonkeyPatch) -> None:
    """The face alone: what portal and workspace put into head, foot and rail is theirs to test."""
    for registry in ("_ENTRIES", "_PUBLIC", "_SEARCH"):
        monkeypatch.setattr(navigation, registry, [])


@pytest.fixture
def organisation(db: None) -> Organisation:
    return found_organisation()


@pytest.fixture
def world(db: None) -> cast.World:
    """The cast in its organisation."""
    staff = cast.world()
    found_organisation()
    return staff


@pytest.fixture
def client() -> Client:
    """Answers with the error page instead of raising."""
    return Client(raise_request_exception=False)


@pytest.fixture
def sign_in() -> Callable[[Page, str, Person], None]:
    """Let the browser be signed in as somebody."""

    def with_cookie(page: Page, site: str, person: Person) -> None:
        client = Client()
        client.force_login(person)
        page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])

    return with_cookie
