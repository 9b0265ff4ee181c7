"""Signed checkpoints, and how they leave the database."""

import base64
import hashlib
import json
import re
from datetime import timedelta
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import transaction
from django.test.utils import override_settings

from amends.journal import checkpoints, keys, leases, sealing, verifier
from amends.journal.checkpoints import (
    JournalChangedError,
    age_of_newest_anchor,
    anchor_to_file,
    behind_anchors,
    make_checkpoint,
    read_anchors,
    read_note,
)
from amends.journal.keys import NoSigningKeyError, create_signing_key, signing_key
from amends.journal.models import Anchoring, Checkpoint, Seal
from amends.journal.recording import record_many
from amends.journal.stored_tree import stored_tree
from amends.journal.vocabulary import Subject
from amends.people import events
from amends.people.standing import SYSTEM
from tests.cast import AT
from tests.journal import journals

MINUTE = timedelta(minutes=1)
ZOE = Subject("person", 1)


def grow(many: int, *, seal: bool = True) -> None:
    lot = [(events.PersonChanged(person=ZOE, manager=None), None)] * many
    with transaction.atomic():
        record_many(lot, by=SYSTEM, at=AT, about_kind="person")
    if seal:
        journals.seal(AT)


def due(at) -> Checkpoint | None:
    """What the worker does every second: a checkpoint if it is time."""
    fence = leases.take(sealing.DUTY, journals.HOLDER, at, sealing.LEASE)
    return make_checkpoint(journals.HOLDER, fence, at)


@pytest.mark.django_db
def test_a_note_follows_c2sp_and_its_signature_holds():
    """Parsed here from the descriptions of signed notes and of checkpoints, with nothing of ours."""
    grow(3)
    note = due(AT).note
    text = r"(?P<text>(?P<origin>\S+)\n(?P<size>\d+)\n(?P<root>[^\n]{44})\n(?:[^\n]+\n)*)"
    found = re.fullmatch(text + r"\n— (?P<name>\S+) (?P<blob>\S+)\n", note)
    blob = base64.b64decode(found["blob"], validate=True)
    name, identity, encoded = verifier_line().split("+", 2)
    public = base64.b64decode(encoded, validate=True)
    assert public[:1] == b"\x01", "the algorithm byte of Ed25519"
    assert found["name"] == found["origin"] == name
    assert hashlib.sha256(name.encode() + b"\n" + public).digest()[:4] == blob[:4] == bytes.fromhex(identity)
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(blob[4:], found["text"].encode())
    assert int(found["size"]) == 3
    assert base64.b64decode(found["root"]) == stored_tree(3).root()
    assert "\ntime 2026-03-02T09:00:00.000000Z\nprevious -\n" in note


def verifier_line() -> str:
    public = keys.public_bytes(signing_key())
    return keys.verifier_key(keys.origin_of(public), public)


@pytest.mark.django_db
def test_each_checkpoint_names_the_one_before_by_its_hash():
    notes = []
    for number in range(4):
        grow(2)
        notes.append(due(AT + 10 * number * MINUTE).note)
    for before, after in pairwise(notes):
        assert read_note(after).previous == hashlib.sha256(before.encode()).hexdigest()
    assert [read_note(note).size for note in notes] == [2, 4, 6, 8]
    assert len({read_note(note).origin for note in notes}) == 1


@pytest.mark.django_db
def test_a_checkpoint_is_due_at_once_then_after_a_hundred_rows_or_five_minutes():
    assert due(AT) is None, "nothing is sealed"
    grow(1)
    assert due(AT).size == 1
    assert due(AT + 60 * MINUTE) is None, "nothing is new"
    grow(99)
    assert due(AT + 4 * MINUTE) is None
    assert due(AT + 5 * MINUTE).size == 100
    grow(100)
    assert due(AT + 5 * MINUTE).size == 200


@pytest.mark.django_db
def test_who_lost_the_lease_signs_nothing():
    grow(1)
    fence = leases.take(sealing.DUTY, "one", AT + 2 * MINUTE, sealing.LEASE)
    leases.take(sealing.DUTY, "two", AT + 4 * MINUTE, sealing.LEASE)
    with pytest.raises(leases.LeaseLostError):
        make_checkpoint("one", fence, AT + 4 * MINUTE)
    assert not Checkpoint.objects.exists()


