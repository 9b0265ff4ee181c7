"""Which kinds of file are taken in: those whose name and whose first bytes both say so. Knows no Django."""

import re
from dataclasses import dataclass
from enum import StrEnum

import filetype

HEAD_BYTES = 8192


class Family(StrEnum):
    """How a kind of file is handled."""

    PICTURE = "picture"
    PDF = "pdf"
    OFFICE = "office"
    TEXT = "text"
    MAIL = "mail"
    SOUND = "sound"
    VIDEO = "video"


#: Families whose files can be freed of what they tell about their maker. Plain text carries nothing of that sort.
STRIPPED = frozenset({Family.PICTURE, Family.PDF, Family.OFFICE, Family.TEXT})


@dataclass(frozen=True)
class Kind:
    """One kind of file. `marks` are the types that its first bytes may announce; none where other checks decide."""

    code: str
    family: Family
    extensions: tuple[str, ...]
    content_type: str
    marks: frozenset[str] = frozenset()

    @property
    def can_be_stripped(self) -> bool:
        """Whether a copy without traces of its maker can be made."""
        return self.family in STRIPPED


def _kind(code: str, family: Family, extensions: str, content_type: str, *marks: str) -> Kind:
    return Kind(code, family, tuple(extensions.split()), content_type, frozenset(marks))


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_MP4_MARKS = ("video/mp4", "video/x-m4v", "video/quicktime", "audio/mp4")

KINDS = (
    _kind("picture_jpeg", Family.PICTURE, "jpg jpeg jpe jfif", "image/jpeg", "image/jpeg"),
    _kind("picture_png", Family.PICTURE, "png", "image/png", "image/png", "image/apng"),
    _kind("picture_webp", Family.PICTURE, "webp", "image/webp", "image/webp"),
    _kind("picture_gif", Family.PICTURE, "gif", "image/gif", "image/gif"),
    _kind("pdf", Family.PDF, "pdf", "application/pdf", "application/pdf"),
    _kind("text", Family.TEXT, "txt text log", "text/plain"),
    _kind("word", Family.OFFICE, "docx", _OOXML + "wordprocessingml.document"),
    _kind("sheet", Family.OFFICE, "xlsx", _OOXML + "spreadsheetml.sheet"),
    _kind("slides", Family.OFFICE, "pptx", _OOXML + "presentationml.presentation"),
    _kind("open_text", Family.OFFICE, "odt", _ODF + "text"),
    _kind("open_sheet", Family.OFFICE, "ods", _ODF + "spreadsheet"),
    _kind("audio_mp3", Family.SOUND, "mp3", "audio/mpeg", "audio/mpeg"),
    _kind("audio_m4a", Family.SOUND, "m4a", "audio/mp4", *_MP4_MARKS),
    _kind("audio_wav", Family.SOUND, "wav", "audio/wav", "audio/x-wav"),
    _kind("audio_ogg", Family.SOUND, "ogg oga opus", "audio/ogg", "audio/ogg"),
    _kind("video_mp4", Family.VIDEO, "mp4 m4v", "video/mp4", *_MP4_MARKS),
    _kind("video_mov", Family.VIDEO, "mov", "video/quicktime", *_MP4_MARKS),
    _kind("video_webm", Family.VIDEO, "webm", "video/webm", "video/webm"),
    _kind("mail", Family.MAIL, "eml", "message/rfc822"),
)
BY_CODE = {kind.code: kind for kind in KINDS}
_BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")  # escape (1b) stays: logs are full of colours
_HEADER = re.compile(rb"[!-9;-~]{1,76}:[^\x00]*")
_MAIL_HEADERS = (b"from:", b"date:", b"subject:", b"message-id:", b"received:", b"return-path:", b"to:")


def for_extension(extension: str) -> Kind | None:
    """The kind that a name alone promises."""
    return _BY_EXTENSION.get(extension)


def kind_of(extension: str, head: bytes) -> Kind | None:
    """The kind that name and first bytes agree on, or None.

    Phones and browsers often call one kind of picture by another's extension; there the bytes decide, because every
    picture is drawn anew anyway. An office file is only known to be a package here; `office` looks inside.
    """
    promised = _BY_EXTENSION.get(extension)
    if promised is None:
        return None
    if promised.family is Family.OFFICE:
        return promised if head.startswith(_ZIP) else None
    if promised.family is Family.MAIL:
        return promised if _begins_like_mail(head) else None
    if promised.family is Family.TEXT:
        return promised
    mark = filetype.guess_mime(head) if head else None
    if promised.family is Family.PICTURE:
        return next((kind for kind in KINDS if kind.family is Family.PICTURE and mark in kind.marks), None)
    return promised if mark in promised.marks else None


def is_locked_office(extension: str, head: bytes) -> bool:
    """Whether an office file is encrypted: with a password it is no package but an OLE container."""
    promised = _BY_EXTENSION.get(extension)
    return promised is not None and promised.family is Family.OFFICE and head.startswith(_OLE)


def is_plain(decoded: str) -> bool:
    """Whether a piece of decoded text holds nothing but text: no NUL and no controls but white space and colours."""
    return _CONTROLS.search(decoded) is None


def accepted_extensions() -> str:
    """What a file field lists in its `accept` attribute."""
    return ",".join(f".{extension}" for kind in KINDS for extension in kind.extensions)


def accepted_extensions_stripped() -> str:
    """The same for somebody who stays anonymous."""
    return ",".join(f".{extension}" for kind in KINDS if kind.can_be_stripped for extension in kind.extensions)


def _begins_like_mail(head: bytes) -> bool:
    """Header lines from the first byte, at least two of them such as only a mail has."""
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = block.splitlines()
    if len(block) == len(head) and lines:
        lines = lines[:-1]  # the last line may be cut
    wanted = {name for name in _MAIL_HEADERS for line in lines if line.lower().startswith(name)}
    return (
        bool(lines)
        and lines[0][:1] not in b" \t"
        and all(line[:1] in b" \t" or _HEADER.fullmatch(line) for line in lines)
        and len(wanted) >= 2
    )
