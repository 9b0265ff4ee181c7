"""Counting the hash of a stored file again, for whoever has to show that it is unchanged."""

import hashlib

from django.core.files.storage import storages

from amends.files import refusals
from amends.files.models import StoredFile

_PIECE = 256 * 1024


def digest_of(file: StoredFile) -> str:
    """SHA-256 of the original, or of the copy where no original is kept: what `sha256` said when it was taken in.

    Refuses `file_gone`.
    """
    hashed = hashlib.sha256()
    try:
        with storages["default"].open(file.original or file.stripped) as content:
            while piece := content.read(_PIECE):
                hashed.update(piece)
    except FileNotFoundError as error:
        raise refusals.gone() from error
    return hashed.hexdigest()
