"""Rows of a CSV or JSONL file, plain or gzip, one at a time, whatever is wrong with some of them."""

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

csv.field_size_limit(16 * 1024 * 1024)

GZIP = b"\x1f\x8b"

#: What a report of rejected rows says beside each row. When it is imported in turn, these are no columns of the row.
ROW_COLUMN = "amends_row"
ERROR_COLUMN = "amends_error"
#: A line that is no JSON object stands in its own object under this name, to be mended there.
LINE = "amends_line"
OURS = (ROW_COLUMN, ERROR_COLUMN)

#: Bytes that are not UTF-8 arrive as these, and so do halves of a character that JSON wrote as \uD83D alone.
_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")


class FileError(ValueError):
    """The file as a whole cannot be read; the text says what to do."""


@dataclass(frozen=True)
class Row:
    """One row with its number in the file (the heading of a CSV file is row 1), or why it cannot be read.

    As it stood in the file: `heading` and `cells` in CSV, `object` in JSONL.
    """

    number: int
    values: dict[str, str]
    error: str = ""
    heading: tuple[str, ...] = ()
    cells: Sequence[str] = ()
    object: Mapping[str, Any] = field(default_factory=dict)


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a file. The kind is told by its content, not by its name. Raises FileError."""
    try:
        with _opened(path) as text:
            first = text.read(1)
            if not first:
                raise FileError(f"{path} is empty.")
            text.seek(0)
            yield from _json_rows(text) if first == "{" else _csv_rows(text, path)
    except (OSError, EOFError, zlib.error) as error:
        raise FileError(f"{path} cannot be read: {error}") from error


def _opened(path: Path) -> IO[str]:
    with path.open("rb") as file:
        is_gzip = file.read(2) == GZIP
    raw = gzip.GzipFile(path, "rb") if is_gzip else path.open("rb")
    # Bytes that are not UTF-8 come through as half characters, so that one bad row does not end the reading.
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _csv_rows(text: IO[str], path: Path) -> Iterator[Row]:
    reader = csv.reader(text)
    heading = _heading(reader, path)
    ours = {place for place, name in enumerate(heading) if name in OURS}
    names = tuple(name for name in heading if name not in OURS)
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, {}, f"the row cannot be read ({error})", names)
            continue
        if not cells:
            continue
        found = [cell for place, cell in enumerate(cells) if place not in ours]
        values = dict(zip(names, found, strict=False))
        flaw = _flaw_of(values)
        if len(cells) != len(heading):
            flaw = f"the row has {len(found)} cells, the heading has {len(names)}"
        yield Row(number, values, flaw, names, found)


def _heading(reader: Iterator[list[str]], path: Path) -> list[str]:
    try:
        heading = next(reader, [])
    except csv.Error as error:
        raise FileError(f"{path} cannot be read: {error}") from error
    if any(_HALF_CHARACTERS.search(name) or "\0" in name for name in heading):
        raise FileError(f"{path} is not text in UTF-8. Save it again as CSV in UTF-8.")
    if len(set(heading)) != len(heading) or len(heading) < 2:
        raise FileError(f"{path} does not begin with a row of column names, separated by commas and each one once.")
    return heading


def _json_rows(text: IO[str]) -> Iterator[Row]:
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        read = _read_object(line)
        if read is not None and isinstance(read.get(LINE), str):
            line = read[LINE]
            read = _read_object(line)
        if read is None:
            yield Row(number, {}, "the line is not a JSON object", object={LINE: line.strip()})
            continue
        original = {name: value for name, value in read.items() if name not in OURS}
        values = {name: _written(value) for name, value in original.items()}
        yield Row(number, values, _flaw_of(values), object=original)


def _read_object(line: str) -> dict[str, Any] | None:
    try:
        read = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _written(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def _flaw_of(values: dict[str, str]) -> str:
    for name, value in values.items():
        if _HALF_CHARACTERS.search(value):
            return f"{name} is not encoded in UTF-8"
    return ""
