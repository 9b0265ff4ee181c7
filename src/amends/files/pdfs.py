"""Frees PDF files of what tells about their maker and of what acts. Runs in the limited process; knows no Django.

The copy is written from the objects that the pages need, so that earlier versions of an edited file and anything before
or behind it are gone as well. Streams are copied, never expanded: a bomb in a page stays packed.
"""

from pathlib import Path
from typing import IO, BinaryIO, cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from pikepdf.settings import set_qpdf_limits

from amends.files.embedded import without_metadata
from amends.files.workshop import UnfitError, Verdict, answer

# Object streams and cross reference streams are the only ones that are expanded.
LARGEST_EXPANDED = 96 * 1024 * 1024

#: Entries that go wherever they stand: who, when, with what; scripts; files and films inside the file.
_DROPPED = frozenset(
    {
        "/Metadata", "/PieceInfo", "/LastModified", "/CreationDate", "/ModDate", "/Author", "/Creator", "/Producer",
        "/SpiderInfo", "/Perms", "/DSS", "/Thumb",
        "/AA", "/OpenAction", "/JavaScript", "/JS", "/XFA",
        "/EmbeddedFiles", "/EF", "/AF", "/Collection", "/Renditions",
        "/RichMediaContent", "/RichMediaSettings", "/3DD", "/Movie", "/Sound",
    }
)  # fmt: skip
#: Actions that run, fetch or send something. A link to a web page is none of them.
_FORBIDDEN_ACTIONS = frozenset(
    {
        "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/GoToDp", "/Rendition", "/Movie",
        "/Sound", "/RichMediaExecute", "/GoTo3DView",
    }
)  # fmt: skip
#: Who wrote a note and when; on form fields /T is the name of the field and has to stay.
_NOTE_ENTRIES = ("/T", "/M", "/NM", "/FS")


def strip(source: Path, destination: Path, kind: str) -> None:
    """Write the copy. What needs a password is locked, what has no pages is broken."""
    set_qpdf_limits(flate_max_memory=LARGEST_EXPANDED, run_length_max_memory=LARGEST_EXPANDED, max_stream_filters=4)
    try:
        pdf = Pdf.open(source, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise UnfitError(Verdict.LOCKED) from error
    with pdf:
        if pdf.is_encrypted:
            raise UnfitError(Verdict.LOCKED)
        if not len(pdf.pages):
            raise UnfitError(Verdict.BROKEN)
        for entry in set(pdf.trailer.keys()) - {"/Root", "/Size"}:
            del pdf.trailer[entry]
        for each in pdf.objects:
            _clean(each)
        with destination.open("wb") as file:
            patient = _Patient(file)
            pdf.save(
                cast(BinaryIO, patient),
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                compress_streams=False,
                deterministic_id=True,
                preserve_pdfa=False,
                fix_metadata_version=False,
            )
            if patient.error is not None:
                raise patient.error


class _Patient:
    """Keeps an error of writing for later: raised in the middle of qpdf it would end the process."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.error: OSError | None = None
        self.seek, self.tell, self.writable, self.readable = file.seek, file.tell, file.writable, file.readable

    def write(self, piece: bytes) -> int:
        if self.error is None:
            try:
                self.file.write(piece)
            except OSError as error:
                self.error = error
        return len(piece)

    def flush(self) -> None:
        """Left to the closing of the file, outside qpdf."""


def _clean(top: Object) -> None:
    """One indirect object with everything that stands directly in it; what it points to has its own turn."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Array):
            waiting.extend(each for each in node if _stands_within(each))
        elif isinstance(node, Dictionary | Stream):
            _clean_entries(node)
            if isinstance(node, Stream):
                _clean_picture(node)
            waiting.extend(each for _, each in node.items() if _stands_within(each))


def _stands_within(value: object) -> bool:
    return isinstance(value, Array | Dictionary) and not value.is_indirect


def _clean_entries(node: Object) -> None:
    present = set(node.keys())
    for entry in present & _DROPPED:
        del node[entry]
    if "/S" in present and str(node["/S"]) in _FORBIDDEN_ACTIONS:
        # An action without a kind does nothing, wherever it is pointed to from.
        for entry in present - _DROPPED:
            del node[entry]
        return
    subtype = node.get("/Subtype")
    if "/Rect" in present and subtype != Name.Widget:
        for entry in present.intersection(_NOTE_ENTRIES):
            del node[entry]
    if "/ByteRange" in present or (node.get("/FT") == Name.Sig and "/V" in present):
        # A signature does not survive the rewriting, and names who signed.
        for entry in present.intersection(("/V", "/Contents", "/Name", "/Location", "/Reason", "/ContactInfo", "/M")):
            del node[entry]


def _clean_picture(stream: Stream) -> None:
    """A photograph that lies in the file as it came from the camera."""
    packing = stream.get("/Filter")
    if isinstance(packing, Array) and len(packing) == 1:
        packing = packing[0]
    if packing == Name.DCTDecode:
        raw = bytes(stream.read_raw_bytes())
        cleaned = without_metadata(raw)
        if len(cleaned) < len(raw):
            settings = stream.get("/DecodeParms")
            kept = settings if isinstance(settings, Array | Dictionary) else None
            stream.write(cleaned, filter=Name.DCTDecode, decode_parms=kept)


if __name__ == "__main__":
    answer(strip)
