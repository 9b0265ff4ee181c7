"""Scanning: files wait until the daemon has spoken, and a daemon that is away changes nothing."""

import socket
import struct
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from amends.files import scanning
from amends.files.models import State, StoredFile
from amends.files.scanning import ScannerError, scan, scan_waiting
from amends.files.taking_in import take_in
from tests.files import uploads
from tests.files.uploads import EICAR, Sent

AT = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
LARGEST = 100_000
pytestmark = pytest.mark.django_db


class Daemon(threading.Thread):
    """A small clamd: speaks INSTREAM and knows one virus."""

    def __init__(self, listener: socket.socket, answer: bytes | None = None) -> None:
        super().__init__(daemon=True)
        self.listener, self.answer = listener, answer
        self.seen: list[bytes] = []

    def run(self) -> None:
        while True:
            try:
                connection = self.listener.accept()[0]
            except OSError:
                return
            with connection:
                self.serve(connection)

    def serve(self, connection: socket.socket) -> None:
        reader = connection.makefile("rb")
        assert reader.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", reader.read(4))[0]:
            content += reader.read(length)
            if len(content) > LARGEST:
                connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.seen.append(content)
        verdict = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        connection.sendall(self.answer if self.answer is not None else verdict)


@pytest.fixture
def daemon(store, settings, request) -> Iterator[Daemon]:
    listener = socket.create_server(("127.0.0.1", 0))
    settings.AMENDS_CLAMD = f"127.0.0.1:{listener.getsockname()[1]}"
    running = Daemon(listener, getattr(request, "param", None))
    running.start()
    yield running
    listener.close()


def sent(content: bytes, name: str = "a.txt") -> StoredFile:
    return take_in(Sent(name, content), keep_original=True, at=AT)


def test_without_a_scanner_a_file_is_checked_at_once(store):
    file = sent(EICAR)
    assert file.state == State.CHECKED
    assert scan(file) == State.CHECKED


def test_a_file_waits_until_the_daemon_found_nothing(daemon):
    file = sent(b"harmless")
    assert file.state == State.WAITING
    assert scan(file) == State.CHECKED
    assert StoredFile.objects.get().state == State.CHECKED
    assert daemon.seen == [b"harmless"]


def test_a_virus_is_rejected(daemon):
    file = sent(b"a word before " + EICAR)
    assert scan(file) == State.REJECTED
    assert StoredFile.objects.values_list("state", "reason").get() == ("rejected", "malware")


def test_the_original_is_scanned_as_well_as_the_copy(daemon):
    """Drawing a picture anew removes what hangs on it; the original is still there to be downloaded."""
    file = sent(uploads.jpeg() + EICAR, "a.jpg")
    assert scan(file) == State.REJECTED
    assert len(daemon.seen) == 2


def test_the_daemon_is_reached_by_its_socket_too(store, settings, tmp_path: Path):
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(tmp_path / "s"))
    listener.listen()
    settings.AMENDS_CLAMD = str(tmp_path / "s")
    Daemon(listener).start()
    assert scan(sent(EICAR)) == State.REJECTED
    listener.close()


def test_what_the_daemon_cannot_take_is_rejected_with_that_reason(daemon):
    file = sent(b"words " * 100_000)
    assert scan(file) == State.REJECTED
    assert StoredFile.objects.get().reason == "unscannable"


@pytest.mark.parametrize(
    "daemon", [b"", b"stream: Can't allocate memory ERROR\0", b"\0", b"nonsense", b"stream: NOT OK\0"], indirect=True
)
def test_a_daemon_that_does_not_know_leaves_the_file_waiting(daemon):
    file = sent(b"harmless")
    with pytest.raises(ScannerError):
        scan(file)
    assert StoredFile.objects.get().state == State.WAITING


def test_a_daemon_that_is_away_leaves_the_file_waiting(store, settings, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as unused:
        settings.AMENDS_CLAMD = f"127.0.0.1:{unused.getsockname()[1]}"
    file = sent(b"harmless")
    with pytest.raises(ScannerError):
        scan(file)
    assert StoredFile.objects.get().state == State.WAITING
    settings.AMENDS_CLAMD = "/nowhere/clamd.sock"
    with pytest.raises(ScannerError):
        scan(file)


def test_a_daemon_that_hangs_is_given_up(store, settings, monkeypatch):
    monkeypatch.setattr(scanning, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.AMENDS_CLAMD = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ScannerError):
            scan(sent(b"harmless"))


def test_all_that_waits_is_scanned_oldest_first(daemon):
    files = [sent(content) for content in (b"one", EICAR, b"three")]
    assert scan_waiting(most=2) == 2
    assert scan_waiting() == 1
    assert daemon.seen == [b"one", EICAR, b"three"]
    states = [StoredFile.objects.get(pk=file.pk).state for file in files]
    assert states == ["checked", "rejected", "checked"]


def test_a_verdict_stands(daemon):
    file, again = sent(EICAR), StoredFile.objects.get()
    scan(file)
    assert scan(again) == State.REJECTED
    assert scan(again) == State.REJECTED
    assert StoredFile.objects.get().state == State.REJECTED


def test_files_that_wait_are_released_when_the_scanner_is_taken_away(daemon, settings):
    sent(b"harmless")
    settings.AMENDS_CLAMD = ""
    assert scan_waiting() == 1
    assert StoredFile.objects.get().state == State.CHECKED
