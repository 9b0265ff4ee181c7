"""What must always be true of stored files."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import storages

from amends.files.models import State, StoredFile
from amends.kit.invariants import invariant

_PIECE = 1024 * 1024


@invariant("files.bytes_are_there", "The bytes of every file are there, as many as were stored")
def _bytes_are_there() -> Iterator[str]:
    for file in StoredFile.objects.order_by("id").iterator(chunk_size=2000):
        for name, size in _parts(file):
            try:
                found = storages["default"].size(name)
            except FileNotFoundError:
                yield f"file {file.pk}: {name} is missing"
            else:
                if found != size:
                    yield f"file {file.pk}: {name} has {found} bytes instead of {size}"


@invariant("files.attached_have_a_state", "Every attached file is waiting, checked or rejected, with a reason if so")
def _attached_have_a_state() -> Iterator[str]:
    attached = StoredFile.objects.filter(attached_at__isnull=False)
    for key in attached.exclude(state__in=State.values).values_list("pk", flat=True)[:100]:
        yield f"file {key} has an unknown state"
    for key in attached.filter(state=State.REJECTED, reason="").values_list("pk", flat=True)[:100]:
        yield f"file {key} is rejected without a reason"


def hashes_match() -> Iterator[str]:
    """One sentence per file whose bytes are not those that were stored. Reads everything: on demand only."""
    for file in StoredFile.objects.order_by("id").iterator(chunk_size=500):
        expected = {file.stripped: file.stripped_sha256, **({file.original: file.sha256} if file.original else {})}
        for name, sha256 in expected.items():
            try:
                found = _sha256_of(name)
            except FileNotFoundError:
                yield f"file {file.pk}: {name} is missing"
            else:
                if found != sha256:
                    yield f"file {file.pk}: {name} is not what was stored"


def _parts(file: StoredFile) -> list[tuple[str, int]]:
    parts = [(file.stripped, file.stripped_size)]
    return [*parts, (file.original, file.size)] if file.original else parts


def _sha256_of(name: str) -> str:
    hashed = hashlib.sha256()
    with storages["default"].open(name) as content:
        while piece := content.read(_PIECE):
            hashed.update(piece)
    return hashed.hexdigest()
