"""Pictures and papers that complainants attach: drawn here, so that none is anybody's."""

import io
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 480, 320


def photograph(rng: Random) -> bytes:
    """A small PNG: a basin of brownish water under a tap."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (226, 229, 231))
    pen = ImageDraw.Draw(picture)
    for row in range(0, HEIGHT, 40):
        for column in range((row // 40 % 2) * 20, WIDTH, 80):
            pen.rectangle((column, row, column + 76, row + 36), outline=(205, 209, 212))
    pen.rectangle((210, 0, 270, 60), fill=(150, 156, 162))
    pen.rectangle((225, 60, 255, 110), fill=(168, 174, 180))
    water = (120 + rng.randrange(40), 78 + rng.randrange(30), 30 + rng.randrange(20))
    pen.rectangle((233, 110, 247, 220), fill=water)
    pen.ellipse((80, 190, 400, 305), fill=(245, 246, 247), outline=(180, 184, 188), width=4)
    pen.ellipse((110, 210, 370, 292), fill=water)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def letter(number: str, amount: int) -> bytes:
    """A one-page PDF: a bill of the invented utility, in letters that every reader has."""
    lines = (
        "Larkhaven Utilities",
        f"Customer number {number}",
        "",
        "Bill (for demonstration only)",
        f"Amount due: EUR {amount / 100:.2f}",
    )
    drawn = "".join(f"({line}) Tj 0 -24 Td " for line in lines)
    content = f"BT /F1 16 Tf 72 760 Td {drawn}ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for place, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (place, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + tail % (size, table, size, len(out))
