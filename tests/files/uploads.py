"""Uploads made in code: honest files of each kind, with their maker's name in every place that holds one."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, PngImagePlugin

#: Stands wherever a file may say who made it. No stripped copy may hold it, in any encoding.
MAKER = "Zebedee Quillfeather"


@dataclass
class Sent:
    """What take_in is given."""

    name: str | None
    content: bytes
    size: int | None = None
    piece: int = 64 * 1024

    def __post_init__(self) -> None:
        self.size = len(self.content) if self.size is None else self.size

    def chunks(self) -> Iterator[bytes]:
        for start in range(0, len(self.content), self.piece):
            yield self.content[start : start + self.piece]


def exif(orientation: int = 1) -> Image.Exif:
    """A camera's notes: who, where, and which way up."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    notes[0x013B] = MAKER
    notes[0x010F] = "Cameraworks"
    notes.get_ifd(0x8825).update({1: "N", 2: (59.0, 26.0, 13.0), 3: "E", 4: (24.0, 45.0, 13.0)})
    return notes


def drawing(size: tuple[int, int] = (40, 20), mode: str = "RGB") -> Image.Image:
    """A picture whose left half is dark and whose right half is light."""
    image = Image.new("L", size, 20)
    image.paste(230, (size[0] // 2, 0, size[0], size[1]))
    return image.convert(mode)


def jpeg(size: tuple[int, int] = (40, 20), orientation: int = 1, mode: str = "RGB", **options: object) -> bytes:
    written = io.BytesIO()
    drawing(size, mode).save(written, "JPEG", exif=exif(orientation), comment=MAKER.encode(), **options)
    return written.getvalue()


def png(size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", MAKER)
    notes.add_itxt("XML:com.adobe.xmp", f"<x>{MAKER}</x>")
    written = io.BytesIO()
    drawing(size, mode).save(written, "PNG", pnginfo=notes, exif=exif(), icc_profile=MAKER.encode() * 20)
    return written.getvalue()


def webp(size: tuple[int, int] = (40, 20)) -> bytes:
    written = io.BytesIO()
    drawing(size).save(written, "WEBP", exif=exif().tobytes(), xmp=MAKER.encode(), icc_profile=MAKER.encode() * 20)
    return written.getvalue()


def gif(frames: int = 3) -> bytes:
    written = io.BytesIO()
    rest = [Image.new("P", (40, 20), shade) for shade in range(1, frames)]
    drawing(mode="P").save(written, "GIF", save_all=True, append_images=rest, comment=MAKER.encode())
    return written.getvalue()


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises so many pixels in a handful of bytes."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 5000)) + chunk(b"IEND", b"")
    )


def pdf(**root: object) -> bytes:
    """One page; its maker stands in /Info, XMP, a note and the EXIF of a photograph. Further entries go into /Root."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 200))
    page.obj.Resources = Dictionary(XObject=Dictionary(P=_photograph(document)))
    page.obj.Contents = Stream(document, b"q 100 0 0 100 20 20 cm /P Do Q")
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents="a note", T=MAKER, M="D:20260101120000"
    )
    page.obj.Annots = Array([document.make_indirect(note)])
    page.obj.PieceInfo = Dictionary(App=Dictionary(Private=String(MAKER)))
    document.docinfo["/Author"] = MAKER
    with document.open_metadata() as notes:
        notes["dc:creator"] = [MAKER]
    for entry, value in root.items():
        document.Root[f"/{entry}"] = value(document) if callable(value) else value
    written = io.BytesIO()
    document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()


def _photograph(document: pikepdf.Pdf) -> Stream:
    stream = Stream(document, jpeg())
    stream.Type, stream.Subtype, stream.Filter = Name.XObject, Name.Image, Name.DCTDecode
    stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = 40, 20, 8, Name.DeviceRGB
    return stream


def encrypted_pdf(user: str, owner: str) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(written, encryption=pikepdf.Encryption(user=user, owner=owner))
    return written.getvalue()


def package(parts: dict[str, bytes | str], *, stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """A zip archive of parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=how)
    return written.getvalue()


_TYPES = "application/vnd.openxmlformats-officedocument."
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{MAKER}</dc:creator></cp:coreProperties>'
)


