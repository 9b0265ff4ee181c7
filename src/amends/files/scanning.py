"""The optional virus scanner: a ClamAV daemon, spoken to in its own protocol."""

import logging
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.files.storage import storages

from amends.files.models import State, StoredFile
from amends.files.models.stored_file import Reason

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30.0
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096


class ScannerError(Exception):
    """The scanner did not answer, or did not say whether the file is clean. The file goes on waiting."""


def state_at_first() -> State:
    """The state of a file that was just taken in."""
    return State.WAITING if settings.AMENDS_CLAMD else State.CHECKED


def scan(file: StoredFile) -> State:
    """Have a waiting file looked at and keep the verdict; without a scanner it counts as checked.

    Both the original and the copy are scanned. Raises ScannerError; the file then waits for the next try.
    """
    if file.state != State.WAITING:
        return State(file.state)
    verdicts = {_verdict_on(name) for name in file.blobs} if settings.AMENDS_CLAMD else set()
    reason = next((reason for reason in Reason if reason in verdicts), None)
    state = State.REJECTED if reason else State.CHECKED
    # Two workers may scan the same file: the first verdict stands.
    waiting = StoredFile.objects.waiting().filter(pk=file.pk)
    waiting.update(state=state, reason=reason or "")
    file.refresh_from_db(fields=["state", "reason"])
    return State(file.state)


def scan_waiting(most: int = 50) -> int:
    """Scan files that wait, oldest first. Returns how many got a verdict; stops when the scanner is away."""
    done = 0
    for file in StoredFile.objects.waiting().order_by("id")[:most]:
        try:
            scan(file)
        except ScannerError as error:
            log.warning("file %s waits for the virus scanner: %s", file.pk, error)
            break
        done += 1
    return done


def _verdict_on(name: str) -> Reason | None:
    """What the scanner says of stored bytes: None when they are clean."""
    try:
        with storages["default"].open(name) as content, _connection() as connection:
            answer = _instream(connection, content.chunks(_PIECE))
    except OSError as error:
        raise ScannerError(str(error)) from error
    if answer.endswith(" FOUND"):
        return Reason.MALWARE
    if "size limit exceeded" in answer:
        return Reason.UNSCANNABLE
    if answer.endswith(": OK"):
        return None
    raise ScannerError(answer or "no answer")


@contextmanager
def _connection() -> Iterator[socket.socket]:
    """`host:port`, `[address]:port` or the path of a socket."""
    where = settings.AMENDS_CLAMD
    host, _, port = where.rpartition(":")
    if where.startswith("/") or not port.isdigit():
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT_SECONDS)
        connection.connect(where)
    else:
        connection = socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT_SECONDS)
    with connection:
        yield connection


def _instream(connection: socket.socket, pieces: Iterator[bytes]) -> str:
    """Send pieces with their lengths, an empty one at the end; read one line that ends with NUL."""
    try:
        connection.sendall(b"zINSTREAM\0")
        for piece in pieces:
            connection.sendall(struct.pack(">I", len(piece)) + piece)
        connection.sendall(struct.pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # over its size limit the daemon answers and hangs up while we are still sending
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        received = connection.recv(_LONGEST_ANSWER)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()
