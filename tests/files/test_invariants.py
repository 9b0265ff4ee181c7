"""Invariants: each finds what it is there for, and nothing in an honest store."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from amends.files.invariants import hashes_match
from amends.files.models import StoredFile
from amends.files.taking_in import attach, take_in
from amends.kit.invariants import all_invariants
from tests.files import uploads
from tests.files.uploads import Sent

AT = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def file(store) -> StoredFile:
    taken = take_in(Sent("a.jpg", uploads.jpeg()), keep_original=True, at=AT)
    attach(taken, AT)
    take_in(Sent("a.txt", b"words"), keep_original=False, at=AT)
    return taken


def violations(name: str) -> list[str]:
    return [sentence for each in all_invariants() if each.name == name for sentence in each.check()]


def test_an_honest_store_has_no_violations(file):
    names = [each.name for each in all_invariants() if each.name.startswith("files.")]
    assert names == ["files.attached_have_a_state", "files.bytes_are_there"]
    assert not [sentence for name in names for sentence in violations(name)]
    assert not list(hashes_match())


@pytest.mark.parametrize("which", ["original", "stripped"])
def test_missing_bytes_are_found(which, file, store: Path):
    (store / getattr(file, which)).unlink()
    assert violations("files.bytes_are_there") == [f"file {file.pk}: {getattr(file, which)} is missing"]
    assert list(hashes_match()) == [f"file {file.pk}: {getattr(file, which)} is missing"]


@pytest.mark.parametrize("which", ["original", "stripped"])
def test_bytes_cut_short_are_found(which, file, store: Path):
    path = store / getattr(file, which)
    path.write_bytes(path.read_bytes()[:-1])
    assert len(violations("files.bytes_are_there")) == 1


@pytest.mark.parametrize("which", ["original", "stripped"])
def test_changed_bytes_are_found_by_their_hash(which, file, store: Path):
    path = store / getattr(file, which)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert not violations("files.bytes_are_there")
    assert list(hashes_match()) == [f"file {file.pk}: {getattr(file, which)} is not what was stored"]
