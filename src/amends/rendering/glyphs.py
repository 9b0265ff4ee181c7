"""Which signs a font can show, read from the font itself: a document with one it lacks is refused whole (PDF/UA)."""

import struct
from pathlib import Path


def covered_by(font: Path) -> frozenset[int]:
    """The code points that a TrueType font has a glyph for (the tables `cmap` 4 and 12)."""
    data = font.read_bytes()
    start = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for place in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * place + 4)
        at = start + offset
        (kind,) = struct.unpack_from(">H", data, at)
        if kind == 4:
            found |= _by_segments(data, at)
        elif kind == 12:
            found |= _by_groups(data, at)
    return frozenset(found)


def _table(data: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for place in range(count):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        if tag == name:
            return int(offset)
    raise ValueError(f"the font has no table {name!r}")


def _by_segments(data: bytes, at: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", data, at + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    begins = struct.unpack_from(f">{count}H", data, at + 16 + doubled)
    deltas = struct.unpack_from(f">{count}h", data, at + 16 + 2 * doubled)
    ranges_at = at + 16 + 3 * doubled
    found = set()
    for place, (begin, end, delta) in enumerate(zip(begins, ends, deltas, strict=True)):
        (jump,) = struct.unpack_from(">H", data, ranges_at + 2 * place)
        for point in range(begin, min(end, 0xFFFE) + 1):
            glyph = point
            if jump:
                (glyph,) = struct.unpack_from(">H", data, ranges_at + 2 * place + jump + 2 * (point - begin))
                if glyph == 0:
                    continue
            if (glyph + delta) & 0xFFFF:
                found.add(point)
    return found


def _by_groups(data: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    found: set[int] = set()
    for place in range(count):
        begin, end, _glyph = struct.unpack_from(">III", data, at + 16 + 12 * place)
        found.update(range(begin, end + 1))
    return found
