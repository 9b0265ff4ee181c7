"""Taking in a file that somebody sends: refused with a sentence, or stored inert."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files.storage import storages
from django.db import transaction

from amends.files import kinds, refusals
from amends.files.kinds import Family, Kind
from amends.files.models import State, StoredFile
from amends.files.names import display_name, extension_of, with_extension
from amends.files.scanning import state_at_first
from amends.files.storage import WorkingFile, create, delete_blobs, new_name, new_working_path
from amends.files.stripping import BusyError, is_rewritten, strip
from amends.files.texts import is_text
from amends.files.workshop import DISK_FAULTS, UnfitError, Verdict
from amends.kit.clock import to_the_minute
from amends.kit.dialect import skip_locked

_PIECE = 256 * 1024


class Upload(Protocol):
    """What Django calls an uploaded file, and what an attachment of a mail can be made to look like."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    def chunks(self) -> Iterator[bytes]: ...


def take_in(upload: Upload, *, keep_original: bool, at: datetime) -> StoredFile:
    """Examine, strip and store a file; nothing refers to it yet. Refuses with a code that begins with `file_`, or
    `storage_full`.

    Without `keep_original` (an anonymous complaint) only the stripped copy ever reaches the storage. This can take
    seconds: call it outside a transaction. What a caller rolls back afterwards is swept.
    """
    name = display_name(upload.name)
    _refuse_by_name(name, keep_original=keep_original)
    with _refused_when_disk_is_full(), ExitStack() as desk, ExitStack() as undo:
        received = _received(upload, desk)
        kind = _kind_of(name, received)
        copy = _stripped(received, kind, desk) if is_rewritten(kind) else received
        blobs = _stored([received, copy] if keep_original else [copy], undo)
        evidence = received if keep_original else copy
        file = StoredFile.objects.create(
            name=_fitting(name, kind),
            kind=kind.code,
            content_type=kind.content_type,
            size=evidence.size,
            sha256=evidence.sha256,
            original=blobs[received.path] if keep_original else "",
            stripped=blobs[copy.path],
            stripped_size=copy.size,
            stripped_sha256=copy.sha256,
            state=state_at_first(),
            taken_in_at=at if keep_original else to_the_minute(at),
        )
        undo.pop_all()
        return file


def keep_as_it_came(content: bytes, *, name: str, at: datetime) -> StoredFile:
    """Store bytes that nothing looked at, as evidence: a mail, whatever is in it. It is given out to be saved only."""
    path = new_working_path()
    with ExitStack() as desk, ExitStack() as undo:
        desk.callback(path.unlink, missing_ok=True)
        with create(path) as written:
            written.write(content)
        sha256 = hashlib.sha256(content).hexdigest()
        blob = _stored([_Measured(path, len(content), sha256)], undo)[path]
        kind = kinds.BY_CODE["mail"]
        file = StoredFile.objects.create(
            name=display_name(name),
            kind=kind.code,
            content_type=kind.content_type,
            size=len(content),
            sha256=sha256,
            original=blob,
            stripped=blob,
            stripped_size=len(content),
            stripped_sha256=sha256,
            state=state_at_first(),
            taken_in_at=at,
            attached_at=at,
        )
        undo.pop_all()
        return file


def attach(file: StoredFile, at: datetime) -> None:
    """Something refers to the file from now on, so that it is not swept. Once only: a second claim is refused."""
    attached = StoredFile.objects.unattached().filter(pk=file.pk).exclude(state=State.REJECTED)
    if not attached.update(attached_at=at):
        if StoredFile.objects.filter(pk=file.pk, state=State.REJECTED).exists():
            raise refusals.rejected()
        raise refusals.gone()
    file.attached_at = at


def discard(file: StoredFile) -> bool:
    """Remove a file that nothing refers to: the row now, its bytes when that is committed.

    Tells whether it was there to be removed. Bytes that a crash leaves behind are swept.
    """
    with transaction.atomic():
        row = skip_locked(StoredFile.objects.unattached().filter(pk=file.pk)).first()
        if row is None:
            return False
        blobs = row.blobs
        row.delete()
        transaction.on_commit(lambda: delete_blobs(blobs))
    return True


@dataclass(frozen=True)
class _Measured:
    """A file in the working directory."""

    path: Path
    size: int
    sha256: str
    head: bytes = b""


def _refuse_by_name(name: str, *, keep_original: bool) -> None:
    """Refuse what its name alone decides, before a byte is written."""
    extension = extension_of(name)
    promised = kinds.for_extension(extension)
    if promised is None:
        raise refusals.wrong_kind(extension)
    if not keep_original and not promised.can_be_stripped:
        raise refusals.not_anonymous()


def _received(upload: Upload, desk: ExitStack) -> _Measured:
    """Write an upload down piece by piece; what it says of its size is not believed."""
    limit = settings.AMENDS_MAX_UPLOAD_MB * 1024 * 1024
    if (upload.size or 0) > limit:
        raise refusals.too_big(settings.AMENDS_MAX_UPLOAD_MB)
    path = new_working_path()
    desk.callback(path.unlink, missing_ok=True)
    hashed, size, head = hashlib.sha256(), 0, b""
    with create(path) as file:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > limit:
                raise refusals.too_big(settings.AMENDS_MAX_UPLOAD_MB)
            hashed.update(chunk)
            file.write(chunk)
            head += chunk[: max(0, kinds.HEAD_BYTES - len(head))]
    if not size:
        raise refusals.empty()
    return _Measured(path, size, hashed.hexdigest(), head)


def _kind_of(name: str, received: _Measured) -> Kind:
    """What the file is, by its name and by its content."""
    extension = extension_of(name)
    kind = kinds.kind_of(extension, received.head)
    if kind is None:
        raise refusals.unfit(Verdict.LOCKED if kinds.is_locked_office(extension, received.head) else Verdict.OTHER_KIND)
    if kind.family in {Family.TEXT, Family.MAIL} and not is_text(received.path):
        raise refusals.unfit(Verdict.OTHER_KIND)
    return kind


def _stripped(received: _Measured, kind: Kind, desk: ExitStack) -> _Measured:
    """The copy without traces of its maker."""
    path = new_working_path()
    create(path).close()
    desk.callback(path.unlink, missing_ok=True)
    try:
        strip(received.path, path, kind)
    except UnfitError as unfit:
        raise refusals.unfit(unfit.verdict) from unfit
    except BusyError as error:
        raise refusals.busy() from error
    hashed, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            hashed.update(piece)
            size += len(piece)
    if not size:
        raise refusals.unfit(Verdict.BROKEN)
    return _Measured(path, size, hashed.hexdigest())


def _stored(files: list[_Measured], undo: ExitStack) -> dict[Path, str]:
    """Put files into the storage, each once; they are taken out again unless the row is written."""
    storage, names = storages["default"], {}
    for path in dict.fromkeys(file.path for file in files):
        with WorkingFile(path) as content:
            names[path] = storage.save(new_name(), content)
        undo.callback(storage.delete, names[path])
    return names


def _fitting(name: str, kind: Kind) -> str:
    """The name with an extension that is true."""
    return name if extension_of(name) in kind.extensions else with_extension(name, kind.extensions[0])


@contextmanager
def _refused_when_disk_is_full() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in DISK_FAULTS:
            raise refusals.unfit(Verdict.DISK_FULL) from error
        raise
