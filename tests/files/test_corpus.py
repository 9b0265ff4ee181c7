"""Hostile uploads by name and content: each is refused or stored inert, within its bounds (P-33, P-37)."""

import resource
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amends.files.kinds import BY_CODE, Family
from amends.files.models import StoredFile
from amends.files.names import display_name
from amends.files.serving import download_response
from amends.files.storage import WORKING, is_blob_name
from amends.files.taking_in import take_in
from amends.kit.refusal import Refusal
from tests.files.corpus import PAYLOAD, STORED, Case, corpus
from tests.files.uploads import Sent

AT = datetime(2026, 11, 16, 9, 30, 42, tzinfo=UTC)
CASES = corpus()
REWRITTEN = {Family.PICTURE, Family.PDF, Family.OFFICE}


def fate(case: Case, *, keep_original: bool) -> tuple[str, StoredFile | None]:
    try:
        file = take_in(Sent(case.name, case.content), keep_original=keep_original, at=AT)
    except Refusal as refusal:
        return (refusal.code if str(refusal.sentence).endswith(".") else "no sentence"), None
    return STORED, file


def assert_nothing_outside(store: Path) -> None:
    """Only random names under the root, and nothing at all beside it."""
    around = store.parent.parent
    assert {path.name for path in around.iterdir()} <= {"data"}
    if store.exists():
        assert {path.name for path in store.parent.iterdir()} == {"store"}
        assert not list((store / WORKING).iterdir())
        for path in store.rglob("*"):
            assert path.is_dir() or is_blob_name(str(path.relative_to(store)))


def assert_inert(file: StoredFile) -> None:
    assert file.name == display_name(file.name)
    for original in (False, True):
        response = download_response(file, original=original, inline=True)
        content = b"".join(response.streaming_content)
        response.close()
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        redrawn = BY_CODE[file.kind].family is Family.PICTURE and not original
        if not redrawn:
            assert response["Content-Type"] == "application/octet-stream"
            assert response["Content-Disposition"].startswith("attachment;")
        if not original and BY_CODE[file.kind].family in REWRITTEN:
            assert PAYLOAD not in content


def test_the_corpus_is_large_enough_and_every_case_is_named_once():
    assert len(CASES) >= 120
    assert len({case.label for case in CASES}) == len(CASES)


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=str)
def test_hostile_upload_is_refused_or_stored_inert(case, store):
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.process_time()
    became, file = fate(case, keep_original=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = time.process_time() - started + after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    assert became == case.fate
    assert cpu < 10
    assert_nothing_outside(store)
    if file is None:
        assert not StoredFile.objects.exists()
    else:
        assert_inert(file)
