#!/usr/bin/env python3
"""Checks an exported Amends journal without Amends: does every entry still say what it said when it was written?

    python3 verifier.py EXPORT_DIR [--anchors FILE] [--key LINE_OR_FILE] [--json]

Needs Python 3.11 and nothing else. With the package `cryptography` every signature is checked; without it, a slow
check of our own looks at the newest one. Exit status: 0 the journal is whole as far as it could be checked,
1 something was changed, 2 the export cannot be read.

What it can tell. A row changed in place, missing or out of place is named. Where somebody rewrote rows together with
their hashes, no single row can be named: the smallest stretch between two checkpoints is. A cut tail, a rewritten
journal with its checkpoints or another database in its place shows only against anchors: checkpoints that were kept
elsewhere. What was never written, and what happened after the newest anchor, nobody can tell.

The export: entries.txt (number, leaf, version, document), payloads.txt (uid, salt, body), tombstones.txt (uid,
erasure uid), subtrees.txt (level, position, hash), reads.txt (day, line), tab-separated; checkpoints.jsonl and
anchors ({"note": signed note}); keys.txt (NAME+ID+KEY, a line each).
"""

import argparse
import base64
import hashlib
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:  # the check of our own is slow, so only the newest signature gets it
    Ed25519PublicKey = None  # type: ignore[assignment,misc]

BLOCK = 256


@dataclass(frozen=True)
class Row:
    """One line of entries.txt. `number` is None for an entry that is still waiting for the sealer."""

    number: int | None
    leaf: bytes
    version: int
    document: str
    is_expected_unsealed: bool = False


@dataclass(frozen=True)
class Checkpoint:
    """A signed note: origin, size and root, with the hash of the note before."""

    note: str
    origin: str
    size: int
    root: bytes
    at: str
    previous: str


@dataclass
class Source:
    """A journal to be checked, wherever it comes from."""

    rows: Iterable[Row]
    payloads: Iterable[tuple[str, str, str]]
    tombstones: dict[str, str]
    subtrees: dict[tuple[int, int], bytes]
    checkpoints: list[Checkpoint]
    keys: list[str]
    reads: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Problem:
    """Something that is not as it was written: one row, or a stretch [first, last] of rows."""

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

    def found(self, kind: str, first: int | None, last: int | None, text: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(kind, first, last, text))

    def as_dict(self) -> dict[str, object]:
        """For --json."""
        first = min((p.first for p in self.problems if p.first is not None), default=None)
        return {
            "ok": self.is_whole,
            "entries": self.entries,
            "payloads": self.payloads,
            "erased": self.erased,
            "waiting": self.waiting,
            "checkpoints": self.checkpoints,
            "anchors": self.anchors,
            "first_bad": first,
            "problems": [vars(problem) for problem in self.problems],
            "unchecked": self.unchecked,
            "seconds": round(self.seconds, 3),
            "rows_per_second": round(self.entries / self.seconds) if self.seconds else 0,
        }


# ---------------------------------------------------------------- hashing


