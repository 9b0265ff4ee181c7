"""Taking in: what is kept, what is refused and with which words, and that nothing is half-done."""

import hashlib
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from amends.files.kinds import KINDS, accepted_extensions, accepted_extensions_stripped
from amends.files.models import State, StoredFile
from amends.files.storage import WORKING
from amends.files.taking_in import attach, discard, take_in
from amends.kit.refusal import Refusal
from tests.files import uploads
from tests.files.uploads import MAKER, Sent

AT = datetime(2026, 11, 16, 9, 30, 42, 123456, tzinfo=UTC)
pytestmark = pytest.mark.django_db

SAMPLES = {
    "picture_jpeg": ("photo.jpg", uploads.jpeg()),
    "picture_png": ("photo.png", uploads.png()),
    "picture_webp": ("photo.webp", uploads.webp()),
    "picture_gif": ("photo.gif", uploads.gif()),
    "pdf": ("bill.pdf", uploads.pdf()),
    "text": ("notes.txt", "Õnnetus juhtus eile.\r\n\tŞikâyet.\n".encode()),
    "word": ("letter.docx", uploads.docx()),
    "sheet": ("costs.xlsx", uploads.xlsx()),
    "slides": ("talk.pptx", uploads.pptx()),
    "open_text": ("letter.odt", uploads.odf()),
    "open_sheet": ("costs.ods", uploads.odf("spreadsheet")),
    "audio_mp3": ("call.mp3", uploads.MP3),
    "audio_m4a": ("call.m4a", uploads.M4A),
    "audio_wav": ("call.wav", uploads.WAV),
    "audio_ogg": ("call.ogg", uploads.OGG),
    "video_mp4": ("leak.mp4", uploads.MP4),
    "video_mov": ("leak.mov", uploads.MOV),
    "video_webm": ("leak.webm", uploads.WEBM),
    "mail": ("answer.eml", uploads.MAIL),
}


def refused(sent: Sent, *, keep_original: bool = True) -> Refusal:
    with pytest.raises(Refusal) as caught:
        take_in(sent, keep_original=keep_original, at=AT)
    assert not StoredFile.objects.exists()
    return caught.value


def test_there_is_a_sample_of_every_kind():
    assert set(SAMPLES) == {kind.code for kind in KINDS}


@pytest.mark.parametrize("code", SAMPLES)
def test_every_kind_is_kept_as_sent_beside_its_copy(code, store, stored_bytes):
    name, content = SAMPLES[code]
    file = take_in(Sent(name, content), keep_original=True, at=AT)
    assert (file.kind, file.name, file.state, file.taken_in_at, file.attached_at) == (code, name, "checked", AT, None)
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    kept = stored_bytes()
    assert set(kept) == file.blobs
    assert kept[file.original] == content
    assert (len(kept[file.stripped]), hashlib.sha256(kept[file.stripped]).hexdigest()) == (
        file.stripped_size,
        file.stripped_sha256,
    )


@pytest.mark.parametrize("code", [kind.code for kind in KINDS if kind.can_be_stripped])
def test_of_an_anonymous_sender_only_the_copy_is_ever_kept(code, store, stored_bytes):
    name, content = SAMPLES[code]
    file = take_in(Sent(name, content), keep_original=False, at=AT)
    kept = stored_bytes()
    assert list(kept) == [file.stripped]
    assert file.original == ""
    assert MAKER.encode() not in kept[file.stripped]
    assert (file.size, file.sha256) == (file.stripped_size, file.stripped_sha256)
    assert file.taken_in_at == AT.replace(second=0, microsecond=0)


@pytest.mark.parametrize("code", [kind.code for kind in KINDS if not kind.can_be_stripped])
def test_what_cannot_be_stripped_is_refused_from_an_anonymous_sender(code, store):
    refusal = refused(Sent(*SAMPLES[code]), keep_original=False)
    assert refusal.code == "file_not_anonymous"
    assert "PDF" in str(refusal.sentence)
    assert not store.exists()


def test_tokens_are_random_and_names_of_bytes_differ_for_equal_files(store):
    one, other = (take_in(Sent(*SAMPLES["text"]), keep_original=True, at=AT) for _ in range(2))
    assert one.token != other.token
    assert len(one.token) >= 22
    assert not one.blobs & other.blobs


def test_picture_with_the_extension_of_another_gets_its_own(store):
    file = take_in(Sent("IMG_0001.JPG", uploads.png()), keep_original=True, at=AT)
    assert (file.name, file.kind, file.content_type) == ("IMG_0001.png", "picture_png", "image/png")


@pytest.mark.parametrize(
    "content",
    [
        "tere".encode("utf-8-sig"),
        "Şikâyet".encode("utf-16"),
        "Şikâyet".encode("cp1254"),
        "õ".encode("latin-1"),
        b"\x1b[31mred\x1b[0m\r\n",
        ("ü" * 70_000).encode(),
    ],
)
def test_text_is_taken_in_whatever_program_wrote_it(content, store):
    assert take_in(Sent("a.txt", content), keep_original=False, at=AT).kind == "text"


@pytest.mark.parametrize(
    ("name", "advice"),
    [("photo.heic", "JPEG"), ("all.zip", "one by one"), ("old.doc", "PDF"), ("mail.msg", ".eml"), ("x.svg", "PNG")],
)
def test_refused_kinds_come_with_advice(name, advice, store):
    refusal = refused(Sent(name, b"content"))
    assert (refusal.code, refusal.field) == ("file_kind", "files")
    assert advice in str(refusal.sentence)


