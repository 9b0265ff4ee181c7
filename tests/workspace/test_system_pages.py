"""The journal is checked on demand, with a result for people; and mails that did not arrive show without names."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.test import Client

from amends.correspondence.models import Delivery
from amends.journal.models import Entry
from amends.journal.verifier import Problem, Verdict
from tests import builders
from tests.cast import World

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

# The package gives the verb under the name of its module.
VERIFYING = import_module("amends.reactions.actions.verify_journal")

JOURNAL = "/settings/system/journal/"
MAIL = "/settings/system/mail/"


@pytest.fixture
def open_as(world: World, as_: Callable[..., Client], at_moment: Callable[..., None]) -> Callable[..., Client]:
    at_moment(world.at + timedelta(hours=1))
    builders.a_complaint(world)
    return as_


def text_of(response: Any) -> str:
    return response.content.decode()


def test_a_whole_journal_is_said_to_be_whole_and_it_is_recorded(world: World, open_as: Callable[..., Client]) -> None:
    auditor = open_as(world.dario)
    assert "Never" in text_of(auditor.get(JOURNAL))
    said = text_of(auditor.post(JOURNAL))
    assert "The journal is whole." in said
    assert "What could not be checked" in said
    entry = Entry.objects.get(event="reactions.journal_verified")
    assert entry.facts["problems"] == 0
    assert entry.acting_as == "auditor"
    assert "by Dario Conti: all well" in text_of(auditor.get(JOURNAL))


def test_a_changed_journal_is_told_in_words(
    world: World, open_as: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Verdict([Problem("changed", 3, 3, "row 3 does not say what was sealed")], [], 10)
    monkeypatch.setattr(VERIFYING, "verify_database", lambda anchors: found)
    said = text_of(open_as(world.dario).post(JOURNAL))
    assert "The journal was changed." in said
    assert "1 thing is not as it was written." in said
    assert "An entry does not say any more what was sealed." in said
    assert "row 3 does not say" in said
    assert Entry.objects.get(event="reactions.journal_verified").facts["problems"] == 1


def test_a_long_journal_is_checked_on_its_host(
    world: World, open_as: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VERIFYING, "is_too_long", lambda: True)
    monkeypatch.setattr("amends.workspace.settings.system_trail.is_too_long", lambda: True)
    auditor = open_as(world.dario)
    assert "Check now" not in text_of(auditor.get(JOURNAL))
    assert auditor.post(JOURNAL).status_code == 422
    assert not Entry.objects.filter(event="reactions.journal_verified").exists()


def test_those_who_run_or_watch_may_and_no_one_else(world: World, open_as: Callable[..., Client]) -> None:
    may = {world.adam, world.clara, world.dario}
    for person in world.people:
        for address in (JOURNAL, MAIL):
            assert open_as(person).get(address).status_code == (200 if person in may else 403), person.name
        assert open_as(person).post(JOURNAL).status_code == (200 if person in may else 403), person.name


def test_mails_that_did_not_arrive_show_without_whose_they_are(world: World, open_as: Callable[..., Client]) -> None:
    entry = Entry.objects.get(event="complaints.received")
    common = {"entry": entry.uid, "subject": "s", "body": "b", "language": "en", "made_at": world.at}
    for number, (state, tries) in enumerate([("refused", 1), ("waiting", 3), ("waiting", 0), ("sent", 1)]):
        Delivery.objects.create(
            **common,
            notice=f"notice-{number}",
            recipient=f"r{number}",
            address=f"mari{number}@mail{number}.example",
            message_id=f"<{number}@x>",
            state=state,
            attempts=tries,
            sent_at=world.at if state == "sent" else None,
            last_error="the mail server refuses this address" if state == "refused" else "",
        )
    said = text_of(open_as(world.adam).get(MAIL))
    assert "notice-0" in said.partition("Being tried again")[0]
    assert "notice-1" in said.partition("Being tried again")[2]
    assert "notice-2" not in said
    assert "notice-3" not in said
    assert "mail0.example" in said
    assert "mari0" not in said
    assert "refuses this address" in said
