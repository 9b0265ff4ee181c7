"""Writes office files anew without their properties. Runs in the limited process; knows no Django.

A package is a zip archive, so everything is bounded: how many parts, how large each and all together, how deep. Only
the parts that the directory lists are written, each once: what is hidden between or around them is gone.
"""

import io
import zipfile
from pathlib import Path
from typing import IO

from amends.files.embedded import without_metadata
from amends.files.office_parts import (
    LEFT_OUT,
    PACKAGE_PART,
    PICTURE_PART,
    SIGNS,
    XML_PART,
    emptied,
    is_read_whole,
    refuse_active_part,
    refuse_odd_xml,
    scrubbed,
)
from amends.files.workshop import UnfitError, Verdict, answer

MOST_PARTS = 4000
LARGEST_TOTAL = 128 * 1024 * 1024
LARGEST_IN_MEMORY = 24 * 1024 * 1024
CHUNK = 256 * 1024
DEEPEST = 1
_WHEN = (1980, 1, 1, 0, 0, 0)
_KIND_OF_INNER = {"docx": "word", "xlsx": "sheet", "pptx": "slides"}
_ENCRYPTED = 0x1


def strip(source: Path, destination: Path, kind: str) -> None:
    """Write the copy, or refuse what is not this kind of file, acts, is locked or grows too large."""
    with source.open("rb") as incoming, destination.open("wb") as outgoing:
        _Rewriting().package(incoming, outgoing, kind, depth=0)


class _Rewriting:
    """One file being rewritten; counts what all its parts, those of inner packages too, expand to."""

    def __init__(self) -> None:
        self.expanded = 0

    def package(self, incoming: IO[bytes], outgoing: IO[bytes], kind: str, *, depth: int) -> None:
        with zipfile.ZipFile(incoming) as old, zipfile.ZipFile(outgoing, "w", zipfile.ZIP_DEFLATED) as new:
            entries = _checked_entries(old)
            self._require_kind(old, entries, kind)
            for name, entry in entries.items():
                if LEFT_OUT.fullmatch(name):
                    continue
                refuse_active_part(name)
                info = zipfile.ZipInfo(name, _WHEN)
                info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                if empty := emptied(name):
                    new.writestr(info, empty)
                elif is_read_whole(name):
                    new.writestr(info, scrubbed(name, self._whole(old, entry)))
                elif PICTURE_PART.fullmatch(name):
                    new.writestr(info, without_metadata(self._whole(old, entry)))
                elif inner := PACKAGE_PART.fullmatch(name):
                    new.writestr(info, self._inner(old, entry, _KIND_OF_INNER[inner[1].lower()], depth=depth + 1))
                else:
                    self._copy(old, entry, new, info)

    def _require_kind(self, old: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], kind: str) -> None:
        part, where, sign = SIGNS[kind]
        if part not in entries or where not in entries:
            raise UnfitError(Verdict.OTHER_KIND)
        said = self._whole(old, entries[where])
        if b"macroEnabled" in said or b"vbaProject" in said:
            raise UnfitError(Verdict.ACTIVE)
        if (said.strip() != sign) if where == "mimetype" else (sign not in said):
            raise UnfitError(Verdict.OTHER_KIND)

    def _whole(self, old: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
        if entry.file_size > LARGEST_IN_MEMORY:
            raise UnfitError(Verdict.TOO_COMPLEX)
        with old.open(entry) as part:
            content = part.read()
        self._count(len(content))
        return content

    def _inner(self, old: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str, *, depth: int) -> bytes:
        if depth > DEEPEST:
            raise UnfitError(Verdict.TOO_COMPLEX)
        written = io.BytesIO()
        self.package(io.BytesIO(self._whole(old, entry)), written, kind, depth=depth)
        return written.getvalue()

    def _copy(self, old: zipfile.ZipFile, entry: zipfile.ZipInfo, new: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        with old.open(entry) as part, new.open(info, "w") as copy:
            first = True
            while chunk := part.read(CHUNK):
                if first and XML_PART.fullmatch(entry.filename):
                    refuse_odd_xml(chunk)
                first = False
                self._count(len(chunk))
                copy.write(chunk)

    def _count(self, expanded: int) -> None:
        self.expanded += expanded
        if self.expanded > LARGEST_TOTAL:
            raise UnfitError(Verdict.TOO_COMPLEX)


def _checked_entries(package: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files in a package by name. Doubled or climbing names, locked and oddly packed parts are refused."""
    listed = package.infolist()
    if len(listed) > MOST_PARTS or sum(entry.file_size for entry in listed) > LARGEST_TOTAL:
        raise UnfitError(Verdict.TOO_COMPLEX)
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in listed:
        name = entry.filename
        if entry.flag_bits & _ENCRYPTED:
            raise UnfitError(Verdict.LOCKED)
        if (
            name.lower() in entries
            or name.startswith("/")
            or "\\" in entry.orig_filename
            or ".." in name.split("/")
            or "\0" in entry.orig_filename
            or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
        ):
            raise UnfitError(Verdict.BROKEN)
        entries[name.lower()] = entry
    return {entry.filename: entry for entry in entries.values() if not entry.is_dir()}


if __name__ == "__main__":
    answer(strip)
