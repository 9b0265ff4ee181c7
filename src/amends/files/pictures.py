"""Draws pictures anew: nothing but their pixels gets through. Runs in the limited process; knows no Django.

Gone with everything else are EXIF (place, time, camera), comments, colour profiles, thumbnails, trailing data and all
frames of an animation but the first. Pixels are counted before any is decoded.
"""

from pathlib import Path
from typing import IO, cast

from PIL import Image, ImageFile, ImageOps

from amends.files.workshop import UnfitError, Verdict, answer

FORMATS = {"picture_jpeg": "JPEG", "picture_png": "PNG", "picture_webp": "WEBP", "picture_gif": "GIF"}
OPTIONS: dict[str, dict[str, int]] = {
    "JPEG": {"quality": 90},
    "PNG": {"compress_level": 3},
    "WEBP": {"quality": 88, "method": 2},
    "GIF": {},
}

# The largest photographs of today's telephones at full resolution: 8192 × 6144.
LARGEST_PIXELS = 51_000_000
# What the decoders themselves need per pixel, measured: WebP 16 bytes, all scans of a progressive JPEG 6.
LARGEST_PIXELS_WEBP = 12_500_000
LARGEST_PIXELS_PROGRESSIVE = 25_000_000
# Above this a picture and its turned copy would not fit into memory together.
LARGEST_PIXELS_TURNED = 25_000_000
# We count ourselves, and refuse with a reason.
Image.MAX_IMAGE_PIXELS = None
_ORIENTATION = 0x0112


def strip(source: Path, destination: Path, kind: str) -> None:
    """Write the upright first frame of a picture, in its own format and without anything else."""
    form = FORMATS[kind]
    if form == "WEBP" and _webp_pixels(source) > LARGEST_PIXELS_WEBP:
        raise UnfitError(Verdict.TOO_COMPLEX)
    with Image.open(source, formats=[form]) as image:
        _measure(image, form)
        image.load()
        ImageOps.exif_transpose(image, in_place=True)
        image.info = {key: value for key, value in image.info.items() if key == "transparency"}
        # Printing colours have no meaning to browsers.
        drawn = image.convert("RGB") if image.mode == "CMYK" else image
        with destination.open("wb") as file:
            drawn.save(cast(IO[bytes], _Plain(file)), form, **OPTIONS[form])


def _measure(image: ImageFile.ImageFile, form: str) -> None:
    """Refuse what is too large before it is decoded; large photographs are read at half their size."""
    pixels = image.width * image.height
    if pixels > LARGEST_PIXELS:
        raise UnfitError(Verdict.TOO_COMPLEX)
    if form == "JPEG":
        if image.info.get("progressive") and pixels > LARGEST_PIXELS_PROGRESSIVE:
            raise UnfitError(Verdict.TOO_COMPLEX)
        if pixels > LARGEST_PIXELS_TURNED:
            image.draft(None, (image.width // 2, image.height // 2))
    # Asking for the orientation may decode a PNG: it keeps it behind its pixels.
    elif pixels > LARGEST_PIXELS_TURNED and image.getexif().get(_ORIENTATION, 1) != 1:
        raise UnfitError(Verdict.TOO_COMPLEX)


def _webp_pixels(source: Path) -> int:
    """Pixels as the header tells them: opening a WebP already takes the memory for all of them."""
    with source.open("rb") as file:
        head = file.read(30).ljust(30, b"\0")
    if head[12:16] == b"VP8X":
        return (int.from_bytes(head[24:27], "little") + 1) * (int.from_bytes(head[27:30], "little") + 1)
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    return int.from_bytes(head[26:28], "little") % 0x4000 * (int.from_bytes(head[28:30], "little") % 0x4000)


class _Plain:
    """A file without a descriptor: given one, Pillow writes past Python and a full disk loses its error number."""

    def __init__(self, file: IO[bytes]) -> None:
        self.write, self.flush = file.write, file.flush


if __name__ == "__main__":
    answer(strip)
