"""Eight ways to tamper with an exported journal, and what an auditor must be told about each.

Every function changes a copy of the files and says which row (or stretch) it spoilt. The journal's own code is not
used: whoever tampers has their own.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.journal import synthetic
from tests.journal.synthetic import START, Signer

NAMES = ("entries", "payloads", "tombstones", "subtrees", "reads", "keys")


@dataclass
class Files:
    """An export as lines of fields; `checkpoints` and `anchors` as notes."""

    entries: list[list[bytes]]
    payloads: list[list[bytes]]
    tombstones: list[list[bytes]]
    subtrees: list[list[bytes]]
    reads: list[list[bytes]]
    keys: list[list[bytes]]
    notes: list[str]
    anchors: list[str]
    #: sealed rows by the uid of their entry, as they were before anybody tampered
    places: dict[bytes, int]
    raw_notes: list[bytes] = field(default_factory=list)

    def copy(self) -> "Files":
        lines = ([list(line) for line in getattr(self, name)] for name in NAMES)
        return Files(*lines, list(self.notes), self.anchors, self.places)

    @property
    def sealed(self) -> int:
        return sum(line[0].isdigit() for line in self.entries)

    @property
    def anchored(self) -> list[int]:
        return [int(note.split("\n")[1]) for note in self.anchors]

    def stretch(self, row: int) -> tuple[int, int]:
        """From the last anchor that does not cover the row to the first that does."""
        return max([0, *(size for size in self.anchored if size <= row)]), min(s for s in self.anchored if s > row) - 1


@dataclass(frozen=True)
class Told:
    """What the verdict has to say: the row by its number, or the stretch; neither where only the fact can be known."""

    row: int | None = None
    stretch: tuple[int, int] | None = None


def load(directory: Path, anchors: Path) -> Files:
    def lines(name: str) -> list[list[bytes]]:
        return [line.split(b"\t") for line in (directory / f"{name}.txt").read_bytes().split(b"\n")[:-1]]

    def notes(path: Path) -> list[str]:
        return [json.loads(line)["note"] for line in path.read_text().splitlines()]

    kept = [lines(name) for name in NAMES]
    places = {uid_of(line): int(line[0]) for line in kept[0] if line[0].isdigit()}
    return Files(*kept, notes(directory / "checkpoints.jsonl"), notes(anchors), places)


def uid_of(line: list[bytes]) -> bytes:
    return json.loads(line[3])["uid"].encode()


def store(files: Files, directory: Path) -> None:
    for name in NAMES:
        (directory / f"{name}.txt").write_bytes(b"".join(b"\t".join(line) + b"\n" for line in getattr(files, name)))
    raw = [json.dumps({"note": note}, ensure_ascii=False).encode() for note in files.notes]
    (directory / "checkpoints.jsonl").write_bytes(b"".join(line + b"\n" for line in files.raw_notes or raw))


# ---------------------------------------------------------------- the tools of the trade


def leaf_of(document: bytes) -> bytes:
    return hashlib.sha256(b"\x00\x01" + document).hexdigest().encode()


def rehash(files: Files) -> None:
    """Number all sealed rows anew, with new leaves and new frozen subtrees: as if nothing had happened."""
    edge: list[tuple[int, bytes]] = []
    files.subtrees = []
    for number, line in enumerate(line for line in files.entries if line[0].isdigit()):
        line[0], line[1] = b"%d" % number, leaf_of(line[3])
        for level, position, value in synthetic.grown(edge, number, bytes.fromhex(line[1].decode())):
            files.subtrees.append([b"%d" % level, b"%d" % position, value.hex().encode()])


def sign_again(files: Files, signer: Signer, sizes: list[int], keep: int = 0) -> None:
    """New checkpoints at these sizes over the rows as they are now, after the first `keep` of the old ones."""
    files.notes = files.notes[:keep]
    edge: list[tuple[int, bytes]] = []
    for number, line in enumerate(line for line in files.entries if line[0].isdigit()):
        synthetic.grown(edge, number, bytes.fromhex(line[1].decode()))
        if number + 1 in sizes:
            previous = hashlib.sha256(files.notes[-1].encode()).hexdigest() if files.notes else "-"
            files.notes.append(signer.note(number + 1, synthetic.root_of(edge), START, previous))


def other_byte(line: bytes, chance: Random) -> bytes:
    """The line with one byte replaced by another."""
    place = chance.randrange(len(line))
    new = chance.choice([byte for byte in range(256) if byte != line[place]])
    return line[:place] + bytes([new]) + line[place + 1 :]


def spoil(lines: list[list[bytes]], place: int, chance: Random) -> None:
    lines[place] = other_byte(b"\t".join(lines[place]), chance).split(b"\t")


def forged(document: bytes, chance: Random) -> bytes:
    """A document that says something else, under a random name and without a text."""
    entry = json.loads(document)
    entry |= {"uid": f"{chance.getrandbits(128):032x}", "commitment": "", "event": "people.changed"}
    return synthetic.compact(entry | {"particulars": "{}"}).encode()


def altered(document: bytes) -> bytes:
    """The same document with another actor: the text behind it still fits."""
    entry = json.loads(document)
    return synthetic.compact(entry | {"actor": entry["actor"][::-1]}).encode()


# ---------------------------------------------------------------- the eight kinds


def changed_byte(files: Files, chance: Random, variant: int) -> Told:
    if variant == 0:
        row = chance.randrange(files.sealed)
        spoil(files.entries, row, chance)
        return Told(row)
    if variant == 1:
        place = chance.choice([n for n, line in enumerate(files.payloads) if line[0] in files.places])
        row = files.places[files.payloads[place][0]]
        spoil(files.payloads, place, chance)
        return Told(row)
    if variant == 2:
        place = chance.randrange(len(files.tombstones))
        row = files.places[files.tombstones[place][0]]
        spoil(files.tombstones, place, chance)
        return Told(row)
    if variant == 3:
        files.raw_notes = [json.dumps({"note": note}, ensure_ascii=False).encode() for note in files.notes]
        place = chance.randrange(len(files.raw_notes))
        head, tail = files.raw_notes[place][:10], files.raw_notes[place][10:]
        files.raw_notes[place] = head + other_byte(tail[:-2], chance) + tail[-2:]
        return Told()
    if variant == 4:
        digests = {json.loads(json.loads(line[3])["particulars"])["day"]: line[0] for line in digest_rows(files)}
        # Not of the oldest day: what is missing there might have expired.
        place = chance.choice([n for n, line in enumerate(files.reads) if line[0].decode() in sorted(digests)[1:]])
        row = int(digests[files.reads[place][0].decode()])
        spoil(files.reads, place, chance)
        return Told(row)
    if variant == 5:
        spoil(files.subtrees, chance.randrange(len(files.subtrees)), chance)
        return Told()
    spoil(files.keys, 0, chance)
    return Told()


def digest_rows(files: Files) -> list[list[bytes]]:
    return [line for line in files.entries if b'"event":"journal.reads_digested"' in line[3] and line[0].isdigit()]


def deleted_row(files: Files, chance: Random, variant: int) -> Told:
    many = 1 if variant < 2 else chance.randint(2, 5)
    row = chance.randrange(files.sealed - many)
    gone = {uid_of(line) for line in files.entries[row : row + many]}
    del files.entries[row : row + many]
    if variant != 1:
        files.payloads = [line for line in files.payloads if line[0] not in gone]
    return Told(row)


def inserted_row(files: Files, chance: Random, variant: int) -> Told:
    row = chance.randrange(files.anchored[-1] - 1)
    document = forged(files.entries[row][3], chance)
    line = [b"%d" % row, leaf_of(document), b"1", document]
    if variant == 2:
        files.entries.insert(row, [b"stray", b"", b"1", document])
        return Told()
    files.entries.insert(row + variant % 2, line)
    if variant < 2:
        return Told(row)
    rehash(files)
    return Told(stretch=files.stretch(row + 1))


def reordered_pair(files: Files, chance: Random, variant: int) -> Told:
    one, two = sorted(chance.sample(range(files.anchored[-1]), 2))
    rows = files.entries
    if variant == 0:
        rows[one], rows[two] = rows[two], rows[one]
        return Told(one)
    if variant == 1:
        rows[one][3], rows[two][3] = rows[two][3], rows[one][3]
        return Told(one)
    rows[one][1], rows[two][1] = rows[two][1], rows[one][1]
    rows[one][3], rows[two][3] = rows[two][3], rows[one][3]
    if variant == 2:
        rehash(files)
    return Told(stretch=files.stretch(one))


def truncated_tail(files: Files, chance: Random, variant: int) -> Told:
    size = chance.randrange(1, files.anchored[-1])
    waiting = [line for line in files.entries if not line[0].isdigit()]
    files.entries = files.entries[:size] + (waiting if variant == 1 else [])
    if variant < 2:
        kept = {uid_of(line) for line in files.entries}
        files.payloads = [line for line in files.payloads if line[0] in kept]
        files.tombstones = [line for line in files.tombstones if line[0] in kept]
        files.reads = []
        files.subtrees = [line for line in files.subtrees if (int(line[1]) + 1) * 256 ** int(line[0]) <= size]
        files.notes = files.notes[: sum(one <= size for one in files.anchored)]
    return Told(stretch=(size, files.stretch(size)[1]))


def rehashed_rewrite(files: Files, chance: Random, variant: int, signer: Signer) -> Told:
    row = chance.randrange(files.anchored[-1])
    files.entries[row][3] = altered(files.entries[row][3])
    rehash(files)
    before = sum(size <= row for size in files.anchored)
    if variant == 1:
        files.notes = files.notes[:before]
    elif variant == 2:
        # With the stolen key, at other sizes than before: some of them inside the stretch that has to be named.
        sizes = sorted(chance.sample(range(row + 1, files.sealed + 1), min(20, files.sealed - row)))
        sign_again(files, signer, sizes, keep=before)
    elif variant == 3:
        own = Signer(b"%d" % chance.getrandbits(64))
        files.keys = [[own.line.encode()]]
        sign_again(files, own, files.anchored)
        return Told(stretch=(0, files.anchored[-1] - 1))
    return Told(stretch=files.stretch(row))


def replaced_database(files: Files, chance: Random, variant: int, signer: Signer) -> Told:
    other = synthetic.make(chance.randint(1, files.sealed), chance.getrandbits(32))
    files.entries = [[b"", b"", b"1", document] for document in other.documents]
    for number, line in enumerate(files.entries):
        line[0] = b"%d" % number
    files.payloads = [[part.encode() for part in line] for line in other.payloads]
    files.tombstones, files.reads = [], []
    rehash(files)
    if variant == 0:
        signer = Signer(b"%d" % chance.getrandbits(64))
        files.keys = [[signer.line.encode()]]
    elif variant == 1:
        signer = Signer(b"%d" % chance.getrandbits(64), signer.name)
        files.keys = [[signer.line.encode()]]
    sign_again(files, signer, list(range(50, files.sealed, 50)))
    if variant < 2:
        return Told(stretch=(0, files.anchored[-1] - 1))
    first = files.anchored[0] - 1
    return Told(stretch=(0, first) if files.sealed > first else (files.sealed, first))


def missing_payload(files: Files, chance: Random, variant: int) -> Told:
    sealed = [line for line in files.payloads if line[0] in files.places]
    first = chance.randrange(len(sealed))
    gone = [line[0] for line in sealed[first : first + (1 if variant < 3 else 7)]]
    row = min(files.places[uid] for uid in gone)
    files.payloads = [line for line in files.payloads if line[0] not in gone]
    if variant == 1:
        files.tombstones.append([gone[0], chance.choice(files.tombstones)[1]])
    elif variant == 2:
        files.tombstones.append([gone[0], f"{chance.getrandbits(128):032x}".encode()])
    return Told(row)


Tampering = Callable[[Files, Random, int, Signer], Told]


def _without_key(tamper: Callable[[Files, Random, int], Told]) -> Tampering:
    return lambda files, chance, variant, _: tamper(files, chance, variant)


#: name: how, and in how many variants
KINDS: dict[str, tuple[Tampering, int]] = {
    "changed byte": (_without_key(changed_byte), 7),
    "deleted row": (_without_key(deleted_row), 3),
    "inserted row": (_without_key(inserted_row), 4),
    "reordered pair": (_without_key(reordered_pair), 3),
    "truncated tail": (_without_key(truncated_tail), 3),
    "re-hashed rewrite": (rehashed_rewrite, 4),
    "replaced database": (replaced_database, 3),
    "missing payload": (_without_key(missing_payload), 4),
}


def tampered(honest: Files, kind: str, seed: int, signer: Signer) -> tuple[Files, Told]:
    """A copy of the files, spoilt in one way, and what has to be told."""
    tamper, variants = KINDS[kind]
    files = honest.copy()
    return files, tamper(files, Random(f"{kind} {seed}"), seed % variants, signer)
