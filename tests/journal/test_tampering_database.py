"""What `amends journal verify` and the stand-alone verifier say when somebody had the database in their hands."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings

from amends.journal.erasing import erase_payloads
from amends.journal.exporting import anchors_path, export, verify_database
from amends.journal.models import Checkpoint, Entry, Payload, ReadEvent, Seal, Subtree, Tombstone, Unsealed
from amends.journal.reads import digest_days, note_read
from amends.journal.recording import leaf_hash, record, record_many
from amends.journal.stored_tree import BLOCK
from amends.journal.tree import tree_of
from amends.journal.verifier import Verdict
from amends.people import events
from amends.people.standing import SYSTEM
from tests import cast
from tests.journal import journals
from tests.settings import ENGINE

#: named here as well, because the database is made for modules whose tests ask for it by mark
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def journal(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[cast.World]:
    """A journal of some 620 rows with a checkpoint every 100, an erased text and a reading log; triggers are off."""
    anchors = tmp_path_factory.mktemp("tampered") / "journal.anchors"
    with (
        override_settings(AMENDS_ANCHORS=str(anchors)),
        journals.kept_open(django_db_blocker, write_a_journal) as world,
    ):
        yield world


def write_a_journal() -> cast.World:
    world = cast.world()
    zoe = world.zoe.subject
    many = [(events.PersonChanged(person=zoe, manager=None), {"n": n}) for n in range(590)]
    entries = record_many(many, by=SYSTEM, at=world.at, about_kind="person")
    for person in world.people[:5]:
        note_read(zoe, by=world.as_(person), at=world.at)
    digest_days(SYSTEM, world.at + 2 * cast.DAY)
    erase_payloads(entries[40:42], about=zoe, reason="asked", by=SYSTEM, at=world.at)
    journals.keep(world.at, step=100)
    record(events.Joined(person=zoe), by=SYSTEM, at=world.at)
    journals.drop_triggers()
    return world


@pytest.fixture
def world(journal: cast.World, db: None) -> Iterator[cast.World]:
    """The journal for one test, which may leave it as damaged as it likes."""
    with transaction.atomic():
        yield journal
        transaction.set_rollback(True)


@pytest.fixture
def anchors(journal: cast.World) -> Path:
    return anchors_path()


@pytest.fixture
def told(world: cast.World, anchors: Path, tmp_path: Path):
    """What both verifiers say, which has to be the same."""

    def both() -> Verdict:
        verdict = verify_database(anchors)
        export(tmp_path / "export", world.at)
        command = [sys.executable, "-I", tmp_path / "export" / "verifier.py", tmp_path / "export", "--anchors", anchors]
        alone = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
        assert alone.returncode == (0 if verdict.is_whole else 1), alone.stderr
        said = json.loads(alone.stdout)
        assert said["first_bad"] == verdict.first_bad
        assert tuple(said["stretch"] or ()) == (verdict.stretch or ())
        return verdict

    return both


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def seal_of(number: int) -> Seal:
    return Seal.objects.select_related("entry").get(number=number)


def move_up(first: int, by: int) -> None:
    """Number the rows from `first` on anew, one by one, so that no number is taken twice."""
    numbers = list(Seal.objects.filter(number__gte=first).order_by("number").values_list("number", flat=True))
    for number in numbers if by < 0 else reversed(numbers):
        Seal.objects.filter(number=number).update(number=number + by)


def rehash() -> None:
    """New leaf hashes and frozen subtrees over the rows as they are now."""
    leaves = []
    for seal in Seal.objects.select_related("entry").order_by("number"):
        leaves.append(leaf_hash(seal.entry))
        if bytes(seal.leaf) != leaves[-1]:
            Seal.objects.filter(pk=seal.pk).update(leaf=leaves[-1])
    tree = tree_of(leaves)
    for frozen in Subtree.objects.filter(level=1):
        start = frozen.position * BLOCK
        Subtree.objects.filter(pk=frozen.pk).update(hash=tree.range_hash(start, start + BLOCK))


def test_an_honest_database_with_an_erased_person_is_whole(told, world):
    verdict = told()
    assert verdict.problems == []
    assert (verdict.erased, verdict.waiting, verdict.checkpoints) == (2, 1, 7)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("particulars", '{"manager":"0"}'),
        ("event", "people.joined"),
        ("acting_as", "administrator"),
        ("subject_kind", "unit"),
        ("commitment", "0" * 64),
        ("leaf_version", 2),
        ("leaf_version", 257),
        ("at", "2026-03-02 09:00:00.000001"),
    ],
)
def test_a_changed_entry_is_named(told, column, value):
    sql(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, seal_of(333).entry_id)
    assert told().first_bad == 333


@pytest.mark.parametrize("column", ["uid", "actor", "subject"])
def test_a_changed_name_is_named(told, column):
    Entry.objects.filter(pk=seal_of(333).entry_id).update(**{column: "0" * 32})
    assert told().first_bad == 333


@pytest.mark.parametrize("column", ["uid", "at", "particulars"])
def test_bytes_that_are_no_value_at_all_are_named_and_no_crash(told, column):
    entry = seal_of(333).entry_id
    if ENGINE == "sqlite":
        sql(f"UPDATE journal_entry SET {column} = CAST(%s AS TEXT) WHERE id = %s", b"\xff\xfe", entry)
    else:  # typed columns hold nothing but values; what is left is a text that is no JSON
        sql("UPDATE journal_entry SET particulars = %s WHERE id = %s", "\x7f[", entry)
    assert told().first_bad == 333


def test_a_changed_text_is_named(told):
    Payload.objects.filter(entry=seal_of(200).entry).update(body='{"n":"another"}')
    assert told().first_bad == 200


def test_a_changed_salt_is_named(told):
    Payload.objects.filter(entry=seal_of(200).entry).update(salt="not even hexadecimal")
    assert told().first_bad == 200


def test_a_changed_leaf_is_named(told):
    Seal.objects.filter(number=410).update(leaf=b"\x00" * 32)
    assert told().first_bad == 410


def test_a_changed_frozen_subtree_is_told(told):
    Subtree.objects.filter(level=1, position=1).update(hash=b"\x00" * 32)
    assert told().stretch == (256, 511)


def test_a_changed_checkpoint_is_told(told):
    checkpoint = Checkpoint.objects.order_by("size")[2]
    Checkpoint.objects.filter(pk=checkpoint.pk).update(note=checkpoint.note.replace("time 2026", "time 2025"))
    assert {problem.kind for problem in told().problems} == {"bad_signature", "broken_chain"}


def test_a_changed_reading_log_is_told_by_the_row_of_its_digest(told):
    digest = Entry.objects.get(event="journal.reads_digested", particulars__contains="2026-03-02")
    ReadEvent.objects.order_by("id").first().delete()
    verdict = told()
    assert verdict.first_bad == digest.seal.number
    assert [problem.kind for problem in verdict.problems] == ["reads_changed"]


def test_a_deleted_row_is_named(told):
    seal = seal_of(123)
    Payload.objects.filter(entry=seal.entry)._raw_delete("default")
    Seal.objects.filter(pk=123)._raw_delete("default")
    Entry.objects.filter(pk=seal.entry_id)._raw_delete("default")
    assert told().first_bad == 123


def test_a_deleted_row_whose_followers_moved_up_is_told_as_a_stretch(told):
    seal = seal_of(123)
    Payload.objects.filter(entry=seal.entry)._raw_delete("default")
    Seal.objects.filter(pk=123)._raw_delete("default")
    Entry.objects.filter(pk=seal.entry_id)._raw_delete("default")
    move_up(124, -1)
    rehash()
    assert told().stretch == (100, 199)


def test_an_inserted_row_is_told(told, world):
    record(events.Joined(person=world.zoe.subject), by=SYSTEM, at=world.at)
    Unsealed.objects.order_by("-pk").first().delete()
    assert [problem.kind for problem in told().problems] == ["inserted"]


def test_a_row_inserted_among_the_others_is_told_as_a_stretch(told, world):
    entry = record(events.Joined(person=world.zoe.subject), by=SYSTEM, at=world.at)
    move_up(300, 1)
    Seal.objects.create(number=300, entry=entry, leaf=b"")
    Unsealed.objects.filter(entry=entry).delete()
    rehash()
    verdict = told()
    assert (verdict.first_bad, verdict.stretch) == (None, (300, 399))


def test_two_exchanged_entries_are_named(told):
    one, two = seal_of(150), seal_of(450)
    Seal.objects.filter(pk=150).update(entry=one.entry_id + 10_000_000)
    Seal.objects.filter(pk=450).update(entry=one.entry_id)
    Seal.objects.filter(pk=150).update(entry=two.entry_id)
    assert told().first_bad == 150


def test_two_exchanged_rows_are_told_as_a_stretch(told):
    for old, new in ((150, -1), (450, 150), (-1, 450)):
        Seal.objects.filter(pk=old).update(number=new)
    assert told().stretch == (100, 199)
    rehash()
    assert told().stretch == (100, 199)


def test_a_cut_tail_is_told_against_the_anchors(told):
    gone = list(Seal.objects.filter(number__gte=431).values_list("entry_id", flat=True))
    Tombstone.objects.filter(entry__in=gone)._raw_delete("default")
    Checkpoint.objects.filter(size__gt=431)._raw_delete("default")
    for model in (Payload, Seal, Unsealed):
        model.objects.filter(entry__in=gone)._raw_delete("default")
    Subtree.objects.filter(position=1)._raw_delete("default")
    connection.cursor().execute("DELETE FROM journal_pending")
    verdict = told()
    assert verdict.stretch == (431, 499)
    assert any(problem.kind == "truncated" for problem in verdict.problems)


def test_a_rewrite_with_all_hashes_is_told_as_the_smallest_stretch(told):
    Entry.objects.filter(pk=seal_of(555).entry_id).update(acting_as="somebody else")
    rehash()
    assert told().stretch == (500, 599)
    Checkpoint.objects.filter(size__gt=555)._raw_delete("default")
    assert told().stretch == (500, 599)


def test_another_database_is_told(told, anchors):
    """The same rows under other anchors: the database was replaced, or the file."""
    kept = anchors.read_text()
    Entry.objects.filter(pk=seal_of(0).entry_id).update(acting_as="somebody else")
    rehash()
    Checkpoint.objects.all()._raw_delete("default")
    assert told().stretch == (0, 99)
    assert anchors.read_text() == kept


def test_a_text_that_is_gone_without_a_tombstone_is_named(told):
    Payload.objects.filter(entry=seal_of(275).entry)._raw_delete("default")
    assert told().first_bad == 275


def test_a_forged_tombstone_explains_nothing(told):
    entry = seal_of(275).entry
    erasure = Tombstone.objects.first().erasure
    Tombstone.objects.create(entry=entry, erasure=erasure)
    Payload.objects.filter(entry=entry)._raw_delete("default")
    assert told().first_bad == 275


def test_an_erased_text_that_came_back_is_named(told):
    entry = Tombstone.objects.order_by("entry_id").first().entry
    Payload.objects.create(entry=entry, salt="0" * 64, body="{}")
    verdict = told()
    assert verdict.first_bad == entry.seal.number
    assert [problem.kind for problem in verdict.problems] == ["payload_kept"]
