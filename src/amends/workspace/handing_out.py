"""Handing out a list as a file: made whole, then recorded, then given."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from django.http import FileResponse

from amends.rendering.cells import Value
from amends.rendering.tables import write_csv, write_xlsx
from amends.ui.parts import Words

#: Beyond this many bytes a file is kept on disk while it is made.
IN_MEMORY = 4 * 1024 * 1024
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def handed_out(
    what: str,
    file_format: str,
    titles: Sequence[Words],
    rows: Iterable[Sequence[Value]],
    *,
    zone: tzinfo,
    at: datetime,
    record: Callable[[int], object],
) -> FileResponse:
    """The rows as a file of that format (a key of `TYPES`). `record` gets their count before anything is given."""
    # Closed by the response that hands it over.
    file = cast("IO[bytes]", SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
    write = write_csv if file_format == "csv" else write_xlsx
    record(write(file, [str(title) for title in titles], rows, zone=zone))
    file.seek(0)
    name = f"{what}-{at:%Y-%m-%d}.{file_format}"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[file_format])
    response["Cache-Control"] = "no-store, private"
    return response
