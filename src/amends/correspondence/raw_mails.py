"""The bytes of a mail as a file on this machine, wherever the storage keeps them."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import storages

from amends.correspondence.models import IncomingMail
from amends.files.storage import working_directory

_PIECE = 256 * 1024


@contextmanager
def raw_path(mail: IncomingMail) -> Iterator[Path]:
    """The file is there until the end. A mail without a single byte has none."""
    assert mail.file is not None
    with (
        tempfile.NamedTemporaryFile(dir=working_directory()) as copy,
        storages["default"].open(mail.file.original) as content,
    ):
        while piece := content.read(_PIECE):
            copy.write(piece)
        copy.flush()
        yield Path(copy.name)
