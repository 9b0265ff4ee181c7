"""What the stand-alone verifier says of an export that somebody tampered with, and of an honest one."""

import importlib.util
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest
from django.db import transaction
from django.test import override_settings

from amends.journal import keys
from amends.journal.erasing import erase_payloads
from amends.journal.exporting import export
from amends.journal.models import Entry
from amends.journal.reads import digest_days, note_read
from amends.journal.recording import record, record_many
from amends.people import events
from amends.people.actions import cancel_absence, record_absence
from amends.people.standing import SYSTEM
from tests import cast
from tests.journal import journals, tampering
from tests.journal.synthetic import Signer

pytestmark = pytest.mark.django_db

#: how often each of the eight kinds is tried; AMENDS_TAMPERINGS=10000 tries harder, on demand
A_KIND = int(os.environ.get("AMENDS_TAMPERINGS", "504")) // 8


class Honest:
    """An honest journal, exported once; every test tampers with a copy."""

    def __init__(self, directory: Path, anchors: Path) -> None:
        self.directory, self.anchors = directory, anchors
        self.files = tampering.load(directory, anchors)
        self.signer = Signer(keys.signing_key(), self.files.notes[0].split("\n")[0])
        self.verifier = standing_alone(directory / "verifier.py")

    def verdict_on(self, directory: Path):
        notes = self.verifier.read_notes(self.anchors)
        return self.verifier.verify(self.verifier.read_export(directory), notes)


def standing_alone(path: Path) -> ModuleType:
    """The copy of the verifier that lies in the export, loaded as a file of its own."""
    spec = importlib.util.spec_from_file_location("standing_alone", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def honest(django_db_setup, django_db_blocker, tmp_path_factory) -> Honest:
    place = tmp_path_factory.mktemp("honest")
    anchors = place / "journal.anchors"
    with django_db_blocker.unblock(), override_settings(AMENDS_ANCHORS=str(anchors)), transaction.atomic():
        write_a_journal()
        export(place / "export", cast.AT)
        transaction.set_rollback(True)
    (place / "export" / "manifest.json").touch()
    return Honest(place / "export", anchors)


def write_a_journal() -> None:
    """Some 1,500 entries by verbs and by recording, sealed in uneven steps, with erasures and a reading log."""
    world = cast.world()
    at, zoe = world.at, world.zoe.subject
    steps = iter([25, 256, 90, 130, 60, 200, 101, 99, 140, 77, 150, 60, 90])
    for number in range(6):
        for person in world.people:
            day = (at + timedelta(days=3 * number)).date()
            absence = record_absence(person, starts_on=day, ends_on=day, substitute=None, by=SYSTEM, at=at)
            if number % 2:
                cancel_absence(absence, by=world.as_(person), at=at)
        journals.seal(at, next(steps))
        journals.sign(at)
    for number in range(140):
        payload = {"before": {"name": f"Zoe {number}"}, "after": {"name": "Zoe · şikâyet"}}
        record(events.PersonChanged(person=zoe, manager=None), by=world.as_(world.adam), at=at, payload=payload)
        if number % 20 == 0:
            note_read(zoe, by=world.as_(world.people[number % 7]), at=at + timedelta(hours=number))
    digest_days(SYSTEM, at + timedelta(days=8))
    for lot in range(5):
        many = [(events.PersonChanged(person=zoe, manager=None), {"lot": lot, "n": n}) for n in range(250)]
        record_many(many, by=SYSTEM, at=at, about_kind="person")
        with_text = list(Entry.objects.exclude(commitment="").filter(tombstone=None).order_by("id")[lot : lot + 4])
        erase_payloads(with_text, about=zoe, reason="asked", by=SYSTEM, at=at)
        journals.seal(at, next(steps))
        journals.sign(at)
        journals.anchor(at)
    while journals.seal(at, 170):
        journals.sign(at)
    journals.anchor(at)
    for many in (9, 12):  # nine are sealed after the newest checkpoint, twelve wait for their numbers
        lot = [(events.PersonChanged(person=zoe, manager=None), {"n": n}) for n in range(many)]
        record_many(lot, by=SYSTEM, at=at, about_kind="person")
        if many == 9:
            journals.seal(at)


def test_the_honest_journal_is_long_enough_and_whole(honest: Honest):
    verdict = honest.verdict_on(honest.directory)
    assert verdict.problems == []
    assert verdict.entries > 1400
    assert verdict.waiting == 12
    assert verdict.erased == 20
    assert len(honest.files.anchored) == verdict.checkpoints == verdict.anchors > 12
    assert len(honest.files.subtrees) == verdict.entries // 256
    assert len(tampering.digest_rows(honest.files)) == 8


@pytest.mark.parametrize("kind", tampering.KINDS)
def test_tampering_is_told_to_the_row_or_the_smallest_stretch(honest: Honest, kind: str, tmp_path: Path):
    (tmp_path / "manifest.json").write_bytes((honest.directory / "manifest.json").read_bytes())
    for seed in range(A_KIND):
        files, told = tampering.tampered(honest.files, kind, seed, honest.signer)
        tampering.store(files, tmp_path)
        verdict = honest.verdict_on(tmp_path)
        assert not verdict.is_whole, f"{kind} {seed} was not noticed"
        if told.row is not None:
            assert verdict.first_bad == told.row, f"{kind} {seed}: {verdict.problems[:3]}"
        if told.stretch is not None:
            # No row is blamed; only that a text is missing its erasure, or its entry, may show as well.
            named = {problem.kind for problem in verdict.problems} - set(honest.verifier.STRETCHES)
            assert named <= {"payload_missing", "payload_stray"}, f"{kind} {seed}: {verdict.problems[:3]}"
            assert verdict.stretch == told.stretch, f"{kind} {seed}: {verdict.problems[:3]}"


@pytest.mark.parametrize("kind", tampering.KINDS)
def test_the_program_says_the_same_alone(honest: Honest, kind: str, tmp_path: Path):
    (tmp_path / "manifest.json").write_bytes((honest.directory / "manifest.json").read_bytes())
    files, told = tampering.tampered(honest.files, kind, 0, honest.signer)
    tampering.store(files, tmp_path)
    done = run_alone(honest.directory / "verifier.py", tmp_path, "--anchors", honest.anchors, "--json")
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert not said["ok"]
    if told.row is not None:
        assert said["first_bad"] == told.row
    else:
        assert tuple(said["stretch"]) == told.stretch


def run_alone(*command: object) -> subprocess.CompletedProcess[str]:
    """As an auditor would run it: isolated, in a process of its own."""
    return subprocess.run([sys.executable, "-I", *map(str, command)], capture_output=True, text=True, check=False)
