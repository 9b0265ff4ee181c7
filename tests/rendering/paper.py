"""What a PDF file says of itself: its pages, its words, and what a checker of PDF/UA finds wrong."""

import io
import re
from pathlib import Path

import pdfua
import pikepdf


def pages_of(made: bytes) -> int:
    """How many pages it has."""
    with pikepdf.open(io.BytesIO(made)) as document:
        return len(document.pages)


def faults_of(made: bytes, place: Path) -> list[str]:
    """What is wrong with its tags, title, language and fonts; empty is good."""
    file = place / "made.pdf"
    file.write_bytes(made)
    report = pdfua.validate(str(file))
    return [f"{found.rule_id}: {found.message}" for found in report.findings]


def words_of(made: bytes) -> str:
    """Its text in the order of reading, one space between words; read back through the fonts' own tables."""
    with pikepdf.open(io.BytesIO(made)) as document:
        return " ".join("".join(_page(page) for page in document.pages).split())


def _page(page: pikepdf.Page) -> str:
    fonts = {str(name): _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    said = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj":
                said.append(_read(bytes(operands[0]), letters))
            case "TJ":
                said += [_read(bytes(part), letters) for part in operands[0] if isinstance(part, pikepdf.String)]
            case "ET":
                said.append(" ")
    return "".join(said)


def _read(glyphs: bytes, letters: dict[int, str]) -> str:
    pairs = zip(glyphs[::2], glyphs[1::2], strict=True)
    return "".join(letters.get(first << 8 | second, "") for first, second in pairs)


def _letters(font: pikepdf.Object) -> dict[int, str]:
    table = bytes(font.ToUnicode.read_bytes()).decode()
    found: dict[int, str] = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for glyph, letter in re.findall(r"<(\w+)>\s*<(\w+)>", part):
            found[int(glyph, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for part in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
            begin = int(letter, 16)
            found |= {int(first, 16) + step: chr(begin + step) for step in range(int(last, 16) - int(first, 16) + 1)}
    return found