def test_size_is_counted_and_not_believed(store, settings):
    settings.AMENDS_MAX_UPLOAD_MB = 1
    too_much = b"x" * (1024 * 1024 + 1)
    for claimed in (len(too_much), 5, None):
        refusal = refused(Sent("a.txt", too_much, size=claimed))
        assert (refusal.code, refusal.facts) == ("file_too_big", {"limit_mb": 1})
        assert "1 MB" in str(refusal.sentence)
    assert take_in(Sent("a.txt", too_much[:-1]), keep_original=True, at=AT).size == 1024 * 1024


def test_nothing_is_refused_as_empty(store):
    assert refused(Sent("a.txt", b"", size=100)).code == "file_empty"


class Endless(Sent):
    """Twenty megabytes made piece by piece."""

    def chunks(self) -> Iterator[bytes]:
        yield from (bytes([65 + number % 26]) * 64 * 1024 for number in range(320))


@pytest.mark.parametrize("name", ["a.txt", "a.mp3"])
def test_large_file_goes_through_in_pieces(name, store):
    class Film(Endless):
        def chunks(self) -> Iterator[bytes]:
            yield uploads.MP3
            yield from super().chunks()

    sent = Film(name, b"", size=1) if name == "a.mp3" else Endless(name, b"", size=1)
    tracemalloc.start()
    file = take_in(sent, keep_original=True, at=AT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert file.size >= 20 * 1024 * 1024
    assert peak < 3 * 1024 * 1024


class BrokenOff(Sent):
    """A connection that ends half-way."""

    def chunks(self) -> Iterator[bytes]:
        yield b"the beginning"
        raise ConnectionResetError


def test_an_upload_broken_off_leaves_nothing(store, stored_bytes):
    with pytest.raises(ConnectionResetError):
        take_in(BrokenOff("a.txt", b""), keep_original=True, at=AT)
    assert not stored_bytes()


def test_a_row_that_cannot_be_written_leaves_no_bytes(store, stored_bytes):
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            take_in(Sent(*SAMPLES["picture_jpeg"]), keep_original=True, at=AT)
    assert not stored_bytes()


FULL_DISK = """
import os, resource, sys
import django
django.setup()
from datetime import UTC, datetime
from amends.files.taking_in import take_in
from amends.kit.refusal import Refusal
from tests.files.uploads import Sent
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    take_in(Sent("a.txt", b"x" * 500_000), keep_original=True, at=datetime.now(UTC))
except Refusal as refusal:
    print(refusal.code, str(refusal.sentence))
"""


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path):
    """The kernel refuses to write more than 200 kB to one file, as a full disk or a quota would."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path]),
        "DJANGO_SETTINGS_MODULE": "amends.project.settings",
        "AMENDS_DATA_DIR": str(tmp_path / "data"),
        "AMENDS_DATABASE_URL": "",
    }
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.startswith("storage_full We could not save the file. Please try again later")
    assert not list((tmp_path / "data" / "files" / WORKING).iterdir())


def test_a_file_is_attached_once(store):
    file = take_in(Sent(*SAMPLES["text"]), keep_original=True, at=AT)
    attach(file, AT + timedelta(minutes=5))
    assert StoredFile.objects.get().attached_at == file.attached_at == AT + timedelta(minutes=5)
    with pytest.raises(Refusal, match="file_gone"):
        attach(file, AT + timedelta(minutes=6))
    assert StoredFile.objects.get().attached_at == AT + timedelta(minutes=5)


def test_a_rejected_file_is_not_attached(store):
    file = take_in(Sent(*SAMPLES["text"]), keep_original=True, at=AT)
    StoredFile.objects.update(state=State.REJECTED, reason="malware")
    with pytest.raises(Refusal, match="file_rejected"):
        attach(file, AT)


def test_discarding_removes_row_and_bytes(store, stored_bytes, django_capture_on_commit_callbacks):
    file = take_in(Sent(*SAMPLES["picture_jpeg"]), keep_original=True, at=AT)
    with django_capture_on_commit_callbacks() as callbacks:
        assert discard(file)
    assert not StoredFile.objects.exists()
    assert set(stored_bytes()) == file.blobs, "the bytes stay until the row is gone for good"
    for callback in callbacks:
        callback()
    assert not stored_bytes()
    assert not discard(file)


def test_an_attached_file_is_not_discarded(store, stored_bytes):
    file = take_in(Sent(*SAMPLES["text"]), keep_original=True, at=AT)
    attach(file, AT)
    assert not discard(file)
    assert set(stored_bytes()) == file.blobs


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"stripped": ""},
        {"size": 0},
        {"stripped_size": 0},
        {"state": "rejected"},
        {"state": "checked", "reason": "malware"},
        {"state": "unheard of"},
        {"original": ""},
    ],
    ids=str,
)
def test_the_database_refuses_impossible_rows(change, store):
    file = take_in(Sent(*SAMPLES["picture_jpeg"]), keep_original=True, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**change)


def test_two_rows_never_share_bytes(store):
    one, other = (take_in(Sent(*SAMPLES["picture_jpeg"]), keep_original=True, at=AT) for _ in range(2))
    for field in ("original", "stripped"):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.filter(pk=one.pk).update(**{field: getattr(other, field)})


def test_the_form_offers_what_is_taken_in():
    assert ".jpg" in accepted_extensions().split(",")
    assert ".mp4" in accepted_extensions().split(",")
    assert ".mp4" not in accepted_extensions_stripped().split(",")
