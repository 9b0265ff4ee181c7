"""Rows of a CSV or JSONL file, plain or gzip, one at a time, whatever is wrong with some of them."""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

csv.field_size_limit(16 * 1024 * 1024)

GZIP = b"\x1f\x8b"


class FileError(ValueError):
    """The file as a whole cannot be read; the text says what to do."""


@dataclass(frozen=True)
class Row:
    """One row with its number in the file (the heading of a CSV file is row 1), or why it cannot be read."""

    number: int
    values: dict[str, str]
    error: str = ""


def rows_of(path: Path) -> Iterator[Row]:
    """The rows of a file. The kind is told by its content, not by its name. Raises FileError."""
    try:
        with _opened(path) as text:
            first = text.read(1)
            if not first:
                raise FileError(f"{path} is empty.")
            text.seek(0)
            yield from _json_rows(text) if first == "{" else _csv_rows(text, path)
    except (OSError, EOFError) as error:
        raise FileError(f"{path} cannot be read: {error}") from error


def _opened(path: Path) -> IO[str]:
    with path.open("rb") as file:
        is_gzip = file.read(2) == GZIP
    raw = gzip.GzipFile(path, "rb") if is_gzip else path.open("rb")
    # Bytes that are not UTF-8 come through as half characters, so that one bad row does not end the reading.
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _csv_rows(text: IO[str], path: Path) -> Iterator[Row]:
    reader = csv.reader(text)
    heading = next(reader, [])
    if len(set(heading)) != len(heading) or len(heading) < 2:
        raise FileError(f"{path} does not begin with a row of column names, separated by commas and each one once.")
    number = 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(number, {}, f"the row cannot be read ({error})")
            continue
        if not cells:
            continue
        if len(cells) != len(heading):
            values = dict(zip(heading, cells, strict=False))
            yield Row(number, values, f"the row has {len(cells)} cells, the heading has {len(heading)}")
            continue
        yield _checked(Row(number, dict(zip(heading, cells, strict=True))))


def _json_rows(text: IO[str]) -> Iterator[Row]:
    for number, line in enumerate(text, start=1):
        if not line.strip():
            continue
        read = _read_object(line)
        if read is None:
            yield Row(number, {"line": line.strip()[:1000]}, "the line is not a JSON object")
            continue
        yield _checked(Row(number, {str(key): "" if value is None else str(value) for key, value in read.items()}))


def _read_object(line: str) -> dict[str, object] | None:
    try:
        read = json.loads(line)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None


def _checked(row: Row) -> Row:
    for name, value in row.values.items():
        if any("\udc80" <= character <= "\udcff" for character in value):
            return Row(row.number, row.values, f"{name} is not encoded in UTF-8")
    return row
