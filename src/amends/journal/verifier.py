#!/usr/bin/env python3
"""Checks an exported Amends journal without Amends: does every entry still say what it said when it was written?

    python3 -I verifier.py EXPORT_DIR [--anchors FILE] [--key LINE_OR_FILE] [--json]

Needs Python 3.11 and nothing else. With the package `cryptography` every signature is checked; without it, a slow
check of our own looks at the newest, which names the others by their hashes. Exit status: 0 the journal is whole as
far as it could be checked, 1 something was changed, 2 the export cannot be read.

A row changed in place, missing or out of place is named. Where somebody rewrote rows together with their hashes, no
row can be named: the smallest stretch between two checkpoints is. A cut tail, a journal rewritten with its checkpoints
or another database in its place shows only against anchors: checkpoints that were kept elsewhere. What was never
written, and what happened after the newest anchor, nobody can tell.

The export: entries.txt (number, leaf, version, document), payloads.txt (uid, salt, body), tombstones.txt (uid,
erasure uid), subtrees.txt (level, position, hash), reads.txt (day, line), tab-separated; checkpoints.jsonl and
anchors ({"note": signed note}); keys.txt (NAME+ID+KEY, a line each); manifest.json.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:  # the check of our own is slow, so only the newest signature gets it
    Ed25519PublicKey, InvalidSignature = None, ValueError  # type: ignore[assignment,misc]

FORMAT = "amends-journal-export/1"
BLOCK = 256
WINDOW = 1000  # so many rows may stand too early before a missing one is given up; also the sealer's largest batch
STRETCHES = ("rewritten", "truncated", "replaced", "subtree", "no_checkpoint", "broken_chain", "bad_signature")

_BASE64 = "[A-Za-z0-9+/]"
_NOTE = re.compile(rf"([^\n]+)\n([1-9][0-9]{{0,17}})\n({_BASE64}{{43}}=)\ntime ([^\n]*)\nprevious ([^\n]*)\n\n")
_KEY = re.compile(rf"([^+]+)\+([0-9a-f]{{8}})\+({_BASE64}{{44}})")
_ROW = re.compile(rb"(0|[1-9][0-9]{0,17}|waiting|stray)\t([0-9a-f]{64}|)\t([0-9]|[1-9][0-9]{1,2})\t(.*)")
_SALT, _PLACE = re.compile("[0-9a-f]{64}"), re.compile("[1-7] [0-9]{1,18}")


class Row(NamedTuple):
    """One line of entries.txt. `number` is None for an entry that is still waiting for the sealer."""

    number: int | None
    leaf: bytes
    version: int
    document: bytes
    is_expected_unsealed: bool = False


class Checkpoint(NamedTuple):
    """A signed note: origin, size and root, with the hash of the note before. Of size -1: it cannot be read."""

    note: str
    origin: str = ""
    size: int = -1
    root: bytes = b""
    at: str = ""
    previous: str = ""


@dataclass
class Source:
    """A journal to be checked, wherever it comes from. Payloads are uid, salt and body, best in the order of rows."""

    rows: Iterable[Row]
    payloads: Iterable[tuple[str, str, bytes]]
    tombstones: dict[str, str]
    subtrees: dict[tuple[int, int], str]
    checkpoints: list[Checkpoint]
    keys: list[str]
    reads: dict[str, list[str]] = field(default_factory=dict)


class Problem(NamedTuple):
    """Something that is not as it was written: one row, or a stretch [first, last] of rows (kinds in STRETCHES)."""

    kind: str
    first: int | None
    last: int | None
    text: str


@dataclass
class Verdict:
    """What was found, what was checked and what could not be."""

    problems: list[Problem] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    entries: int = 0
    payloads: int = 0
    erased: int = 0
    waiting: int = 0
    checkpoints: int = 0
    anchors: int = 0
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.problems

    @property
    def first_bad(self) -> int | None:
        """The first row that can be named."""
        return min((p.first for p in self.problems if p.first is not None and p.kind not in STRETCHES), default=None)

    @property
    def stretch(self) -> tuple[int, int] | None:
        """The stretch to look at where no row can be named: of the clearest kind, then the smallest."""
        found = [(STRETCHES.index(p.kind), p.first or 0, p.last or 0) for p in self.problems if p.kind in STRETCHES]
        return min(found, key=lambda one: (one[0], one[2] - one[1]))[1:] if found else None

    def found(self, kind: str, text: str, first: int | None = None, last: int | None = None) -> None:
        """Add a problem: of one row, of a stretch, or of none that has a number."""
        self.problems.append(Problem(kind, first, first if last is None else last, text))

    def as_dict(self) -> dict[str, object]:
        """For --json."""
        told = {"ok": self.is_whole, "first_bad": self.first_bad, "stretch": self.stretch, **vars(self)}
        rate = round(self.entries / self.seconds) if self.seconds else 0
        return {**told, "problems": [problem._asdict() for problem in self.problems], "rows_per_second": rate}


def sha256(*parts: bytes) -> bytes:
    """SHA-256. RFC 9162 puts 0x00 before the data of a leaf, 0x01 before the two children of a node."""
    return hashlib.sha256(b"".join(parts)).digest()


def name_of(checkpoint: Checkpoint) -> str:
    """The hash by which the next checkpoint names this one."""
    return sha256(checkpoint.note.encode("utf-8", "surrogatepass")).hex()


def read_note(signed: str) -> Checkpoint:
    """A checkpoint from its signed note; one of size -1 when it is none."""
    found = _NOTE.match(signed)
    if found is None:
        return Checkpoint(signed)
    origin, size, root, at, previous = found.groups()
    return Checkpoint(signed, origin, int(size), base64.b64decode(root), at, previous)


def signature_holds(checkpoint: Checkpoint, keys: list[str]) -> bool:
    """Whether one of the keys signed this note."""
    text, _, rest = checkpoint.note.partition("\n\n")
    line = re.compile(rf"^— {re.escape(checkpoint.origin)} ({_BASE64}{{90}}[AEIMQUYcgkosw048]=)$", re.MULTILINE)
    blobs = [base64.b64decode(found) for found in line.findall(rest)]
    for key in (key for key in map(_KEY.fullmatch, keys) if key and key[1] == checkpoint.origin):
        raw = base64.b64decode(key[3])
        identity = sha256(f"{key[1]}\n".encode(), raw)[:4]
        mine = [blob[4:] for blob in blobs if blob[:4] == identity and identity.hex() == key[2] and raw[:1] == b"\x01"]
        if any(ed25519_holds(raw[1:], signature, f"{text}\n".encode()) for signature in mine):
            return True
    return False


def ed25519_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature holds (RFC 8032, section 5.1.7)."""
    try:
        if Ed25519PublicKey is not None:
            return Ed25519PublicKey.from_public_bytes(public).verify(signature, message) is None
        base = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little"))
        a, r, s = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    except (InvalidSignature, ValueError):
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    return len(signature) == 64 and s < _L and _times(s, base) == _plus(r, _times(h, a))


