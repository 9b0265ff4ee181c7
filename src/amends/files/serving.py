"""The one place that answers with the content of a file."""

import re
from urllib.parse import quote

from django.core.files.storage import storages
from django.http import FileResponse

from amends.files import refusals
from amends.files.kinds import BY_CODE, Family
from amends.files.models import State, StoredFile

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._()+-]")
_PIECE = 64 * 1024
_OCTETS = "application/octet-stream"


def download_response(file: StoredFile, *, original: bool = False, inline: bool = False) -> FileResponse:
    """The copy that people see, or the original as evidence, to be saved and never opened in place.

    `inline` shows a picture in the page, and only the copy that we drew ourselves; it is ignored for everything else.
    Refuses `file_waiting`, `file_rejected`, `file_no_original`, `file_gone`. Whether a person may is up to the caller.
    """
    if file.state == State.WAITING:
        raise refusals.waiting()
    if file.state != State.CHECKED:
        raise refusals.rejected()
    if original and not file.original:
        raise refusals.no_original()
    shown = inline and not original and BY_CODE[file.kind].family is Family.PICTURE
    try:
        content = storages["default"].open(file.original if original else file.stripped)
    except FileNotFoundError as error:
        raise refusals.gone() from error
    response = FileResponse(content, content_type=file.content_type if shown else _OCTETS)
    response.block_size = _PIECE
    response.headers["Content-Disposition"] = _disposition("inline" if shown else "attachment", file.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response


def _disposition(way: str, name: str) -> str:
    """RFC 6266: a plain name for old programs, the real one in UTF-8. Neither can leave its quotes or its line."""
    plain = _NOT_PLAIN.sub("_", name)
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
