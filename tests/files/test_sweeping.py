"""Sweeping: leftovers go after their time, everything else stays, whatever happens at the same moment."""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction

from amends.files import sweeping
from amends.files.models import StoredFile
from amends.files.storage import create, new_name, new_working_path
from amends.files.sweeping import GRACE, UNATTACHED, Swept, sweep
from amends.files.taking_in import attach, discard, take_in
from amends.kit.refusal import Refusal
from tests.files import uploads
from tests.files.uploads import Sent

NOW = datetime.now(UTC)
NOTHING = Swept(rows=0, blobs=0, working=0)


def orphan(content: bytes = b"x") -> str:
    return storages["default"].save(new_name(), ContentFile(content))


def taken_in(at: datetime = NOW) -> StoredFile:
    return take_in(Sent("a.jpg", uploads.jpeg()), keep_original=True, at=at)


@pytest.mark.django_db
def test_an_empty_store_is_swept_without_complaint(store):
    assert sweep(NOW) == NOTHING


@pytest.mark.django_db
def test_bytes_without_a_row_go_after_a_day(store, stored_bytes):
    orphan()
    made = datetime.now(UTC)
    assert sweep(made + GRACE - timedelta(minutes=2)) == NOTHING
    assert len(stored_bytes()) == 1
    assert sweep(made + GRACE + timedelta(minutes=2)) == Swept(rows=0, blobs=1, working=0)
    assert not stored_bytes()


@pytest.mark.django_db
def test_work_left_behind_goes_after_a_day(store, stored_bytes):
    with create(new_working_path()) as file:
        file.write(b"half an upload")
    made = datetime.now(UTC)
    assert sweep(made + GRACE - timedelta(minutes=2)) == NOTHING
    assert sweep(made + GRACE + timedelta(minutes=2)) == Swept(rows=0, blobs=0, working=1)
    assert not stored_bytes()


@pytest.mark.django_db
def test_files_never_attached_go_after_fifteen_days_with_their_bytes(
    store, stored_bytes, django_capture_on_commit_callbacks
):
    kept, left = taken_in(), taken_in()
    attach(kept, NOW)
    assert sweep(NOW + UNATTACHED - timedelta(minutes=1)) == NOTHING
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(NOW + UNATTACHED + timedelta(minutes=1)).rows == 1
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [kept.pk]
    assert set(stored_bytes()) == kept.blobs
    assert not StoredFile.objects.filter(pk=left.pk).exists()


@pytest.mark.django_db
def test_files_that_are_referred_to_stay_for_ever(store, stored_bytes):
    file = taken_in()
    attach(file, NOW)
    assert sweep(NOW + timedelta(days=4000)) == NOTHING
    assert set(stored_bytes()) == file.blobs


@pytest.mark.django_db
def test_files_of_others_under_the_root_are_left_alone(store: Path):
    orphan()
    readme = store / "README"
    readme.write_text("put here by an operator")
    sweep(NOW + timedelta(days=400))
    assert readme.exists()


@pytest.mark.django_db
def test_a_wrong_database_does_not_cost_the_files(store, stored_bytes, monkeypatch, caplog):
    """Where most stored files have no row, it is the rows that are missing."""
    monkeypatch.setattr(sweeping, "SUSPICIOUS_COUNT", 4)
    for _ in range(5):
        orphan()
    assert sweep(NOW + timedelta(days=2)) == Swept(rows=0, blobs=0, working=0, held_back=5)
    assert len(stored_bytes()) == 5
    assert "Is this the right database?" in caplog.text


@pytest.mark.django_db
def test_a_sweep_asks_the_database_a_few_times_only(store, django_assert_max_num_queries):
    for _ in range(20):
        orphan()
    with django_assert_max_num_queries(2):
        assert sweep(NOW + timedelta(days=2)).blobs == 20


class Beside(threading.Thread):
    """Something that happens at the same time; its error, if any, is kept."""

    def __init__(self, deed) -> None:
        super().__init__()
        self.deed, self.error = deed, None

    def run(self) -> None:
        try:
            self.deed()
        except Exception as error:
            self.error = error
        finally:
            connection.close()


def test_a_file_being_attached_is_not_swept(own_database, store, stored_bytes):
    file, locked = taken_in(at=NOW - timedelta(days=30)), threading.Event()

    def attaching() -> None:
        with transaction.atomic():
            attach(file, NOW)
            locked.set()
            time.sleep(0.3)

    other = Beside(attaching)
    other.start()
    assert locked.wait(10)
    assert sweep(NOW) == NOTHING
    other.join()
    assert other.error is None
    assert StoredFile.objects.get().attached_at == NOW
    assert set(stored_bytes()) == file.blobs


def test_a_file_being_swept_is_not_attached(own_database, store, stored_bytes):
    file, locked = taken_in(at=NOW - timedelta(days=30)), threading.Event()

    def removing() -> None:
        with transaction.atomic():
            assert discard(file)
            locked.set()
            time.sleep(0.3)

    other = Beside(removing)
    other.start()
    assert locked.wait(10)
    with pytest.raises(Refusal, match="file_gone"):
        attach(file, NOW)
    other.join()
    assert other.error is None
    assert not StoredFile.objects.exists()
    assert not stored_bytes()


def test_sweeping_beside_taking_in_loses_nothing(own_database, store, stored_bytes):
    """Four files are taken in while the store is swept over and over, with old leftovers in between."""
    files: list[StoredFile] = []
    for _ in range(10):
        path = store / orphan()
        os.utime(path, (time.time() - 90_000,) * 2)
    other = Beside(lambda: files.extend(taken_in() for _ in range(4)))
    other.start()
    swept = 0
    while other.is_alive():
        swept += sweep(datetime.now(UTC)).blobs
    other.join()
    assert other.error is None
    assert swept == 10
    assert set(stored_bytes()) == frozenset().union(*(file.blobs for file in files))
    assert StoredFile.objects.count() == 4
