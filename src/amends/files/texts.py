"""Whether a file is text all through, read piece by piece."""

from pathlib import Path

from amends.files.kinds import is_plain

PIECE = 64 * 1024
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def is_text(path: Path) -> bool:
    """UTF-16 with its byte order mark, UTF-8, or a one-byte encoding; without NUL and other controls."""
    with path.open("rb") as file:
        wide = file.read(2) in _MARKS_OF_UTF16
    return any(_reads_as(path, encoding) for encoding in (("utf-16",) if wide else ("utf-8", "latin-1")))


def _reads_as(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            return all(is_plain(piece) for piece in iter(lambda: file.read(PIECE), ""))
    except UnicodeError:
        return False
