"""The journal of this database as the verifier reads it: checked in place, or written to a directory."""

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db.models import Max, Q

from amends.journal import checkpoints, keys, verifier
from amends.journal.models import Checkpoint, Entry, Payload, ReadEvent, Seal, Subtree, Tombstone
from amends.journal.reads import QUARTER
from amends.journal.recording import leaf_document
from amends.journal.stored_tree import sealed_size
from amends.journal.vocabulary import written_moment
from amends.kit.canonical import canonical

CHUNK = 2000


def database_source() -> verifier.Source:
    """The journal as it is now. Entries that arrive while it is read are left for the next time."""
    size = sealed_size()
    last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    sealed = Seal.objects.filter(number__lt=size).select_related("entry").order_by("number")
    unsealed = Entry.objects.filter(Q(seal__isnull=True) | Q(seal__number__gte=size), pk__lte=last)
    unsealed = unsealed.select_related("unsealed", "seal").order_by("pk")
    texts = Payload.objects.select_related("entry")
    of_sealed = texts.filter(entry__seal__number__lt=size).order_by("entry__seal__number")
    of_unsealed = texts.filter(Q(entry__seal__isnull=True) | Q(entry__seal__number__gte=size), entry_id__lte=last)
    return verifier.Source(
        rows=chain(
            (
                verifier.Row(seal.number, bytes(seal.leaf), seal.entry.leaf_version, leaf_document(seal.entry).decode())
                for seal in sealed.iterator(CHUNK)
            ),
            (
                verifier.Row(None, b"", entry.leaf_version, leaf_document(entry).decode(), _is_expected(entry))
                for entry in unsealed.iterator(CHUNK)
            ),
        ),
        payloads=(
            (text.entry.uid.hex, text.salt, text.body)
            for text in chain(of_sealed.iterator(CHUNK), of_unsealed.order_by("entry_id").iterator(CHUNK))
        ),
        tombstones={
            uid.hex: erasure.hex for uid, erasure in Tombstone.objects.values_list("entry__uid", "erasure__uid")
        },
        subtrees={
            (level, position): bytes(value)
            for level, position, value in Subtree.objects.values_list("level", "position", "hash")
        },
        checkpoints=[
            verifier.read_note(note) for note in Checkpoint.objects.order_by("size").values_list("note", flat=True)
        ],
        keys=public_keys(),
        reads=_reads(),
    )


def _is_expected(entry: Entry) -> bool:
    return hasattr(entry, "unsealed") or hasattr(entry, "seal")


def public_keys() -> list[str]:
    """The public keys under which this journal was signed, a line each."""
    last = Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()
    public = keys.public_bytes(keys.signing_key())
    return [keys.verifier_key(checkpoints.read_note(last).origin if last else keys.origin_of(public), public)]


def _reads() -> dict[str, list[str]]:
    days: dict[str, list[str]] = {}
    for row in ReadEvent.objects.order_by("quarter", "subject", "actor", "field_group").iterator(CHUNK):
        day = datetime.fromtimestamp(row.quarter * QUARTER, UTC).date().isoformat()
        line = [row.quarter, row.subject.hex, row.actor.hex, row.field_group, row.acting_as, row.reason]
        days.setdefault(day, []).append(canonical(line).decode())
    return days


def verify_database(anchors: Path | None) -> verifier.Verdict:
    """Check the journal of this database in place, against the anchors file where there is one."""
    notes = verifier.read_notes(anchors) if anchors is not None and anchors.exists() else None
    return verifier.verify(database_source(), notes)


def export(directory: Path, at: datetime) -> dict[str, int]:
    """Write the journal to a directory for the stand-alone verifier, with a copy of it. Returns the counts.

    Texts are part of the export: keep it as carefully as the complaints themselves.
    """
    directory.mkdir(parents=True, exist_ok=True)
    source = database_source()
    counts = {
        "entries": _write(directory / "entries.txt", (_line(row) for row in source.rows)),
        "payloads": _write(directory / "payloads.txt", source.payloads),
        "tombstones": _write(directory / "tombstones.txt", source.tombstones.items()),
        "subtrees": _write(
            directory / "subtrees.txt",
            ((str(level), str(place), value.hex()) for (level, place), value in sorted(source.subtrees.items())),
        ),
        "reads": _write(
            directory / "reads.txt", ((day, line) for day, lines in source.reads.items() for line in lines)
        ),
        "checkpoints": _write(
            directory / "checkpoints.jsonl",
            ((json.dumps({"note": one.note}, ensure_ascii=False),) for one in source.checkpoints),
        ),
        "keys": _write(directory / "keys.txt", ((key,) for key in source.keys)),
    }
    manifest = {"format": "amends-journal-export/1", "written": written_moment(at), "counts": counts}
    (directory / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    (directory / "verifier.py").write_bytes(Path(verifier.__file__).read_bytes())
    return counts


def _line(row: verifier.Row) -> tuple[str, ...]:
    number = str(row.number) if row.number is not None else ("waiting" if row.is_expected_unsealed else "stray")
    return number, row.leaf.hex(), str(row.version), row.document


def _write(path: Path, lines: Iterable[tuple[str, ...]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write("\t".join(line) + "\n")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count


def anchors_path() -> Path:
    """Where this installation keeps its anchors."""
    return Path(settings.AMENDS_ANCHORS)
