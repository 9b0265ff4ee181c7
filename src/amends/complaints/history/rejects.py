"""Rows that could not be taken over, in a file of the same form: it is mended and then imported like the first.

A row stands there exactly as it was, with its error beside it. Whatever nobody mends is refused again.
"""

import csv
import json
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO, Any

from amends.complaints.history.reading import ERROR_COLUMN, ROW_COLUMN, FileError, Row, rows_of


class Rejects:
    """The report of one import; nothing is written before the first row, and nothing at all without a path."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._file: IO[str] | None = None
        self._writer: Any = None

    def add(self, row: Row, error: str) -> None:
        """Write a row with its error."""
        if self.path is None:
            return
        if self._file is None:
            # Bytes that are no UTF-8 go out as they came in: padded or replaced, they would look mended.
            self._file = self.path.open("w", encoding="utf-8", errors="surrogateescape", newline="")
            if row.heading:
                self._writer = csv.writer(self._file)
                self._writer.writerow([ROW_COLUMN, ERROR_COLUMN, *row.heading])
        if self._writer is not None:
            self._writer.writerow([row.number, error, *row.cells])
        else:
            self._file.write(_as_line({ROW_COLUMN: row.number, ERROR_COLUMN: error, **row.object}))

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self._file is not None:
            self._file.close()


def _as_line(row: dict[str, Any]) -> str:
    line = json.dumps(row, ensure_ascii=False) + "\n"
    with suppress(UnicodeEncodeError):
        line.encode()
        return line
    return json.dumps(row) + "\n"


def place_for(path: Path) -> Path:
    """A new file beside the imported one, else in the current directory. An earlier report is never written over."""
    suffix = ".csv" if next(rows_of(path), Row(0, {}, heading=("",))).heading else ".jsonl"
    stem = f"{path.name.partition('.')[0]}-rejects"
    for folder in (path.parent, Path.cwd()):
        for number in count(1):
            place = folder / (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}")
            if place.exists():
                continue
            with suppress(OSError):
                _try_out(place)
                return place
            break
    raise FileError(f"A report of rows with errors cannot be written beside {path}. Say where, with --rejects FILE.")


def refuse_unusable(place: Path) -> None:
    """Raise FileError for a report that was asked for and cannot be written, or would write over something."""
    if place.exists() and (not place.is_file() or place.stat().st_size):
        raise FileError(f"{place} is there already. Move it away, or give another name with --rejects.")
    try:
        if not place.exists():
            _try_out(place)
    except OSError as error:
        raise FileError(f"{place} cannot be written: {error.strerror}. Give another name with --rejects.") from error


def _try_out(place: Path) -> None:
    place.open("x").close()
    place.unlink()
