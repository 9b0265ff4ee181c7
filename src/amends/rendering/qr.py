"""QR codes as rows of squares, for the screen and for paper: a pure function of the text."""

from dataclasses import dataclass
from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M

#: Empty squares around it, as the standard asks for, so that cameras find it.
QUIET = 4


@dataclass(frozen=True)
class Qr:
    """Its squares, row by row, the quiet border among them."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        """How many squares a side has."""
        return len(self.rows)

    @property
    def runs(self) -> list[tuple[int, int, int]]:
        """The dark squares of each row as runs: from the start, from the top, how many."""
        found = []
        for top, row in enumerate(self.rows):
            start = None
            for place, is_dark in enumerate((*row, False)):
                if is_dark and start is None:
                    start = place
                elif not is_dark and start is not None:
                    found.append((start, top, place - start))
                    start = None
        return found

    @property
    def path(self) -> str:
        """The runs as one path of SVG, a unit a square."""
        return "".join(f"M{left} {top}h{length}v1h-{length}z" for left, top, length in self.runs)


@lru_cache(maxsize=64)
def qr(text: str) -> Qr:
    """The code of a text, read also when a sixth of it is dirty."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return Qr(tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix()))