_P, _L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P


def _plus(p: tuple[int, int], q: tuple[int, int]) -> tuple[int, int]:
    t = _D * p[0] * p[1] * q[0] * q[1] % _P
    x, y = (p[0] * q[1] + p[1] * q[0]) * pow(1 + t, -1, _P), (p[1] * q[1] + p[0] * q[0]) * pow(1 - t, -1, _P)
    return x % _P, y % _P


def _times(scalar: int, point: tuple[int, int]) -> tuple[int, int]:
    bits = (point if bit == "1" else (0, 1) for bit in bin(scalar)[2:])
    return reduce(lambda result, bit: _plus(_plus(result, result), bit), bits, (0, 1))


def _point(data: bytes) -> tuple[int, int]:
    sign, y = divmod(int.from_bytes(data, "little"), 1 << 255)
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    x = x if (x * x - square) % _P == 0 else x * pow(2, (_P - 1) // 4, _P) % _P
    if len(data) != 32 or y >= _P or (x * x - square) % _P or (x == 0 and sign):
        raise ValueError("not a point of the curve")
    return (x if x & 1 == sign else _P - x), y


def _signed(notes: list[Checkpoint], keys: list[str], verdict: Verdict, what: str) -> list[Checkpoint]:
    """Those notes that are signed. Checkpoints have to be a chain without a gap; anchors may be a selection."""
    good: list[Checkpoint] = []
    for note in reversed(notes):
        is_vouched = Ed25519PublicKey is None and good and good[-1].previous == name_of(note)
        if is_vouched or signature_holds(note, keys):
            good.append(note)
    if Ed25519PublicKey is None and len(good) > 1:
        verdict.unchecked.append(f"package cryptography is missing: only the newest {what}'s signature was checked")
    if what == "anchor" and notes and not good:
        text = f"no anchor is signed by the key of this journal: {notes[-1].origin} is another, or the key was changed"
        verdict.found("replaced", text, 0, notes[-1].size - 1)
        return []
    known, gaps = set(good), 0
    for before, note in pairwise([Checkpoint("", size=0), *notes]):
        first, last = max(before.size, 0), max(before.size, note.size - 1, 0)
        if note not in known:
            text = f"the {what} over rows {first} to {last} is damaged, or not signed by a known key"
            verdict.found("bad_signature", text, first, last)
        follows = note.previous == (name_of(before) if before.size else "-") and note.size > before.size
        if what == "checkpoint" and not follows:
            text = f"the checkpoint over rows {first} to {last} does not follow the one before"
            verdict.found("broken_chain", text, first, last)
        gaps += not follows
    if gaps and what == "anchor":
        verdict.unchecked.append(f"the anchors are a selection: in {gaps} places some are missing")
    return good[::-1]


def _vouched_for(signed: list[Checkpoint], kept: list[Checkpoint]) -> list[Checkpoint]:
    """Checkpoints that anchors name, and those newer than all anchors: a stolen key could put others in between."""
    named = {name for anchor in kept for name in (name_of(anchor), anchor.previous)}
    vouched = []
    for checkpoint in reversed(signed):
        if name_of(checkpoint) in named:
            named.add(checkpoint.previous)
        elif kept and checkpoint.size <= kept[-1].size:
            continue
        vouched.append(checkpoint)
    return vouched


def _compare_roots(known: list[Checkpoint], walk: "_Walk", verdict: Verdict) -> None:
    """Hold the roots against the checkpoints, of several at one size first those that do not fit; name the stretch."""
    good, size = 0, walk.size
    for one in sorted(known, key=lambda one: (one.size, walk.roots.get(one.size) == one.root)):
        root = walk.roots.get(one.size)
        if root is not None and root != one.root:
            text = f"rows {good} to {one.size - 1} are not those that were signed on {one.at}"
            verdict.found("rewritten", text, good, one.size - 1)
            break
        good = one.size if root is not None else good
    newest = max((one.size for one in known), default=0)
    frozen = max(((position + 1) * BLOCK**level for level, position in walk.source.subtrees), default=0)
    beyond = sorted(one for one in (*(one.size for one in known), frozen) if one > size)
    if beyond:
        text = f"the journal ends at {size}, but {beyond[-1]} entries were {'signed' if newest > size else 'frozen'}"
        verdict.found("truncated", text, size, beyond[0] - 1)
    if walk.gap is not None:
        verdict.unchecked.append(f"rows after {walk.gap} were checked one by one only, as something is missing there")
    if size > newest:
        verdict.unchecked.append(f"rows {newest} to {size - 1} are newer than the newest checkpoint")
    if not newest and size > WINDOW:
        verdict.found("no_checkpoint", "there is no checkpoint at all", 0, size - 1)


def verify(source: Source, anchors: list[Checkpoint] | None = None, trusted: list[str] | None = None) -> Verdict:
    """Check a journal. `anchors` are checkpoints kept elsewhere, `trusted` the public keys that you hold yourself."""
    began = time.monotonic()
    verdict = Verdict(checkpoints=len(source.checkpoints), anchors=len(anchors or []))
    if not trusted:
        verdict.unchecked.append("the public key came with the export: compare it with the one that you were given")
    if anchors is None:
        verdict.unchecked.append("no anchors: a cut tail or a journal rewritten with its checkpoints would not show")
    if any(anchor.size < 0 for anchor in anchors or []):
        verdict.unchecked.append(f"{sum(anchor.size < 0 for anchor in anchors or [])} lines of the anchors are damaged")
    signed = _signed(source.checkpoints, trusted or source.keys, verdict, "checkpoint")
    notes = sorted({anchor for anchor in anchors or [] if anchor.size > 0}, key=lambda one: (one.size, one.note))
    kept = _signed(notes, trusted or source.keys, verdict, "anchor")
    known = kept + _vouched_for(signed, kept)
    walk = _Walk(source, {checkpoint.size for checkpoint in known}, verdict)
    walk.all_rows()
    _compare_roots(known, walk, verdict)
    verdict.seconds = round(time.monotonic() - began, 3)
    return verdict


class _Walk:
    """One pass over all rows: numbers, leaves, payloads, tombstones, frozen subtrees, and the root at each size."""

    def __init__(self, source: Source, sizes: set[int], verdict: Verdict) -> None:
        self.source, self.sizes, self.verdict = source, sizes, verdict
        self.size = 0
        self.edge: list[tuple[int, bytes]] = []  # complete subtrees at the right edge: height and hash
        self.roots: dict[int, bytes] = {}
        self.gap: int | None = None  # no root can be rebuilt over a gap
        self.early: dict[int, Row] = {}
        self.twice: list[tuple[int, int]] = []
        self.payloads = iter(source.payloads)
        self.said: dict[str, str] = {}
        self.bare: dict[str, int | None] = {}
        self.erasures: dict[str, set[str]] = {}
        self.digests: dict[str, tuple[int | None, int, str]] = {}

    def all_rows(self) -> None:
        for row in self._in_order():
            if row.number is not None:
                self._sealed(row, row.number)
            elif not row.is_expected_unsealed:
                self.verdict.found("inserted", f"an entry has no number and waits for none: {row.document!r}")
            self.verdict.waiting += row.is_expected_unsealed
            self._document(row)
        for _, number in self.twice:
            self.verdict.found("misplaced", f"row {number} stands there twice", number)
        self._left_over()

    def _in_order(self) -> Iterator[Row]:
        """Rows by number, each once. One that stands too late, twice or not at all is a problem."""
        stalled = -1
        for row in self.source.rows:
            number, expected = row.number, self.size
            if number is None or number == expected:
                if number == stalled:
                    self.verdict.found("misplaced", f"row {number} stands after row {max(self.early)}", number)
                yield row
            elif number < expected or number in self.early:
                self.twice.append((expected, number))
            else:
                self.early[number], stalled = row, expected
            yield from self._due(WINDOW) if self.early else ()
        yield from self._due(0)

    def _due(self, most: int) -> Iterator[Row]:
        """Rows that came too early and are due. Where more than `most` wait, the missing one is given up."""
        while self.size in self.early or len(self.early) > most:
            if self.size in self.early:
                yield self.early.pop(self.size)
                continue
            first, self.size = self.size, min(self.early)
            self.gap = first if self.gap is None else self.gap
            others = [f" (one carries the number {number})" for place, number in self.twice if place == first]
            self.twice = [one for one in self.twice if one[0] != first]
            text = f"missing: rows {first} to {self.size - 1}{''.join(others)}"
            self.verdict.found("missing", text, first, self.size - 1)

    def _sealed(self, row: Row, number: int) -> None:
        if not 0 <= row.version < 256 or sha256(b"\x00", row.version.to_bytes(), row.document) != row.leaf:
            self.verdict.found("changed", f"row {number} does not say what was sealed", number)
        for level, position, value in self._add(row.leaf):
            if self.source.subtrees.get((level, position)) != value.hex() and self.gap is None:
                first, last = position * BLOCK**level, (position + 1) * BLOCK**level - 1
                self.verdict.found("subtree", f"rows {first} to {last} are not those that were frozen", first, last)
        self.verdict.entries += 1
        if self.size in self.sizes and self.gap is None:
            edge, newest = self.edge[-2::-1], self.edge[-1][1]
            self.roots[self.size] = reduce(lambda value, left: sha256(b"\x01", left[1], value), edge, newest)

    def _add(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        height, value = 0, leaf
        self.size += 1
        while self.edge and self.edge[-1][0] == height:
            height, value = height + 1, sha256(b"\x01", self.edge.pop()[1], value)
            if height % 8 == 0:
                yield height // 8, (self.size >> height) - 1, value
        self.edge.append((height, value))

    def _document(self, row: Row) -> None:
        try:
            entry = json.loads(row.document)
            uid, said, event = str(entry["uid"]), entry["commitment"], entry["event"]
            if event == "journal.erased":
                self.erasures[uid] = set(json.loads(entry["particulars"])["entries"])
            elif event == "journal.reads_digested":
                digested = json.loads(entry["particulars"])
                self.digests[str(digested["day"])] = row.number, digested["count"], digested["digest"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return self.verdict.found("changed", f"row {row.number} cannot be read", row.number)
        found = self._commitment_of(uid) if said and uid not in self.source.tombstones else None
        self.verdict.payloads += found is not None
        if found is None and said:
            self.bare[uid] = row.number
        elif found not in (None, said):
            self.verdict.found("payload_changed", f"the text of row {row.number} was changed", row.number)
        return None

    def _commitment_of(self, uid: str) -> str | None:
        if uid not in self.said:
            for name, salt, body in self.payloads:
                self.said[name] = sha256(bytes.fromhex(salt), body).hex() if _SALT.fullmatch(salt) else ""
                if name == uid:
                    break
        return self.said.pop(uid, None)

    def _left_over(self) -> None:
        """Texts go by an erasure that names them, reads by age: a day that is gone after a kept one was taken."""
        for uid, number in self.bare.items():
            if uid in self.erasures.get(self.source.tombstones.get(uid, ""), ()):
                self.verdict.erased += 1
            else:
                named = number if self.gap is None or uid not in self.source.tombstones else None  # lost in the gap?
                self.verdict.found("payload_missing", f"the text of row {number} is gone without an erasure", named)
        for uid in (*self.said, *(name for name, _, _ in self.payloads)):
            if uid in self.bare:
                self.verdict.found("payload_kept", f"the erased text of row {self.bare[uid]} is there", self.bare[uid])
            else:
                self.verdict.found("payload_stray", f"a text belongs to no entry: {uid}")
        reads = self.source.reads
        oldest, newest = min((day for day in self.digests if day in reads), default="9"), max(self.digests, default="")
        expired = [day for day, (_, count, _) in self.digests.items() if count and day not in reads and day < oldest]
        if expired:
            self.verdict.unchecked.append(f"the reading log of {len(expired)} days is gone (it is kept for a time)")
        for day in {*self.digests, *(day for day in reads if day <= newest)} - {*expired}:
            number, _, digest = self.digests.get(day, (None, 0, ""))
            lines = "".join(f"{line}\n" for line in sorted(reads.get(day, ())))
            if sha256(lines.encode("utf-8", "surrogateescape")).hex() != digest:
                self.verdict.found("reads_changed", f"row {number}: reads of {day} were changed or taken", number)


def _fields(path: Path, count: int) -> Iterator[list[str]]:
    """The fields of each line. One that is damaged is filled up: what it said will be missed where it belongs."""
    for line in path.open("rb"):
        fields = line.rstrip(b"\n").decode("utf-8", "surrogateescape").split("\t", count - 1)
        yield fields if len(fields) == count else [*fields, *[""] * (count - len(fields))]


def _row(line: bytes) -> Row:
    found = _ROW.fullmatch(line.rstrip(b"\n"))
    number, leaf, version, document = found.groups() if found else (line.partition(b"\t")[0], b"", b"0", b"")
    place = int(number) if number.isdigit() and len(number) < 19 else None
    return Row(place, bytes.fromhex(leaf.decode()), int(version), document, number == b"waiting")


def read_notes(path: Path) -> list[Checkpoint]:
    """Checkpoints from a file of {"note": …} lines. A last line without its end is half written and left out."""
    notes = []
    for line in path.read_bytes().split(b"\n")[:-1]:
        try:
            notes.append(read_note(str(json.loads(line)["note"])))
        except (ValueError, KeyError, TypeError, RecursionError):
            notes.append(Checkpoint(line.decode("utf-8", "replace")))
    return notes


def read_export(directory: Path) -> Source:
    """An export from its directory. Raises OSError or ValueError when it cannot be read."""
    if f'"{FORMAT}"' not in (directory / "manifest.json").read_text(encoding="utf-8", errors="replace"):
        raise ValueError("it is no export of the format that this file knows; use the verifier.py that lies in it")
    reads: dict[str, list[str]] = {}
    for day, line in _fields(directory / "reads.txt", 2):
        reads.setdefault(day, []).append(line)
    texts, trees = _fields(directory / "payloads.txt", 3), _fields(directory / "subtrees.txt", 3)
    return Source(
        rows=map(_row, (directory / "entries.txt").open("rb")),
        payloads=((uid, salt, body.encode("utf-8", "surrogateescape")) for uid, salt, body in texts),
        tombstones={uid: erasure for uid, erasure in _fields(directory / "tombstones.txt", 2)},  # noqa: C416 - typed
        subtrees={(int(one), int(two)): three for one, two, three in trees if _PLACE.fullmatch(f"{one} {two}")},
        checkpoints=read_notes(directory / "checkpoints.jsonl"),
        keys=(directory / "keys.txt").read_text(encoding="utf-8", errors="replace").split(),
        reads=reads,
    )


def report(verdict: Verdict) -> str:
    """The verdict in words."""
    lines = [", ".join(f"{value} {name}" for name, value in vars(verdict).items() if not isinstance(value, list))]
    lines += [f"not checked: {text}" for text in verdict.unchecked]
    lines += [f"CHANGED ({problem.kind}): {problem.text}" for problem in verdict.problems[:50]]
    last = "OK: the journal is whole" if verdict.is_whole else f"NOT OK: {len(verdict.problems)} problems"
    return "\n".join([*lines, last])


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Check an exported Amends journal.")
    parser.add_argument("export", type=Path, help="directory written by `amends journal export`")
    parser.add_argument("--anchors", type=Path, help="checkpoints that were kept elsewhere")
    parser.add_argument("--key", action="append", help="public key that you trust (the line, or a file with lines)")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    given = parser.parse_args(arguments)
    try:
        keys = [Path(key).read_text() if Path(key).exists() else key for key in given.key or []]
        anchors = read_notes(given.anchors) if given.anchors else None
        verdict = verify(read_export(given.export), anchors, " ".join(keys).split())
    except (OSError, ValueError) as error:
        print(f"{given.export} cannot be checked: {error}", file=sys.stderr)
        return 2
    print(json.dumps(verdict.as_dict()) if given.json else report(verdict))
    return 0 if verdict.is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
