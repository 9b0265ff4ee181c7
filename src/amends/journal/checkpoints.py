"""Signed checkpoints of the tree (C2SP signed notes), and where they go outside the database."""

import base64
import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from amends.journal import keys, leases
from amends.journal.models import Anchoring, Checkpoint
from amends.journal.sealing import DUTY, LEASE
from amends.journal.stored_tree import sealed_size, stored_tree
from amends.journal.vocabulary import written_moment
from amends.kit.failpoints import failpoint

EVERY_ENTRIES = 100
EVERY = timedelta(minutes=5)
FILE_SINK = "file"


@dataclass(frozen=True)
class Note:
    """What a checkpoint says."""

    origin: str
    size: int
    root: bytes
    at: str
    previous: str


def note_text(note: Note) -> str:
    """The text that is signed: origin, size, root, then our two extension lines."""
    root = base64.b64encode(note.root).decode()
    return f"{note.origin}\n{note.size}\n{root}\ntime {note.at}\nprevious {note.previous}\n"


def read_note(signed: str) -> Note:
    """What a signed note says. Its signature is not checked here."""
    origin, size, root, moment, previous = signed.partition("\n\n")[0].split("\n")[:5]
    return Note(
        origin, int(size), base64.b64decode(root), moment.removeprefix("time "), previous.removeprefix("previous ")
    )


def make_checkpoint(holder: str, fence: int, at: datetime, *, now: bool = False) -> Checkpoint | None:
    """Sign size and root when enough was sealed or enough time went by; `now` does not wait for either."""
    size = sealed_size()
    last = Checkpoint.objects.order_by("-size").first()
    if size == 0 or (last is not None and last.size == size):
        return None
    due = last is None or size - last.size >= EVERY_ENTRIES or at - last.at >= EVERY
    if not (due or now):
        return None
    key = keys.signing_key()
    public = keys.public_bytes(key)
    origin = read_note(last.note).origin if last else keys.origin_of(public)
    previous = hashlib.sha256(last.note.encode()).hexdigest() if last else "-"
    text = note_text(Note(origin, size, stored_tree(size).root(), written_moment(at), previous))
    signature = base64.b64encode(keys.key_id(origin, public) + key.sign(text.encode())).decode()
    with transaction.atomic():
        leases.confirm(DUTY, holder, fence, at, LEASE)
        checkpoint = Checkpoint.objects.create(size=size, note=f"{text}\n— {origin} {signature}\n", at=at)
    failpoint("after_checkpoint")
    return checkpoint


def anchor_to_file(at: datetime) -> int:
    """Append every checkpoint that the anchors file does not have yet, in order. Returns how many."""
    waiting = list(Checkpoint.objects.exclude(anchorings__sink=FILE_SINK).order_by("size")[:500])
    if not waiting:
        return 0
    path = Path(settings.AMENDS_ANCHORS)
    present = {read_note(note).size for note in read_anchors(path)[-1000:]}
    lines = [
        json.dumps({"note": checkpoint.note}, ensure_ascii=False) + "\n"
        for checkpoint in waiting
        if checkpoint.size not in present
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())
    failpoint("after_anchor")
    Anchoring.objects.bulk_create(
        [Anchoring(checkpoint=checkpoint, sink=FILE_SINK, at=at) for checkpoint in waiting], ignore_conflicts=True
    )
    return len(waiting)


def read_anchors(path: Path) -> list[str]:
    """The signed notes in an anchors file, oldest first; a half-written last line is left out."""
    if not path.exists():
        return []
    notes = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            notes.append(str(json.loads(line)["note"]))
        except (ValueError, KeyError):
            continue
    return notes


def behind_anchors() -> bool:
    """Whether the anchors know a longer journal than the database holds: rows are missing, or it is another database."""
    notes = read_anchors(Path(settings.AMENDS_ANCHORS))
    return bool(notes) and read_note(notes[-1]).size > sealed_size()


def age_of_newest_anchor(at: datetime) -> timedelta:
    """For how long something has been sealed that no sink knows of; zero when every checkpoint is out."""
    oldest = Checkpoint.objects.exclude(anchorings__isnull=False).order_by("size").first()
    return at - oldest.at if oldest else timedelta()
