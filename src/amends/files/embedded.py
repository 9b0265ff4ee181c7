"""Takes the metadata out of pictures inside documents without drawing them anew. Pure; knows no Django.

Office programs and scanners keep the JPEG of the camera byte for byte, with the place where it was taken.
"""

import re
import struct

_JPEG_START = b"\xff\xd8"
_PNG_START = b"\x89PNG\r\n\x1a\n"
_END, _SCAN = 0xD9, 0xDA
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
# Kept of the application segments: JFIF (density) and Adobe (how colours are coded). The rest tells about the maker.
_DROPPED = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA sRGB cHRM pHYs bKGD sBIT acTL fcTL fdAT".split())


def without_metadata(picture: bytes) -> bytes:
    """A JPEG or PNG without comments, EXIF and the like; anything else, and what is too broken to read, as it is."""
    try:
        if picture.startswith(_JPEG_START):
            return _jpeg(picture)
        if picture.startswith(_PNG_START):
            return _png(picture)
    except (struct.error, IndexError):
        return picture
    return picture


def _jpeg(picture: bytes) -> bytes:
    """Segment by segment up to the end marker; what follows that (a second picture, a film) goes too."""
    kept, place = [_JPEG_START], 2
    while place < len(picture):
        marker = picture[place + 1]
        if picture[place] != 0xFF or marker == _END:
            break
        if marker == 0xFF:
            place += 1
            continue
        end = place + 2
        if marker not in _STANDALONE:
            end += struct.unpack_from(">H", picture, end)[0]
        if marker == _SCAN:
            found = _NEXT_MARKER.search(picture, end)
            end = found.start() if found else len(picture)
        if marker not in _DROPPED:
            kept.append(picture[place:end])
        place = end
    return b"".join((*kept, b"\xff\xd9"))


def _png(picture: bytes) -> bytes:
    """Chunk by chunk up to IEND."""
    kept, place = [_PNG_START], len(_PNG_START)
    while place < len(picture):
        length, name = struct.unpack_from(">I4s", picture, place)
        end = place + 12 + length
        if name in _PNG_KEPT:
            kept.append(picture[place:end])
        place = end
        if name == b"IEND":
            break
    return b"".join(kept)
