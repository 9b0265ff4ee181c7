"""The stand-alone verifier: what it needs, what it prints, and that it never cries wolf."""

import base64
import hashlib
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.journal import verifier
from tests.journal import synthetic
from tests.journal.synthetic import Signer

FILE = Path(verifier.__file__)

#: Runs the verifier as if `cryptography` had never been installed.
WITHOUT_CRYPTOGRAPHY = """
import runpy, sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "cryptography":
            raise ImportError(name)
sys.meta_path.insert(0, Hidden())
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def run(*arguments: object, alone: tuple[str, ...] = (str(FILE),)) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", *alone, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """An honest export of 600 rows; its anchors lie beside it."""
    synthetic.make(600, 7, waiting=3, erased=5).write(tmp_path / "whole", 100)
    return tmp_path / "whole"


def test_it_is_one_short_file_that_needs_the_standard_library_only():
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 500
    imports = {line.split()[1].partition(".")[0] for line in lines if line.startswith(("import ", "from "))}
    assert imports <= sys.stdlib_module_names


def test_an_honest_export_passes_and_says_what_was_not_checked(whole: Path):
    done = run(whole, "--anchors", whole.with_suffix(".anchors"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("OK: the journal is whole\n")
    assert "600 entries" in done.stdout
    assert "5 erased" in done.stdout
    assert "3 waiting" in done.stdout
    assert "not checked: the public key came with the export" in done.stdout


def test_without_anchors_it_says_that_a_cut_tail_would_not_show(whole: Path):
    assert "not checked: no anchors" in run(whole).stdout


def test_a_key_that_the_auditor_holds_is_trusted_instead_of_the_one_in_the_export(whole: Path, tmp_path: Path):
    mine = (whole / "keys.txt").read_text()
    held = run(whole, "--key", mine.strip())
    assert held.returncode == 0
    assert "public key" not in held.stdout
    (tmp_path / "held.txt").write_text(mine)
    assert run(whole, "--key", tmp_path / "held.txt").returncode == 0
    other = run(whole, "--key", Signer(b"another").line)
    assert other.returncode == 1
    assert "not signed by a known key" in other.stdout


def test_without_cryptography_the_newest_signature_is_checked_by_a_slow_check_of_its_own(whole: Path):
    bare = ("-c", WITHOUT_CRYPTOGRAPHY, str(FILE))
    anchors = whole.with_suffix(".anchors")
    done = run(whole, "--anchors", anchors, "--json", alone=bare)
    said = json.loads(done.stdout)
    assert said["ok"]
    assert said["checkpoints"] == said["anchors"] == 6
    assert any("package cryptography is missing" in text for text in said["unchecked"])
    lines = (whole / "checkpoints.jsonl").read_text().splitlines(keepends=True)
    signer = Signer(b"synthetic")
    newest = json.loads(lines[-1])["note"]
    text, _, _ = newest.partition("\n\n")
    stolen = signer.id + Ed25519PrivateKey.generate().sign(f"{text}\n".encode())
    lines[-1] = json.dumps({"note": f"{text}\n\n— {signer.name} {base64.b64encode(stolen).decode()}\n"}) + "\n"
    (whole / "checkpoints.jsonl").write_text("".join(lines))
    again = json.loads(run(whole, "--json", alone=bare).stdout)
    assert [problem["kind"] for problem in again["problems"]] == ["bad_signature"]
    assert again["stretch"] == [500, 599]


def test_without_cryptography_a_changed_older_checkpoint_breaks_the_chain(whole: Path):
    path = whole / "checkpoints.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    lines[2] = lines[2].replace("time 2026-01-01", "time 2026-01-02")
    path.write_text("".join(lines))
    said = json.loads(run(whole, "--json", alone=("-c", WITHOUT_CRYPTOGRAPHY, str(FILE))).stdout)
    assert {problem["kind"] for problem in said["problems"]} == {"bad_signature", "broken_chain"}


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2**32), st.sampled_from(["none", "message", "signature", "key"]))
def test_the_slow_check_agrees_with_the_library(message: bytes, seed: int, spoilt: str):
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"%d" % seed).digest())
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    chance = random.Random(seed)

    def flipped(data: bytes) -> bytes:
        place = chance.randrange(len(data))
        return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]

    if spoilt == "message":
        message += b"!"
    elif spoilt == "signature":
        signature = flipped(signature)
    elif spoilt == "key":
        public = flipped(public)
    fast = verifier.ed25519_holds(public, signature, message)
    library, verifier.Ed25519PublicKey = verifier.Ed25519PublicKey, None
    try:
        slow = verifier.ed25519_holds(public, signature, message)
    finally:
        verifier.Ed25519PublicKey = library
    assert slow is fast is (spoilt == "none")


def test_the_first_vectors_of_rfc_8032(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verifier, "Ed25519PublicKey", None)
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert verifier.ed25519_holds(public, signature, b"")
    assert not verifier.ed25519_holds(public, signature, b"\x72")
    assert not verifier.ed25519_holds(public, signature[:63], b"")
    assert not verifier.ed25519_holds(public, signature + b"\x00", b"")
    order = 2**252 + 27742317777372353535851937790883648493
    again = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not verifier.ed25519_holds(public, signature[:32] + again, b""), "one signature has one form"
    assert not verifier.ed25519_holds(b"\xff" * 32, signature, b"")


@pytest.mark.parametrize(
    "name", ["manifest.json", "entries.txt", "payloads.txt", "tombstones.txt", "subtrees.txt", "reads.txt", "keys.txt"]
)
def test_a_file_that_is_missing_is_named(whole: Path, name: str):
    (whole / name).unlink()
    done = run(whole)
    assert done.returncode == 2
    assert name in done.stderr
    assert "cannot be checked" in done.stderr
    assert "Traceback" not in done.stderr


def test_something_else_than_an_export_is_refused(tmp_path: Path, whole: Path):
    assert run(tmp_path / "nowhere").returncode == 2
    (whole / "manifest.json").write_text('{"format": "amends-journal-export/9"}')
    newer = run(whole)
    assert newer.returncode == 2
    assert "use the verifier.py that lies in it" in newer.stderr
    (whole / "manifest.json").write_bytes(b"\xff\x00")
    assert run(whole).returncode == 2
    assert run(whole, "--anchors", tmp_path / "no.anchors").returncode == 2


@pytest.mark.parametrize("rubbish", [b"", b"\n\n\n", b"\xff\xfe\x00", b"[" * 5000, b"1\t2\n" * 50])
@pytest.mark.parametrize("name", ["entries.txt", "payloads.txt", "tombstones.txt", "subtrees.txt", "checkpoints.jsonl"])
def test_a_file_full_of_rubbish_is_told_and_never_a_crash(whole: Path, name: str, rubbish: bytes):
    (whole / name).write_bytes(rubbish)
    anchors = verifier.read_notes(whole.with_suffix(".anchors"))
    verdict = verifier.verify(verifier.read_export(whole), anchors)
    # Without its own checkpoints the journal is still whole: the anchors say so.
    assert verdict.is_whole == (name == "checkpoints.jsonl" and b"\n" not in rubbish)
    assert verifier.report(verdict)


def test_half_written_and_doubled_lines_in_the_anchors_are_no_alarm(whole: Path):
    anchors = whole.with_suffix(".anchors")
    lines = anchors.read_bytes().splitlines(keepends=True)
    anchors.write_bytes(b"".join([*lines[:3], lines[3][:50], b"\n", *lines[2:], lines[5][:70]]))
    verdict = verifier.verify(verifier.read_export(whole), verifier.read_notes(anchors))
    assert verdict.is_whole
    assert any("1 lines of the anchors are damaged" in text for text in verdict.unchecked)


def test_anchors_may_be_a_selection(whole: Path):
    """Whoever collects the daily mails has one checkpoint in many."""
    anchors = whole.with_suffix(".anchors")
    lines = anchors.read_bytes().splitlines(keepends=True)
    anchors.write_bytes(lines[1] + lines[4])
    verdict = verifier.verify(verifier.read_export(whole), verifier.read_notes(anchors))
    assert verdict.is_whole
    assert any("a selection" in text for text in verdict.unchecked)


def test_checkpoints_between_anchors_count_when_an_anchor_names_them(tmp_path: Path):
    """A rewrite between two anchors is narrowed down by the checkpoints that the later anchor follows."""
    log = synthetic.make(600, 3)
    anchors = log.write(tmp_path / "export", 100)
    lines = anchors.read_bytes().splitlines(keepends=True)
    anchors.write_bytes(lines[0] + lines[5])
    kept = (tmp_path / "export" / "checkpoints.jsonl").read_bytes()
    log.documents[345] = log.documents[345].replace(b"web", b"bew")
    log.write(tmp_path / "export", 100)
    (tmp_path / "export" / "checkpoints.jsonl").write_bytes(kept)
    anchors.write_bytes(lines[0] + lines[5])
    verdict = verifier.verify(verifier.read_export(tmp_path / "export"), verifier.read_notes(anchors))
    assert verdict.stretch == (300, 399)


@pytest.mark.parametrize("seed", range(12))
def test_honest_journals_of_all_lengths_raise_no_alarm(tmp_path: Path, seed: int):
    chance = random.Random(seed)
    for number in range(10):
        rows = chance.choice([1, 2, 3, 99, 100, 101, 255, 256, 257, 511, 512, 513, chance.randint(1, 700)])
        log = synthetic.make(rows, seed * 10 + number, waiting=chance.choice([0, 0, 5]), erased=chance.choice([0, 3]))
        anchors = log.write(tmp_path / str(number), chance.choice([1, 7, 100]) if rows < 300 else 100)
        verdict = verifier.verify(verifier.read_export(tmp_path / str(number)), verifier.read_notes(anchors))
        assert verdict.problems == []
        assert (verdict.entries, verdict.waiting) == (rows, len(log.waiting))


def test_a_young_journal_without_a_checkpoint_is_no_alarm_an_old_one_is(tmp_path: Path):
    for rows, is_whole in ((1000, True), (1001, False)):
        synthetic.make(rows, 5).write(tmp_path / str(rows), 10_000)
        assert verifier.verify(verifier.read_export(tmp_path / str(rows))).is_whole is is_whole


def test_rows_far_out_of_place_do_not_fill_the_memory(tmp_path: Path):
    """The first row at the end: given up after a thousand, found again at the end."""
    synthetic.make(3000, 6).write(tmp_path / "export", 100)
    path = tmp_path / "export" / "entries.txt"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[1:], lines[0]]))
    verdict = verifier.verify(verifier.read_export(tmp_path / "export"))
    assert verdict.first_bad == 0
    assert {"missing", "misplaced"} <= {problem.kind for problem in verdict.problems}


def problems(directory: Path, anchors: list[verifier.Checkpoint] | None = None) -> verifier.Verdict:
    return verifier.verify(verifier.read_export(directory), anchors)


def test_a_row_that_was_given_anothers_number_is_named_by_its_place(whole: Path):
    lines = (whole / "entries.txt").read_bytes().splitlines(keepends=True)
    for number in (b"37", b"60", b"599", b"7000"):
        changed = [*lines[:57], lines[57].replace(b"57\t", number + b"\t", 1), *lines[58:]]
        (whole / "entries.txt").write_bytes(b"".join(changed))
        verdict = problems(whole)
        assert verdict.first_bad == 57
        named = [problem.text for problem in verdict.problems if problem.first == 57]
        assert number == b"7000" or f"(one carries the number {number.decode()})" in named[0]


def test_after_a_missing_row_nothing_is_said_of_roots_that_cannot_be_rebuilt(whole: Path):
    lines = (whole / "entries.txt").read_bytes().splitlines(keepends=True)
    (whole / "entries.txt").write_bytes(b"".join([*lines[:57], *lines[58:]]))
    verdict = problems(whole)
    assert {problem.kind for problem in verdict.problems} <= {"missing", "payload_stray"}
    assert any("rows after 57 were checked one by one only" in text for text in verdict.unchecked)


def test_a_missing_erasure_is_the_first_bad_row_not_what_it_erased(whole: Path):
    lines = (whole / "entries.txt").read_bytes().splitlines(keepends=True)
    assert b"journal.erased" in lines[599]
    (whole / "entries.txt").write_bytes(b"".join([*lines[:599], *lines[600:]]))
    assert problems(whole).stretch == (599, 599)
    (whole / "entries.txt").write_bytes(b"".join([*lines[:599], *lines[600:], lines[598].replace(b"598", b"600", 1)]))
    assert problems(whole).first_bad == 599


def test_two_signed_checkpoints_of_one_size_that_differ_are_told_from_the_last_common_one(tmp_path: Path):
    """The key was used for two histories: one was shown to some, the other to others."""
    log = synthetic.make(600, 8)
    one = log.write(tmp_path / "one", 100)
    log.documents[250] = log.documents[250].replace(b"web", b"bew")
    two = log.write(tmp_path / "two", 100)
    both = [*verifier.read_notes(one), *verifier.read_notes(two)]
    for directory in (tmp_path / "one", tmp_path / "two"):
        assert problems(directory, both).stretch == (200, 299)
        assert problems(directory, both[::-1]).stretch == (200, 299)


def test_a_signature_counts_under_the_name_of_its_key_only(whole: Path):
    note = verifier.read_notes(whole / "checkpoints.jsonl")[0]
    signer = Signer(b"synthetic")
    assert verifier.signature_holds(note, [signer.line])
    name, identity, public = signer.line.split("+", 2)
    for line in (
        f"{name}+00000000+{public}",
        f"other+{identity}+{public}",
        f"{name}+{identity}",
        "",
        f"{name}+{public}",
    ):
        assert not verifier.signature_holds(note, [line])
    text, _, rest = note.note.partition("\n\n")
    blob = base64.b64decode(rest.split()[2])
    for wrong in (b"\x00\x00\x00\x00" + blob[4:], blob[:-1] + bytes([blob[-1] ^ 1])):
        signed = f"{text}\n\n— {name} {base64.b64encode(wrong).decode()}\n"
        assert not verifier.signature_holds(verifier.read_note(signed), [signer.line])
    beside = note.note + "— witness.example AAAAAAAA\n"
    assert verifier.signature_holds(verifier.read_note(beside), [signer.line]), "others may sign as well"
