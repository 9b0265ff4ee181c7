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

from amends.journal import keys, leases, verifier
from amends.journal.models import Anchoring, Checkpoint
from amends.journal.sealing import DUTY, LEASE
from amends.journal.stored_tree import sealed_size, stored_tree
from amends.journal.vocabulary import written_moment
from amends.kit.failpoints import failpoint

EVERY_ENTRIES = 100
EVERY = timedelta(minutes=5)
FILE_SINK = "file"

#: so many checkpoints go out at once, and so many bytes at the end of the file tell which of them are there already
AT_ONCE = 500
TAIL = 512 * 1024


class JournalChangedError(Exception):
    """The rows under the newest checkpoint are not those that it signed. Nothing more is signed over them.

    `amends journal verify` says which; until somebody looked, no anchor leaves and the health page says so.
    """


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
    """Sign size and root when enough was sealed or enough time went by; `now` does not wait for either.

    Raises LeaseLostError, and JournalChangedError when the rows below contradict the checkpoint before.
    """
    size = sealed_size()
    last = Checkpoint.objects.order_by("-size").first()
    if size == 0 or (last is not None and last.size == size):
        return None
    due = last is None or size - last.size >= EVERY_ENTRIES or at - last.at >= EVERY
    if not (due or now):
        return None
    if last is not None and (size < last.size or stored_tree(last.size).root() != read_note(last.note).root):
        raise JournalChangedError(f"the checkpoint at {last.size} does not fit the journal any more")
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
    waiting = list(Checkpoint.objects.exclude(anchorings__sink=FILE_SINK).order_by("size")[:AT_ONCE])
    if not waiting:
        return 0
    path = Path(settings.AMENDS_ANCHORS)
    present = set(_newest_anchors(path))
    lines = [
        json.dumps({"note": checkpoint.note}, ensure_ascii=False) + "\n"
        for checkpoint in waiting
        if checkpoint.note not in present
    ]
    _append(path, "".join(lines).encode())
    failpoint("after_anchor")
    Anchoring.objects.bulk_create(
        [Anchoring(checkpoint=checkpoint, sink=FILE_SINK, at=at) for checkpoint in waiting], ignore_conflicts=True
    )
    return len(waiting)


def _append(path: Path, lines: bytes) -> None:
    """Add whole lines at the end, durably. A line that a crash left half written is closed first, never mended."""
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o640)
    with os.fdopen(descriptor, "rb+") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(end - 1, 0))
        if end and file.read(1) != b"\n":
            lines = b"\n" + lines
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def read_anchors(path: Path) -> list[str]:
    """The signed notes in an anchors file, oldest first; a half-written line is left out."""
    return _notes_in(path.read_bytes()) if path.exists() else []


def _newest_anchors(path: Path) -> list[str]:
    """The signed notes at the end of an anchors file, however long it has grown."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(end - TAIL, 0))
        return _notes_in(file.read())


def _notes_in(lines: bytes) -> list[str]:
    notes = []
    for line in lines.split(b"\n"):
        try:
            notes.append(str(json.loads(line)["note"]))
        except (ValueError, KeyError, TypeError):
            continue
    return notes


def behind_anchors() -> bool:
    """Whether the anchors know a longer journal than the database holds: rows are gone, or it is another database."""
    newest = max((verifier.read_note(note).size for note in _newest_anchors(Path(settings.AMENDS_ANCHORS))), default=0)
    return newest > sealed_size()


def age_of_newest_anchor(at: datetime) -> timedelta:
    """For how long something has been sealed that no sink knows of; zero when every checkpoint is out."""
    oldest = Checkpoint.objects.exclude(anchorings__isnull=False).order_by("size").first()
    return at - oldest.at if oldest else timedelta()
