"""What the parts of office files may and may not hold. Pure tables and checks; knows no Django."""

import re
import xml.etree.ElementTree as ET

from amends.files.workshop import UnfitError, Verdict

_OOXML_MAIN = b"application/vnd.openxmlformats-officedocument."

#: For each kind: a part that has to be there, and what has to stand in the part that says what the package is.
SIGNS = {
    "word": ("word/document.xml", "[Content_Types].xml", _OOXML_MAIN + b"wordprocessingml.document.main+xml"),
    "sheet": ("xl/workbook.xml", "[Content_Types].xml", _OOXML_MAIN + b"spreadsheetml.sheet.main+xml"),
    "slides": ("ppt/presentation.xml", "[Content_Types].xml", _OOXML_MAIN + b"presentationml.presentation.main+xml"),
    "open_text": ("content.xml", "mimetype", b"application/vnd.oasis.opendocument.text"),
    "open_sheet": ("content.xml", "mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
}

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_OOXML = b"http://schemas.openxmlformats.org/officeDocument/2006/"
_ODF = b"urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_CORE = b"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"

#: Properties, replaced by empty ones: author, company, editing times, the tenant of the office server.
_EMPTY = (
    (
        re.compile(r"docProps/core\.xml|package/services/metadata/core-properties/[^/]*\.psmdcp", re.IGNORECASE),
        b'<cp:coreProperties xmlns:cp="' + _CORE + b'"/>',
    ),
    (re.compile(r"docProps/app\.xml", re.IGNORECASE), b'<Properties xmlns="' + _OOXML + b'extended-properties"/>'),
    (re.compile(r"docProps/custom\.xml", re.IGNORECASE), b'<Properties xmlns="' + _OOXML + b'custom-properties"/>'),
    (
        re.compile(r"docMetadata/LabelInfo\.xml", re.IGNORECASE),
        b'<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>',
    ),
    (
        re.compile(r"(.*/)?meta\.xml"),
        b'<office:document-meta xmlns:office="'
        + _ODF
        + b'" office:version="1.2"><office:meta/></office:document-meta>',
    ),
)
_SERVER_PROPERTIES = b"http://schemas.microsoft.com/office/2006/metadata/properties"

#: Parts left out: signatures, which name who signed and do not survive the rewriting.
LEFT_OUT = re.compile(r"_xmlsignatures/.*|META-INF/[a-z]*signatures\.xml")

#: Parts that run or fetch something.
_ACTIVE_PART = re.compile(
    r"(.*/)?(vbaProject.*|vbaData\.xml|attachedToolbars\.bin|oleObject[^/]*)"
    r"|.*/(macrosheets|dialogsheets|intlMacrosheets|activeX|externalLinks|ctrlProps/.*\.bin)(/.*)?"
    r"|(Basic|Scripts|Dialogs)/.+",
    re.IGNORECASE | re.DOTALL,
)
#: Packages within packages: the sheet behind a chart.
PACKAGE_PART = re.compile(r".*/embeddings/[^/]+\.(docx|xlsx|pptx)", re.IGNORECASE)
_OTHER_EMBEDDING = re.compile(r".*/embeddings/[^/]+", re.IGNORECASE)
PICTURE_PART = re.compile(r".*\.(jpe?g|png)", re.IGNORECASE)
XML_PART = re.compile(r".*\.(xml|rels|vml|rdf)", re.IGNORECASE)

# Names of people in places other than the properties. Written for what office programs write: who wants their own name
# in a file can always put it there.
_PERSON = re.compile(rb'\b((?:w\w*:)?(?:author|initials|userId|userName|displayName))="[^"]*"')
_ELEMENT = re.compile(
    rb"<((?:\w+:)?(?:author|creator|initial-creator|creator-initials|sender-\w+))\b([^<>]*)>[^<>]*</\1>"
)
_SCRUBS: tuple[tuple[re.Pattern[str], re.Pattern[bytes], bytes], ...] = (
    (re.compile(r"word/.*\.xml"), _PERSON, rb'\1="-"'),
    (re.compile(r"xl/(persons/|comments|threadedComments/|revisions/|workbook).*\.xml"), _PERSON, rb'\1="-"'),
    (re.compile(r"xl/comments.*\.xml"), _ELEMENT, rb"<\1\2>-</\1>"),
    (re.compile(r"xl/workbook\.xml"), re.compile(rb"<x15ac:absPath\b[^>]*/>"), b""),
    (re.compile(r"ppt/(commentAuthors|authors)\.xml"), re.compile(rb'\b(name|initials|userId)="[^"]*"'), rb'\1="-"'),
    (re.compile(r"(.*/)?(content|styles)\.xml"), _ELEMENT, rb"<\1\2>-</\1>"),
    (
        re.compile(r"(.*/)?settings\.xml"),
        re.compile(rb'(<config:config-item config:name="Printer(?:Name|Setup)"[^>]*>)[^<]*'),
        rb"\1",
    ),
    (re.compile(r"word/settings\.xml"), re.compile(rb"<w:attachedTemplate\b[^>]*/>"), b""),
    (
        re.compile(r"word/_rels/settings\.xml\.rels"),
        re.compile(rb'<Relationship\b[^>]*Type="[^"]*/attachedTemplate"[^>]*/>'),
        b"",
    ),
    (re.compile(r"_rels/\.rels"), re.compile(rb'<Relationship\b[^>]*Type="[^"]*/digital-signature/[^>]*/>'), b""),
    (
        re.compile(r"\[Content_Types\]\.xml"),
        re.compile(rb'<Override\b[^>]*PartName="/_xmlsignatures/[^>]*/>'),
        b"",
    ),
)  # fmt: skip
_READ_WHOLE = re.compile(
    r".*\.rels|META-INF/manifest\.xml|(.*/)?(content|styles)\.xml|(word|customXml)/.*\.xml|\[Content_Types\]\.xml"
)

# Windows' description of a printer: 32 characters of UTF-16 with its name (often server and office) come first.
_PRINTER_PART = re.compile(r".*/printerSettings/[^/]+\.bin", re.IGNORECASE)
_NO_PRINTER = "Printer".encode("utf-16-le").ljust(64, b"\0")

_DDE = re.compile(rb"\bDDE(AUTO)?\b", re.IGNORECASE)
_FIELD = re.compile(rb"<(?:\w+:)?instrText\b[^>]*>([^<]*)<")
_FIELD_ENTRY = re.compile(rb'\binstr\s*=\s*(?:"[^"]*\bDDE|\'[^\']*\bDDE)', re.IGNORECASE)
_ODF_ACTIVE = re.compile(rb"vnd\.sun\.star\.script:|<script:event-listener|dde-source|dde-connection")
_ODF_LOCKED = re.compile(rb"encryption-data")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)""")
_DOCUMENT_TYPE = re.compile(rb"<!(?!--|\[CDATA\[)")
_SAFE_ENCODINGS = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})


def emptied(name: str) -> bytes | None:
    """What stands in place of a part that holds properties only; None for other parts."""
    for where, instead in _EMPTY:
        if where.fullmatch(name):
            return _DECLARATION + instead
    return None


def refuse_active_part(name: str) -> None:
    """A part that its name alone gives away: macros, controls, links into other programs, files of other kinds."""
    if _ACTIVE_PART.fullmatch(name) or (_OTHER_EMBEDDING.fullmatch(name) and not PACKAGE_PART.fullmatch(name)):
        raise UnfitError(Verdict.ACTIVE)


def refuse_odd_xml(beginning: bytes) -> None:
    """XML that declares a document type (entities, bombs) or that our own checks could not read."""
    found = _ENCODING.match(beginning.removeprefix(b"\xef\xbb\xbf"))
    if _DOCUMENT_TYPE.search(beginning) or b"\0" in beginning or (found and found[1].lower() not in _SAFE_ENCODINGS):
        raise UnfitError(Verdict.ACTIVE)


def is_read_whole(name: str) -> bool:
    """Whether a part is looked through and scrubbed; others are copied piece by piece."""
    return bool(_READ_WHOLE.fullmatch(name) or _PRINTER_PART.fullmatch(name)) or any(
        where.fullmatch(name) for where, _, _ in _SCRUBS
    )


def scrubbed(name: str, part: bytes) -> bytes:
    """A part without the names of people. Raises UnfitError for one that acts."""
    if _PRINTER_PART.fullmatch(name):
        return _NO_PRINTER + part[len(_NO_PRINTER) :]
    refuse_odd_xml(part)
    if name.startswith("customXml/") and _SERVER_PROPERTIES in part:
        return _DECLARATION + b'<p:properties xmlns:p="' + _SERVER_PROPERTIES + b'"/>'
    for where, what, instead in _SCRUBS:
        if where.fullmatch(name):
            part = what.sub(instead, part)
    if name.endswith(".rels"):
        _refuse_fetching(part)
    elif name == "META-INF/manifest.xml":
        if _ODF_LOCKED.search(part):
            raise UnfitError(Verdict.LOCKED)
    elif name.startswith("word/"):
        if _DDE.search(b"".join(_FIELD.findall(part))) or _FIELD_ENTRY.search(part):
            raise UnfitError(Verdict.ACTIVE)
    elif _ODF_ACTIVE.search(part):
        raise UnfitError(Verdict.ACTIVE)
    return part


def _refuse_fetching(relationships: bytes) -> None:
    """A link that is clicked may point outside; a template, a picture or an object that is fetched may not."""
    for element in ET.fromstring(relationships).iter():  # noqa: S314 - no document type gets this far
        outside = element.get("TargetMode", "").strip().lower() == "external"
        if outside and not element.get("Type", "").endswith("/hyperlink"):
            raise UnfitError(Verdict.ACTIVE)
