"""The database itself refuses to change the journal, on both engines."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.test import override_settings

from amends.journal.erasing import erase_payloads
from amends.journal.invariants import APPEND_ONLY_TABLES
from amends.journal.models import Checkpoint, Entry, FollowUp, Payload, Seal, Subtree, Tombstone
from amends.journal.recording import record, record_many
from amends.kit.dialect import append_only_triggers
from amends.kit.invariants import all_invariants
from amends.people import events
from amends.people.standing import SYSTEM
from tests import cast
from tests.journal import journals
from tests.settings import ENGINE

pytestmark = pytest.mark.django_db

MODELS = {
    Entry: {"event": "people.joined"},
    Payload: {"body": "{}"},
    Tombstone: {"erasure_id": 1},
    Seal: {"leaf": b"0" * 32},
    Subtree: {"hash": b"0" * 32},
    Checkpoint: {"note": "something else"},
}


@pytest.fixture(scope="module")
def journal(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[cast.World]:
    anchors = tmp_path_factory.mktemp("refused") / "journal.anchors"
    with (
        override_settings(AMENDS_ANCHORS=str(anchors)),
        journals.kept_open(django_db_blocker, write_a_journal) as world,
    ):
        yield world


@pytest.fixture
def world(journal: cast.World, db: None) -> cast.World:
    return journal


def write_a_journal() -> cast.World:
    world = cast.world()
    many = [(events.PersonChanged(person=world.zoe.subject, manager=None), {"n": n}) for n in range(260)]
    entries = record_many(many, by=SYSTEM, at=world.at, about_kind="person")
    erase_payloads(entries[:1], about=world.zoe.subject, reason="asked", by=SYSTEM, at=world.at)
    journals.keep(world.at)
    return world


def test_every_table_of_the_trail_is_covered():
    assert {model._meta.db_table for model in MODELS} == set(APPEND_ONLY_TABLES)


@pytest.mark.parametrize("model", MODELS)
def test_no_row_can_be_changed(world, model):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.all().update(**MODELS[model])


@pytest.mark.parametrize("model", MODELS)
def test_no_row_can_be_deleted(world, model):
    assert model.objects.exists()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        model.objects.all()._raw_delete("default")


@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
def test_no_table_can_be_emptied_at_once(world, table):
    connection.check_constraints()  # PostgreSQL empties no table while checks of this transaction are still due
    statement = f"TRUNCATE {table} CASCADE" if ENGINE == "postgresql" else f"DELETE FROM {table}"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_text_goes_only_behind_its_tombstone(world):
    payload = Payload.objects.order_by("pk").first()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        payload.delete()
    erasure = record(events.Joined(person=world.zoe.subject), by=SYSTEM, at=world.at)
    Tombstone.objects.create(entry=payload.entry, erasure=erasure)
    Payload.objects.filter(pk=payload.pk).delete()
    assert not Payload.objects.filter(pk=payload.pk).exists()


def violations() -> list[str]:
    return [text for one in all_invariants() if one.name.startswith("journal.") for text in one.check()]


def test_an_honest_journal_violates_nothing(world):
    assert violations() == []


@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
def test_a_trigger_that_was_dropped_is_reported(world, table):
    for name in append_only_triggers(table):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if ENGINE == "postgresql" else ""))
            assert violations() == [f"the trigger {name} is missing"]
            transaction.set_rollback(True)


def test_what_is_wrong_behind_the_triggers_is_reported_too(world):
    with journals.no_triggers():
        gone = Payload.objects.order_by("pk").last()
        Payload.objects.filter(pk=gone.pk)._raw_delete("default")
        unnumbered = Seal.objects.get(number=17)
        Seal.objects.filter(number=17)._raw_delete("default")
    last = Seal.objects.count()
    assert sorted(violations()) == [
        f"{last} seals, but the last number is {last}",
        f"entry {unnumbered.entry.uid} has no number and is not waiting for one",
        f"the text of entry {gone.entry.uid} is gone without a tombstone",
    ]


def test_a_text_beside_its_tombstone_and_a_failure_without_a_reason_are_reported(world):
    entry = Tombstone.objects.first().entry
    Payload.objects.create(entry=entry, salt="0" * 64, body="{}")
    failed = FollowUp.objects.create(entry=entry, reaction="letters.acknowledge", state="failed", next_try_at=world.at)
    assert sorted(violations()) == [
        f"follow-up {failed.pk} (letters.acknowledge) is failed without saying when or why",
        f"the text of entry {entry.uid} has a tombstone and is still there",
    ]


@pytest.mark.parametrize(
    "wrong", [{"state": "done"}, {"done_at": cast.AT}, {"lease": UUID(int=1)}, {"leased_until": cast.AT}]
)
def test_a_follow_up_is_done_with_its_moment_and_leased_with_its_end(world, wrong):
    entry = Entry.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(entry=entry, reaction="letters.acknowledge", next_try_at=world.at, **wrong)
