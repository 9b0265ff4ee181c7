"""Journals written straight to an export, without the application: many rows quickly, and a second opinion.

Nothing of the package is used here: hashes, tree, notes and files follow the formats as they are described.
"""

import base64
import hashlib
import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

START = datetime(2026, 1, 1, tzinfo=UTC)


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def compact(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Signer:
    """Somebody who signs notes under a name that follows from the key."""

    def __init__(self, key: bytes | Ed25519PrivateKey, name: str = "") -> None:
        if isinstance(key, bytes):
            key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(key).digest())
        self.key = key
        self.public = self.key.public_key().public_bytes_raw()
        self.name = name or "amends-journal-" + hashlib.sha256(self.public).hexdigest()[:16]
        self.id = sha256(self.name.encode(), b"\n\x01", self.public)[:4]

    @property
    def line(self) -> str:
        public = base64.b64encode(b"\x01" + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{public}"

    def note(self, size: int, root: bytes, at: datetime, previous: str) -> str:
        moment = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        text = f"{self.name}\n{size}\n{base64.b64encode(root).decode()}\ntime {moment}\nprevious {previous}\n"
        signature = base64.b64encode(self.id + self.key.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


@dataclass
class Log:
    """A journal in memory. `leaves` may be written over to rewrite history: `notes_for` signs whatever stands there."""

    signer: Signer
    documents: list[bytes] = field(default_factory=list)
    payloads: list[tuple[str, str, str]] = field(default_factory=list)
    tombstones: list[tuple[str, str]] = field(default_factory=list)
    waiting: list[bytes] = field(default_factory=list)

    def leaf(self, number: int) -> bytes:
        return sha256(b"\x00\x01", self.documents[number])

    def write(self, directory: Path, every: int) -> Path:
        """Write the export with a checkpoint after every so many rows; returns the anchors, beside it."""
        directory.mkdir(parents=True, exist_ok=True)
        edge: list[tuple[int, bytes]] = []
        notes: list[str] = []
        with (directory / "entries.txt").open("wb") as rows, (directory / "subtrees.txt").open("w") as frozen:
            for number, document in enumerate(self.documents):
                leaf = self.leaf(number)
                rows.write(b"%d\t%s\t1\t%s\n" % (number, leaf.hex().encode(), document))
                for level, position, value in grown(edge, number, leaf):
                    frozen.write(f"{level}\t{position}\t{value.hex()}\n")
                if (number + 1) % every == 0:
                    previous = hashlib.sha256(notes[-1].encode()).hexdigest() if notes else "-"
                    notes.append(self.signer.note(number + 1, root_of(edge), START, previous))
            rows.writelines(b"waiting\t\t1\t%s\n" % document for document in self.waiting)
        (directory / "payloads.txt").write_text("".join("\t".join(line) + "\n" for line in self.payloads))
        (directory / "tombstones.txt").write_text("".join("\t".join(line) + "\n" for line in self.tombstones))
        (directory / "reads.txt").write_text("")
        (directory / "keys.txt").write_text(self.signer.line + "\n")
        (directory / "manifest.json").write_text('{"format": "amends-journal-export/1"}\n')
        lines = "".join(json.dumps({"note": note}, ensure_ascii=False) + "\n" for note in notes)
        (directory / "checkpoints.jsonl").write_text(lines)
        anchors = directory.with_suffix(".anchors")
        anchors.write_text(lines)
        return anchors


def grown(edge: list[tuple[int, bytes]], number: int, leaf: bytes) -> list[tuple[int, int, bytes]]:
    """Add a leaf to the right edge of a tree; returns the subtrees of 256^level leaves that are complete now."""
    width, value, complete = 1, leaf, []
    while edge and edge[-1][0] == width:
        value, width = sha256(b"\x01", edge.pop()[1], value), width * 2
        for level in (1, 2, 3):
            if width == 256**level:
                complete.append((level, (number + 1) // width - 1, value))
    edge.append((width, value))
    return complete


def root_of(edge: list[tuple[int, bytes]]) -> bytes:
    value = edge[-1][1]
    for _, left in reversed(edge[:-1]):
        value = sha256(b"\x01", left, value)
    return value


def make(rows: int, seed: int, *, waiting: int = 0, erased: int = 0, signer: Signer | None = None) -> Log:
    """A journal of `rows` sealed entries, four in five with a text, some of the texts erased by the last entry."""
    chance = random.Random(seed)
    log = Log(signer or Signer(b"synthetic"))
    with_text: list[str] = []
    for number in range(rows + waiting):
        is_erasure = bool(erased) and number == rows - 1
        uid, salt = f"{chance.getrandbits(128):032x}", f"{chance.getrandbits(256):064x}"
        body = compact({"text": f"Number {number}: the water stayed away for {chance.randrange(90)} days, şikâyet."})
        has_text = not is_erasure and chance.random() < 0.8
        gone = sorted(chance.sample(with_text, min(erased, len(with_text)))) if is_erasure else []
        said: dict[str, object] = {"channel": "web", "n": number}
        if is_erasure:
            said = {"count": len(gone), "entries": gone, "reason": "asked"}
        document = compact(
            {
                "acting_as": "handler",
                "actor": f"{chance.getrandbits(128):032x}",
                "at": (START + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
                "commitment": sha256(bytes.fromhex(salt), body.encode()).hex() if has_text else "",
                "event": "journal.erased" if is_erasure else "complaints.acknowledged",
                "particulars": compact(said),
                "subject": f"{chance.getrandbits(128):032x}",
                "subject_kind": "complaint",
                "uid": uid,
            }
        )
        (log.documents if number < rows else log.waiting).append(document.encode())
        if has_text:
            with_text.append(uid)
            log.payloads.append((uid, salt, body))
        if gone:
            log.tombstones = [(one, uid) for one in gone]
            log.payloads = [line for line in log.payloads if line[0] not in set(gone)]
    return log
