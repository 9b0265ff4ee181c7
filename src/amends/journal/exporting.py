"""The journal of this database as the verifier reads it: checked in place, or written to a directory."""

import json
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max, Q, QuerySet

from amends.journal import keys, verifier
from amends.journal.models import Checkpoint, Entry, Payload, ReadEvent, Seal, Subtree, Tombstone
from amends.journal.reads import day_of, line_of
from amends.journal.recording import leaf_document
from amends.journal.stored_tree import sealed_size
from amends.journal.vocabulary import written_moment
from amends.kit.dialect import one_snapshot

CHUNK = 1000

Read = TypeVar("Read")

#: what may happen on reading a row whose bytes somebody changed outside the application
DAMAGE = (ValueError, TypeError, AttributeError, OverflowError, OSError, DatabaseError)


def database_source() -> verifier.Source:
    """The journal as it is now; to be read inside `one_snapshot`.

    Rows that somebody damaged so that they cannot even be read are given as damaged, not raised.
    """
    size = sealed_size()
    last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    unsealed = Entry.objects.filter(Q(seal__isnull=True) | Q(seal__number__gte=size), pk__lte=last)
    sealed = Seal.objects.filter(number__lt=size).select_related("entry")
    texts = Payload.objects.values_list("entry__uid", "salt", "body")
    of_unsealed = texts.filter(entry__in=unsealed.values("pk"))
    return verifier.Source(
        rows=chain(
            _in_chunks(sealed, "number", _sealed_row, lambda key: verifier.Row(key, b"", -1, b"")),
            _in_chunks(
                unsealed.select_related("unsealed", "seal"),
                "pk",
                _waiting_row,
                lambda key: verifier.Row(None, b"", -1, f"entry {key} cannot be read".encode()),
            ),
        ),
        payloads=chain(
            _in_chunks(texts.filter(entry__seal__number__lt=size), "entry__seal__number", _text, _no_text),
            _in_chunks(of_unsealed, "entry_id", _text, _no_text),
        ),
        tombstones=dict(
            _in_chunks(
                Tombstone.objects.select_related("entry", "erasure"),
                "pk",
                lambda row: (row.entry.uid.hex, row.erasure.uid.hex),
                lambda _: ("", ""),
            )
        ),
        subtrees={
            (level, position): value if isinstance(value, str) else bytes(value).hex()
            for level, position, value in Subtree.objects.values_list("level", "position", "hash")
        },
        checkpoints=[
            verifier.read_note(str(note)) for note in Checkpoint.objects.order_by("size").values_list("note", flat=True)
        ],
        keys=public_keys(),
        reads=_reads(),
    )


def _in_chunks(
    rows: QuerySet[Any], key: str, read: Callable[[Any], Read], damaged: Callable[[int], Read]
) -> Iterator[Read]:
    """All rows by their key, a chunk per query; where a chunk cannot be read, row by row, so that the bad one shows."""
    rows = rows.order_by(key)
    past = None
    while True:
        page = rows if past is None else rows.filter(**{f"{key}__gt": past})
        numbers = list(page.values_list(key, flat=True)[:CHUNK])
        if not numbers:
            return
        found = rows.filter(**{f"{key}__gte": numbers[0], f"{key}__lte": numbers[-1]})
        try:
            made = [read(row) for row in found]
        except DAMAGE:
            made = [_one(rows.filter(**{key: number}), read, damaged, number) for number in numbers]
        yield from made
        past = numbers[-1]


def _one(row: QuerySet[Any], read: Callable[[Any], Read], damaged: Callable[[int], Read], number: int) -> Read:
    try:
        return read(row.get())
    except DAMAGE:
        return damaged(number)


def _sealed_row(seal: Seal) -> verifier.Row:
    return verifier.Row(seal.number, bytes(seal.leaf), int(seal.entry.leaf_version), leaf_document(seal.entry))


def _waiting_row(entry: Entry) -> verifier.Row:
    is_expected = hasattr(entry, "unsealed") or hasattr(entry, "seal")
    return verifier.Row(None, b"", int(entry.leaf_version), leaf_document(entry), is_expected)


def _text(text: tuple[UUID, str, str]) -> tuple[str, str, bytes]:
    uid, salt, body = text
    return uid.hex, salt, body.encode()


def _no_text(key: int) -> tuple[str, str, bytes]:
    return "", "", b""


def public_keys() -> list[str]:
    """The public keys under which this journal was signed, a line each."""
    last = Checkpoint.objects.order_by("-size").values_list("note", flat=True).first()
    public = keys.public_bytes(keys.signing_key())
    origin = verifier.read_note(last).origin if last else ""
    return [keys.verifier_key(origin or keys.origin_of(public), public)]


def _reads() -> dict[str, list[str]]:
    days: dict[str, list[str]] = {}
    lines = _in_chunks(
        ReadEvent.objects.all(),
        "id",
        lambda row: (day_of(row.quarter).isoformat(), line_of(row)),
        lambda key: ("", f"read {key} cannot be read"),
    )
    for day, line in lines:
        days.setdefault(day, []).append(line)
    return days


def verify_database(anchors: Path | None) -> verifier.Verdict:
    """Check the journal of this database in place, against the anchors file where there is one."""
    notes = verifier.read_notes(anchors) if anchors is not None and anchors.exists() else None
    with one_snapshot():
        return verifier.verify(database_source(), notes, public_keys())


def export(directory: Path, at: datetime) -> dict[str, int]:
    """Write the journal to a directory for the stand-alone verifier, with a copy of it. Returns the counts.

    Texts are part of the export: keep it as carefully as the complaints themselves.
    """
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    with one_snapshot():
        counts = _write_all(directory, database_source())
    manifest = {"format": verifier.FORMAT, "written": written_moment(at), "counts": counts}
    (directory / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    (directory / "verifier.py").write_bytes(Path(verifier.__file__).read_bytes())
    return counts


def _write_all(directory: Path, source: verifier.Source) -> dict[str, int]:
    notes = ((json.dumps({"note": one.note}, ensure_ascii=False),) for one in source.checkpoints)
    frozen = ((str(level), str(place), value) for (level, place), value in sorted(source.subtrees.items()))
    return {
        "entries": _write(directory / "entries.txt", (_line(row) for row in source.rows)),
        "payloads": _write(
            directory / "payloads.txt", ((uid, salt, body.decode()) for uid, salt, body in source.payloads)
        ),
        "tombstones": _write(directory / "tombstones.txt", source.tombstones.items()),
        "subtrees": _write(directory / "subtrees.txt", frozen),
        "reads": _write(
            directory / "reads.txt", ((day, line) for day, lines in source.reads.items() for line in lines)
        ),
        "checkpoints": _write(directory / "checkpoints.jsonl", notes),
        "keys": _write(directory / "keys.txt", ((key,) for key in source.keys)),
    }


def _line(row: verifier.Row) -> tuple[str, ...]:
    number = str(row.number) if row.number is not None else ("waiting" if row.is_expected_unsealed else "stray")
    return number, row.leaf.hex(), str(max(row.version, 0)), row.document.decode()


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