@pytest.mark.django_db
def test_nothing_more_is_signed_over_a_rewritten_past():
    grow(300)
    due(AT)
    grow(300)
    journals.drop_triggers()
    Seal.objects.filter(number=299).update(leaf=b"\x00" * 32)
    with pytest.raises(JournalChangedError):
        due(AT + 10 * MINUTE)
    Seal.objects.filter(number__gte=290)._raw_delete("default")
    grow(1, seal=False)
    with pytest.raises(JournalChangedError):
        due(AT + 10 * MINUTE)
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db
def test_a_missing_key_is_named_with_what_to_do(tmp_path):
    with (
        override_settings(AMENDS_SIGNING_KEY_FILE=tmp_path / "none.pem"),
        pytest.raises(NoSigningKeyError, match="init"),
    ):
        signing_key()


def test_a_key_is_for_its_owner_only_and_never_overwritten(tmp_path):
    create_signing_key(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        create_signing_key(tmp_path / "key.pem")


@pytest.mark.django_db
def test_checkpoints_leave_in_order_and_once(anchors):
    for number in range(3):
        grow(2)
        due(AT + 10 * number * MINUTE)
    assert age_of_newest_anchor(AT + 30 * MINUTE) == 30 * MINUTE
    assert anchor_to_file(AT) == 3
    assert anchor_to_file(AT) == 0
    assert age_of_newest_anchor(AT + 30 * MINUTE) == timedelta()
    notes = [json.loads(line)["note"] for line in anchors.read_text().splitlines()]
    assert notes == read_anchors(anchors) == list(Checkpoint.objects.order_by("size").values_list("note", flat=True))
    assert anchors.stat().st_mode & 0o777 == 0o640


@pytest.mark.django_db
@pytest.mark.parametrize("cut", [1, 2, 40, 200])
def test_a_line_that_a_crash_left_half_written_is_closed_and_written_again(anchors, cut):
    for number in range(2):
        grow(2)
        due(AT + 10 * number * MINUTE)
    anchor_to_file(AT)
    anchors.write_bytes(anchors.read_bytes()[:-cut])
    assert len(read_anchors(anchors)) == (2 if cut == 1 else 1)
    Anchoring.objects.all().delete()
    assert anchor_to_file(AT) == 2
    assert len(set(read_anchors(anchors))) == 2
    assert journals.verdict().is_whole
    grow(2)
    due(AT + 30 * MINUTE)
    anchor_to_file(AT)
    assert len(verifier.read_notes(anchors)) >= 3
    assert journals.verdict().is_whole


@pytest.mark.django_db
def test_the_writer_reads_only_the_end_of_a_long_file(anchors, monkeypatch):
    for number in range(12):
        grow(1)
        due(AT + 10 * number * MINUTE)
    anchor_to_file(AT)
    whole = anchors.read_bytes()
    monkeypatch.setattr(checkpoints, "TAIL", 1200)
    assert 1 <= len(checkpoints._newest_anchors(anchors)) <= 3
    Anchoring.objects.filter(checkpoint__size__gte=11).delete()
    assert anchor_to_file(AT) == 2
    assert anchors.read_bytes() == whole, "the two newest were found at the end of the file"
    assert not behind_anchors()


@pytest.mark.django_db
def test_a_database_that_is_behind_its_anchors_is_noticed(anchors):
    assert not behind_anchors(), "there is no file yet"
    grow(5)
    journals.keep(AT)
    grow(5)
    due(AT + 10 * MINUTE)
    anchor_to_file(AT)
    assert not behind_anchors()
    journals.drop_triggers()
    Seal.objects.filter(number__gte=7)._raw_delete("default")
    assert behind_anchors()
    Seal.objects.all()._raw_delete("default")
    assert behind_anchors()
    anchors.write_bytes(b'{"note": "rubbish"}\n')
    assert not behind_anchors()


@pytest.mark.parametrize(("point", "anchored"), [("after_checkpoint", 0), ("after_anchor", 1)])
def test_a_sealer_that_dies_between_signing_and_anchoring_heals_by_itself(own_database, anchors, point, anchored):
    def works(at=AT) -> None:
        journals.seal(at)
        due(at)
        anchor_to_file(at)

    grow(5, seal=False)
    assert journals.in_child(works, dies_at=point) == journals.KILLED
    assert Checkpoint.objects.count() == 1
    assert len(read_anchors(anchors)) == anchored
    assert not Anchoring.objects.exists()
    later = AT + MINUTE
    grow(5, seal=False)
    works(later)
    works(later + 10 * MINUTE)
    assert [read_note(note).size for note in read_anchors(anchors)] == [5, 10]
    assert Anchoring.objects.count() == Checkpoint.objects.count() == 2
    assert journals.verdict().is_whole
    assert not behind_anchors()
