"""The organisation's logo: drawn anew from what was sent, small enough for a page and a letter."""

import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from PIL import Image

from amends.files.kinds import BY_CODE, Kind
from amends.files.stripping import BusyError, strip
from amends.files.workshop import UnfitError
from amends.framework.models import Logo, Organisation
from amends.kit.refusal import Refusal

#: What is taken in: by its first bytes, whatever it is called. Drawings (SVG) can carry scripts and are not.
_KINDS = {b"\x89PNG\r\n\x1a\n": "picture_png", b"\xff\xd8\xff": "picture_jpeg"}
LARGEST_FILE = 2_000_000
LARGEST_SIDE = 3000
#: What is kept: sharp at twice the height that pages and letters show, and small in every letter.
WIDTH, HEIGHT = 480, 160


@dataclass(frozen=True)
class Drawn:
    """A picture of ours."""

    content: bytes
    width: int
    height: int


def drawn(content: bytes) -> Drawn:
    """The picture as PNG, first by the limited process that draws every picture anew, then made small.

    Refusals: `logo_kind`, `logo_large`, `logo_unfit`.
    """
    kind = next((BY_CODE[code] for mark, code in _KINDS.items() if content.startswith(mark)), None)
    if kind is None:
        raise Refusal("logo_kind", _("Choose a picture of the kind PNG or JPEG."), field="logo")
    if len(content) > LARGEST_FILE:
        raise Refusal("logo_large", _("This picture is too large. Choose one of at most 2 MB."), field="logo")
    try:
        return _small(content, kind)
    except (UnfitError, BusyError, OSError, ValueError) as error:
        sentence = _("This picture could not be drawn. Save it again as PNG in a drawing program, and try once more.")
        raise Refusal("logo_unfit", sentence, field="logo") from error


def _small(content: bytes, kind: Kind) -> Drawn:
    with tempfile.TemporaryDirectory() as directory:
        sent, anew = Path(directory) / "sent", Path(directory) / "anew"
        sent.write_bytes(content)
        strip(sent, anew, kind)
        with Image.open(anew, formats=["PNG", "JPEG"]) as image:
            if max(image.size) > LARGEST_SIDE:
                sentence = _("This picture is too large. Choose one of at most 3000 points in width and height.")
                raise Refusal("logo_large", sentence, field="logo")
            picture = image.convert("RGBA")
            picture.thumbnail((WIDTH, HEIGHT))
            made = io.BytesIO()
            picture.save(made, "PNG", optimize=True)
            return Drawn(made.getvalue(), picture.width, picture.height)


def logo_of(organisation: Organisation) -> Logo | None:
    """The picture in use; without one there is nothing to ask the database."""
    return Logo.objects.filter(version=organisation.logo).first() if organisation.logo else None


def newest_version() -> int:
    """The number of the last change, also of one that took it away; 0 before the first."""
    return Logo.objects.order_by("-version").values_list("version", flat=True).first() or 0
