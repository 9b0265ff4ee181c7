"""Receiving files when the disk may be full."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

#: Where the request keeps what went wrong while its files came in.
FAULT = "upload_fault"


class UploadsThatMayFail(TemporaryFileUploadHandler):
    """A file that finds no room is left out and noted; everything else that was typed still arrives.

    Otherwise the failure would end the reading of the form, and with it lose the text. NothingIsLost looks at the note.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._leave_out(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._leave_out(error)
        return None

    def _leave_out(self, error: OSError) -> None:
        setattr(self.request, FAULT, error)
        raise SkipFile from error