def relationships(*targets: tuple[str, str, bool]) -> str:
    """A part of relationships: last word of the type, target, whether it is outside."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_RELS}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if outside else "/>")
        for number, (kind, target, outside) in enumerate(targets)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def content_types(main_part: str, main_type: str) -> str:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{main_part}" ContentType="{main_type}"/></Types>'
    )


def docx(body: str = "", more: dict[str, bytes | str] | None = None) -> bytes:
    """A document with a tracked insertion and a photograph."""
    insertion = f'<w:ins w:id="1" w:author="{MAKER}" w:date="2026-01-01T00:00:00Z"><w:r><w:t>new</w:t></w:r></w:ins>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": content_types("word/document.xml", _TYPES + "wordprocessingml.document.main+xml"),
        "_rels/.rels": relationships(("officeDocument", "word/document.xml", False)),
        "word/document.xml": f"<w:document {_W}><w:body><w:p><w:r><w:t>Hello</w:t></w:r>{insertion}{body}</w:p>"
        "</w:body></w:document>",
        "word/media/image1.jpeg": jpeg(),
        "docProps/core.xml": _CORE,
        "docProps/app.xml": f"<Properties><Company>{MAKER}</Company></Properties>",
        "docProps/custom.xml": f"<Properties><p>{MAKER}</p></Properties>",
    }
    return package({**parts, **(more or {})})


def xlsx(more: dict[str, bytes | str] | None = None) -> bytes:
    """A workbook with one cell, a comment and the path under which it was saved."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": content_types("xl/workbook.xml", _TYPES + "spreadsheetml.sheet.main+xml").replace(
            "</Types>",
            '<Override PartName="/xl/worksheets/sheet1.xml" '
            f'ContentType="{_TYPES}spreadsheetml.worksheet+xml"/></Types>',
        ),
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml", False)),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{_RELS}"><x15ac:absPath '
        f'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac" url="C:\\Users\\{MAKER}\\"/>'
        '<sheets><sheet name="One" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(("worksheet", "worksheets/sheet1.xml", False)),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1"><v>42</v></c></row>'
        "</sheetData></worksheet>",
        "xl/comments1.xml": f'<comments xmlns="{main}"><authors><author>{MAKER}</author></authors></comments>',
        "xl/printerSettings/printerSettings1.bin": MAKER.encode("utf-16-le").ljust(64, b"\0") + b"\1\4\0\6",
        "docProps/core.xml": _CORE,
        **(more or {}),
    }
    return package(parts)


def pptx(more: dict[str, bytes | str] | None = None) -> bytes:
    return package(
        {
            "[Content_Types].xml": content_types(
                "ppt/presentation.xml", _TYPES + "presentationml.presentation.main+xml"
            ),
            "ppt/presentation.xml": "<p:presentation/>",
            "ppt/commentAuthors.xml": f'<p:cmAuthorLst><p:cmAuthor name="{MAKER}" initials="ZQ"/></p:cmAuthorLst>',
            "docProps/core.xml": _CORE,
            **(more or {}),
        }
    )


def odf(kind: str = "text", more: dict[str, bytes | str] | None = None) -> bytes:
    return package(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content><office:annotation><dc:creator>{MAKER}</dc:creator>Hello"
            "</office:annotation></office:document-content>",
            "styles.xml": "<office:document-styles/>",
            "meta.xml": f"<office:document-meta><meta:initial-creator>{MAKER}</meta:initial-creator>"
            "</office:document-meta>",
            "settings.xml": f'<s><config:config-item config:name="PrinterName" config:type="string">{MAKER}'
            "</config:config-item></s>",
            "META-INF/manifest.xml": "<manifest:manifest/>",
            **(more or {}),
        }
    )


MAIL = b"From: one@example.com\r\nTo: us@example.com\r\nSubject: Late\r\nDate: Mon, 16 Nov 2026 09:00:00\r\n\r\nHi\r\n"
MP3 = b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\0" * 50
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x08free" * 20
MOV = b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0\0\0\x08free" * 20
M4A = b"\0\0\0\x1cftypM4A \0\0\0\0M4A mp42isom" + b"\0\0\0\x08free" * 20
WAV = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0" + b"\0" * 40
OGG = b"OggS\0\2" + b"\0" * 60
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1B\xf2\x81\4B\xf3\x81\x08B\x82\x84webm" + b"\0" * 60
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000
EXE = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + b"\0" * 200
ELF = b"\x7fELF\2\1\1" + b"\0" * 200
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def overlapping_zip(parts: dict[str, bytes], copies: int) -> bytes:
    """An archive whose directory lists one packed piece many times under many names."""
    archive = package(parts)  # type: ignore[arg-type]
    end = archive.rindex(b"PK\5\6")
    count, size, start = struct.unpack_from("<HII", archive, end + 10)
    directory = archive[start : start + size]
    last = directory[directory.rindex(b"PK\1\2") :]
    length = struct.unpack_from("<H", last, 28)[0]
    more = b"".join(last[:46] + f"{number:0{length}d}".encode() + last[46 + length :] for number in range(copies))
    tail = archive[end : end + 8] + struct.pack("<HHIIH", count + copies, count + copies, size + len(more), start, 0)
    return archive[:start] + directory + more + tail