def leaf_of(version: int, document: str) -> bytes:
    """RFC 9162: SHA-256 over 0x00 and the leaf's data, which are a version byte and the document."""
    return hashlib.sha256(b"\x00" + bytes([version]) + document.encode()).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """RFC 9162: SHA-256 over 0x01 and both children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: complete subtrees, largest first."""

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add a leaf; gives (level, position, hash) of each subtree of 256^level leaves that is complete now."""
        width, value = 1, leaf
        self.size += 1
        while self._edge and self._edge[-1][0] == width:
            value = node_of(self._edge.pop()[1], value)
            width *= 2
            level = {BLOCK: 1, BLOCK**2: 2, BLOCK**3: 3, BLOCK**4: 4}.get(width)
            if level is not None:
                yield level, self.size // width - 1, value
        self._edge.append((width, value))

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._edge:
            return hashlib.sha256(b"").digest()
        value = self._edge[-1][1]
        for _, left in reversed(self._edge[:-1]):
            value = node_of(left, value)
        return value


# ---------------------------------------------------------------- signatures


def read_note(signed: str) -> Checkpoint:
    """A checkpoint from its signed note. Raises ValueError when it is none."""
    text, gap, _ = signed.partition("\n\n")
    lines = text.split("\n")
    if not gap or len(lines) != 5 or not lines[3].startswith("time ") or not lines[4].startswith("previous "):
        raise ValueError("not a checkpoint")
    root = base64.b64decode(lines[2], validate=True)
    return Checkpoint(signed, lines[0], int(lines[1]), root, lines[3][5:], lines[4][9:])


def signature_holds(checkpoint: Checkpoint, keys: list[str]) -> bool:
    """Whether one of the keys signed this note."""
    text, _, rest = checkpoint.note.partition("\n\n")
    for line in rest.strip().split("\n"):
        if not line.startswith("— "):
            continue
        _, _, encoded = line[2:].partition(" ")
        blob = base64.b64decode(encoded)
        for key in keys:
            name, identity, public = key.split("+", 2)
            if name == checkpoint.origin and bytes.fromhex(identity) == blob[:4]:
                raw = base64.b64decode(public)[1:]
                expected = hashlib.sha256(name.encode() + b"\n\x01" + raw).digest()[:4]
                if expected == blob[:4] and ed25519_holds(raw, blob[4:], (text + "\n").encode()):
                    return True
    return False


def ed25519_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature holds (RFC 8032, section 5.1.7)."""
    if Ed25519PublicKey is None:
        return _slow_ed25519_holds(public, signature, message)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P

Point = tuple[int, int, int, int]


