"""The journal as the verifier reads it, while others go on working."""

import json
from threading import Event

import pytest
from django.db import connection, transaction

from amends.journal.erasing import erase_payloads
from amends.journal.exporting import export, verify_database
from amends.journal.models import Entry, Seal
from amends.journal.reads import digest_days, note_read
from amends.journal.recording import record, record_many
from amends.journal.vocabulary import Subject
from amends.people import events
from amends.people.standing import SYSTEM
from tests.cast import AT, DAY
from tests.journal import journals
from tests.settings import ENGINE

ZOE = Subject("person", 1)


def write(many: int) -> list[Entry]:
    lot = [(events.PersonChanged(person=ZOE, manager=None), {"n": n}) for n in range(many)]
    return record_many(lot, by=SYSTEM, at=AT, about_kind="person")


@pytest.mark.django_db
@pytest.mark.parametrize("sealed", [0, 1, 255, 256, 257, 512])
def test_an_honest_journal_of_any_length_is_whole(anchors, sealed):
    write(sealed)
    journals.keep(AT)
    write(3)
    verdict = verify_database(anchors)
    assert verdict.problems == []
    assert (verdict.entries, verdict.waiting, verdict.payloads) == (sealed, 3, sealed + 3)


@pytest.mark.django_db
def test_a_journal_that_nothing_was_written_in_is_whole(anchors, tmp_path):
    assert verify_database(anchors).is_whole
    assert set(export(tmp_path / "export", AT).values()) == {0, 1}, "nothing but the key"


@pytest.mark.django_db
def test_what_is_sealed_without_a_checkpoint_is_said(anchors):
    write(5)
    journals.seal(AT)
    verdict = verify_database(anchors)
    assert verdict.is_whole
    assert "rows 0 to 4 are newer than the newest checkpoint" in verdict.unchecked


@pytest.mark.django_db
def test_an_export_is_a_directory_that_stands_alone(anchors, tmp_path):
    write(300)
    erase_payloads(Entry.objects.order_by("id")[:2], about=ZOE, reason="asked", by=SYSTEM, at=AT)
    journals.keep(AT)
    note_read(ZOE, by=journals.Complainant(), at=AT)
    digest_days(SYSTEM, AT + DAY)
    counts = export(tmp_path / "deep" / "export", AT)
    assert counts == {
        "entries": 302,
        "payloads": 298,
        "tombstones": 2,
        "subtrees": 1,
        "reads": 1,
        "checkpoints": 1,
        "keys": 1,
    }
    manifest = json.loads((tmp_path / "deep" / "export" / "manifest.json").read_text())
    assert manifest == {
        "format": "amends-journal-export/1",
        "written": "2026-03-02T09:00:00.000000Z",
        "counts": counts,
    }
    assert {path.name for path in (tmp_path / "deep" / "export").iterdir()} == {
        "entries.txt",
        "payloads.txt",
        "tombstones.txt",
        "subtrees.txt",
        "reads.txt",
        "checkpoints.jsonl",
        "keys.txt",
        "manifest.json",
        "verifier.py",
    }


@pytest.mark.django_db
def test_texts_with_tabs_and_line_breaks_stay_on_their_line(anchors, tmp_path):
    texts = ["a\tb", "a\nb", "a\r\nb", "a\u2028b", "\x1f", "“şikâyet” 💧", "\\n", '"', "\x7f"]
    with transaction.atomic():
        for text in texts:
            record(events.PersonChanged(person=ZOE, manager=None), by=SYSTEM, at=AT, payload={"text": text})
    journals.keep(AT)
    assert journals.verdict().is_whole
    assert (
        export(tmp_path, AT)["payloads"] == len((tmp_path / "payloads.txt").read_bytes().split(b"\n")) - 1 == len(texts)
    )


def test_a_journal_that_grows_meanwhile_raises_no_alarm(own_database, anchors, tmp_path):
    """Others write, seal, sign, let out and erase, as fast as they can, while it is checked and exported."""
    if ENGINE == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")  # as in production: a reader keeps its snapshot
    with transaction.atomic():
        write(400)
    journals.keep(AT)
    enough = Event()

    def goes_on() -> int:
        rounds = 0
        while not enough.is_set():
            with transaction.atomic():
                fresh = write(15)
                late = record(events.Joined(person=ZOE), by=SYSTEM, at=AT, payload={"n": rounds})
            journals.seal(AT, 10)
            journals.sign(AT)
            journals.anchor(AT)
            with transaction.atomic():
                erase_payloads([late, *fresh[:3]], about=ZOE, reason="asked", by=SYSTEM, at=AT)
            rounds += 1
        return rounds

    def checks() -> list[list[object]]:
        try:
            found = [verify_database(anchors).problems for _ in range(6)]
            export(tmp_path / "export", AT)
            return found
        finally:
            enough.set()

    rounds, found = journals.at_once(goes_on, checks)
    assert rounds > 1
    assert found == [[]] * 6
    assert Seal.objects.count() > 400
    while journals.seal(AT):
        journals.sign(AT)
    assert journals.verdict().is_whole