def _plus(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _plus(result, point)
        point, scalar = _plus(point, point), scalar >> 1
    return result


def _point(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


def _slow_ed25519_holds(public: bytes, signature: bytes, message: bytes) -> bool:
    base = _point((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))
    if len(public) != 32 or len(signature) != 64 or base is None:
        return False
    a, r, s = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= _L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    one, two = _times(s, base), _plus(r, _times(h, a))
    return (one[0] * two[2] - two[0] * one[2]) % _P == 0 and (one[1] * two[2] - two[1] * one[2]) % _P == 0


# ---------------------------------------------------------------- checking


def verify(source: Source, anchors: list[Checkpoint] | None = None, trusted: list[str] | None = None) -> Verdict:
    """Check a journal. `anchors` are checkpoints kept elsewhere, `trusted` the public keys that you hold yourself."""
    began = time.monotonic()
    verdict = Verdict(checkpoints=len(source.checkpoints), anchors=len(anchors or []))
    keys = trusted or source.keys
    _check_notes(source.checkpoints, keys, verdict, "checkpoint")
    _check_notes(anchors or [], keys, verdict, "anchor")
    if not trusted:
        verdict.unchecked.append("the public key came with the export: compare it with the one that you were given")
    if anchors is None:
        verdict.unchecked.append("no anchors: a cut tail or a journal rewritten with its checkpoints would not show")
    known = [*source.checkpoints, *(anchors or [])]
    walk = _Walk(source, {checkpoint.size for checkpoint in known}, verdict)
    walk.all_rows()
    _compare_roots(known, walk.roots, walk.frontier.size, verdict)
    verdict.seconds = time.monotonic() - began
    return verdict


def _check_notes(notes: list[Checkpoint], keys: list[str], verdict: Verdict, what: str) -> None:
    before: Checkpoint | None = None
    if Ed25519PublicKey is None and len(notes) > 1:
        verdict.unchecked.append(f"package cryptography is missing: only the newest {what}'s signature was checked")
    for place, note in enumerate(notes):
        newest = place == len(notes) - 1
        if (newest or Ed25519PublicKey is not None) and not signature_holds(note, keys):
            verdict.found(
                "bad_signature", None, note.size - 1, f"the {what} at {note.size} is not signed by a known key"
            )
        if before is not None:
            if note.previous != hashlib.sha256(before.note.encode()).hexdigest():
                text = f"the {what} at {note.size} does not follow the one at {before.size}"
                verdict.found("broken_chain", before.size, note.size - 1, text)
            elif note.size <= before.size or note.at < before.at:
                verdict.found("broken_chain", before.size, note.size - 1, f"the {what} at {note.size} goes backwards")
        elif what == "checkpoint" and note.previous != "-":
            verdict.found("broken_chain", 0, note.size - 1, f"checkpoints before the one at {note.size} are missing")
        before = note


class _Walk:
    """One pass over all rows: numbers, leaves, payloads, tombstones, frozen subtrees, and the root at each size."""

    def __init__(self, source: Source, sizes: set[int], verdict: Verdict) -> None:
        self.source, self.sizes, self.verdict = source, sizes, verdict
        self.frontier = Frontier()
        self.roots: dict[int, bytes] = {}
        self.is_dense = True
        self.payloads = iter(source.payloads)
        self.payload = next(self.payloads, None)
        self.bare: list[tuple[int | None, str]] = []
        self.erasures: dict[str, set[str]] = {}

    def all_rows(self) -> None:
        for row in self.source.rows:
            if row.number is not None and not self._sealed(row):
                continue
            if row.number is None and not row.is_expected_unsealed:
                self.verdict.found("inserted", None, None, "an entry has no number and is not waiting for one")
            self.verdict.waiting += row.number is None and row.is_expected_unsealed
            if row.document:
                self._document(row)
        while self.payload is not None:
            self.verdict.found("payload_stray", None, None, f"a text belongs to no entry: {self.payload[0]}")
            self.payload = next(self.payloads, None)
        for number, uid in self.bare:
            if uid in self.erasures.get(self.source.tombstones.get(uid, ""), ()):
                self.verdict.erased += 1
            else:
                text = f"row {number}: its text is gone and no erasure explains it"
                self.verdict.found("payload_missing", number, number, text)

    def _sealed(self, row: Row) -> bool:
        number, expected = row.number or 0, self.frontier.size
        if number < expected:
            self.verdict.found("misplaced", number, number, f"row {number} stands twice or too late")
            return False
        if number > expected:
            what = f"row {expected} is" if number == expected + 1 else f"rows {expected} to {number - 1} are"
            self.verdict.found("missing", expected, number - 1, f"{what} missing")
            self.is_dense = False  # no root can be rebuilt over a gap
            self.frontier.size = number
        if not row.document or leaf_of(row.version, row.document) != row.leaf:
            text = "it does not say what was sealed" if row.document else "the entry is gone"
            self.verdict.found("changed" if row.document else "missing", number, number, f"row {number}: {text}")
        for level, position, value in self.frontier.add(row.leaf):
            frozen = self.source.subtrees.get((level, position))
            if frozen != value and self.is_dense:
                first, last = position * BLOCK**level, (position + 1) * BLOCK**level - 1
                text = "was frozen with another content" if frozen else "was never frozen"
                self.verdict.found("subtree", first, last, f"rows {first} to {last}: the subtree over them {text}")
        self.verdict.entries += 1
        if self.is_dense and self.frontier.size in self.sizes:
            self.roots[self.frontier.size] = self.frontier.root()
        return True

    def _document(self, row: Row) -> None:
        try:
            entry = json.loads(row.document)
            uid, event, said = entry["uid"], entry["event"], entry["commitment"]
            if event == "journal.erased":
                self.erasures[uid] = set(json.loads(entry["particulars"])["entries"])
            elif event == "journal.reads_digested":
                _check_reads(self.source, row.number, json.loads(entry["particulars"]), self.verdict)
        except (ValueError, KeyError, TypeError):
            self.verdict.found("changed", row.number, row.number, f"row {row.number}: it cannot be read")
            return
        if self.payload is not None and self.payload[0] == uid:
            _, salt, body = self.payload
            self.payload = next(self.payloads, None)
            self.verdict.payloads += 1
            if hashlib.sha256(bytes.fromhex(salt) + body.encode()).hexdigest() != said:
                text = f"row {row.number}: its text is not what it committed to"
                self.verdict.found("payload_changed", row.number, row.number, text)
        elif said:
            self.bare.append((row.number, uid))


def _check_reads(source: Source, number: int | None, said: dict[str, object], verdict: Verdict) -> None:
    day, lines = str(said["day"]), source.reads.get(str(said["day"]))
    if lines is None:
        if said["count"]:
            verdict.unchecked.append(f"the {said['count']} reads of {day} are not there any more (kept for a time)")
    elif hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest() != said["digest"]:
        verdict.found("reads_changed", number, number, f"row {number}: the reading log of {day} is not what was sealed")


def _compare_roots(known: list[Checkpoint], roots: dict[int, bytes], size: int, verdict: Verdict) -> None:
    """Hold the recomputed roots against every checkpoint; keep the smallest stretch that can be named."""
    good = 0
    for checkpoint in sorted(known, key=lambda one: one.size):
        root = roots.get(checkpoint.size)
        if root == checkpoint.root:
            good = max(good, checkpoint.size)
        elif root is not None:
            text = f"rows {good} to {checkpoint.size - 1} are not those that were signed on {checkpoint.at}"
            verdict.found("rewritten", good, checkpoint.size - 1, text)
            break
        elif checkpoint.size > size:
            text = f"the journal ends at {size}, but {checkpoint.size} entries were signed on {checkpoint.at}"
            verdict.found("truncated", max(good, size), checkpoint.size - 1, text)
            break
    newest = max((checkpoint.size for checkpoint in known), default=0)
    if size > newest:
        verdict.unchecked.append(f"rows {newest} to {size - 1} are newer than the newest checkpoint")
    if not known and size:
        verdict.found("no_checkpoint", 0, size - 1, "there is no checkpoint at all")


# ---------------------------------------------------------------- reading an export


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def read_notes(path: Path) -> list[Checkpoint]:
    """Checkpoints from a file of {"note": …} lines; a half-written last line is left out."""
    notes = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for place, line in enumerate(lines):
        try:
            notes.append(read_note(json.loads(line)["note"]))
        except (ValueError, KeyError, TypeError):
            if place < len(lines) - 1:
                raise ValueError(f"{path.name}, line {place + 1}: not a checkpoint") from None
    return notes


def read_export(directory: Path) -> Source:
    """An export from its directory. Raises OSError or ValueError when it cannot be read."""

    def rows() -> Iterator[Row]:
        for number, leaf, version, document in _lines(directory / "entries.txt"):
            sealed = number.isdigit()
            yield Row(int(number) if sealed else None, bytes.fromhex(leaf), int(version), document, number == "waiting")

    reads: dict[str, list[str]] = {}
    for day, line in _lines(directory / "reads.txt"):
        reads.setdefault(day, [])
        if line:
            reads[day].append(line)
    return Source(
        rows=rows(),
        payloads=((uid, salt, body) for uid, salt, body in _lines(directory / "payloads.txt")),
        tombstones=dict((uid, erasure) for uid, erasure in _lines(directory / "tombstones.txt")),
        subtrees={
            (int(level), int(position)): bytes.fromhex(value)
            for level, position, value in _lines(directory / "subtrees.txt")
        },
        checkpoints=read_notes(directory / "checkpoints.jsonl"),
        keys=(directory / "keys.txt").read_text(encoding="utf-8").split(),
        reads=reads,
    )


def report(verdict: Verdict) -> str:
    """The verdict in words."""
    lines = [
        f"{verdict.entries} entries, {verdict.payloads} texts, {verdict.erased} erased and explained, "
        f"{verdict.waiting} waiting for their number, {verdict.checkpoints} checkpoints, {verdict.anchors} anchors, "
        f"{verdict.seconds:.1f} s"
    ]
    lines += [f"not checked: {text}" for text in verdict.unchecked]
    lines += [f"CHANGED ({problem.kind}): {problem.text}" for problem in verdict.problems[:50]]
    if len(verdict.problems) > 50:
        lines.append(f"… and {len(verdict.problems) - 50} more")
    lines.append("OK: the journal is whole" if verdict.is_whole else "NOT OK: the journal was changed")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Check an exported Amends journal.")
    parser.add_argument("export", type=Path, help="directory written by `amends journal export`")
    parser.add_argument("--anchors", type=Path, help="checkpoints that were kept elsewhere")
    parser.add_argument("--key", action="append", help="public key that you trust (the line, or a file with lines)")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    given = parser.parse_args(arguments)
    try:
        trusted = [
            line for key in given.key or [] for line in (Path(key).read_text() if Path(key).exists() else key).split()
        ]
        anchors = read_notes(given.anchors) if given.anchors else None
        verdict = verify(read_export(given.export), anchors, trusted or None)
    except (OSError, ValueError, KeyError) as error:
        print(f"The export cannot be read: {error}", file=sys.stderr)
        return 2
    print(json.dumps(verdict.as_dict()) if given.json else report(verdict))
    return 0 if verdict.is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
