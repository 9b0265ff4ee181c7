"""Serving: the one place that gives out content, always as something to be saved."""

import re
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest

from amends.files.models import State, StoredFile
from amends.files.serving import download_response
from amends.files.taking_in import take_in
from amends.kit.refusal import Refusal
from tests.files import uploads
from tests.files.uploads import Sent

AT = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(store) -> StoredFile:
    return take_in(Sent("Õnnetus 1.jpg", uploads.jpeg()), keep_original=True, at=AT)


def body(response) -> bytes:
    content = b"".join(response.streaming_content)
    response.close()
    return content


HEADER = re.compile(r"(inline|attachment); filename=\"([A-Za-z0-9 ._()+-]*)\"; filename\*=UTF-8''([!-~]*)")


def disposition(response) -> tuple[str, str]:
    """How it is to be handled, and the name that RFC 6266 gives precedence."""
    found = HEADER.fullmatch(response["Content-Disposition"])
    assert found, response["Content-Disposition"]
    return found[1], unquote(found[3], errors="strict")


def test_a_download_is_saved_and_never_opened_in_place(picture, stored_bytes):
    response = download_response(picture)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Length"] == str(picture.stripped_size)
    assert disposition(response)[0] == "attachment"
    assert body(response) == stored_bytes()[picture.stripped]


def test_the_original_is_given_when_it_is_asked_for(picture):
    response = download_response(picture, original=True, inline=True)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert disposition(response)[0] == "attachment"
    assert body(response) == uploads.jpeg()


def test_only_a_redrawn_picture_is_shown_in_the_page(picture):
    response = download_response(picture, inline=True)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert disposition(response)[0] == "inline"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    response.close()


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.pdf", uploads.pdf()), ("a.txt", b"<script>"), ("a.mp4", uploads.MP4), ("a.docx", uploads.docx())],
)
def test_nothing_else_is_shown_in_the_page(name, content, store):
    response = download_response(take_in(Sent(name, content), keep_original=True, at=AT), inline=True)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert disposition(response)[0] == "attachment"
    response.close()


@pytest.mark.parametrize(
    "name",
    [
        "bill.pdf",
        "Õnnetus äri ümbrik.pdf",
        "Şikâyet dilekçesi.pdf",
        "شكوى.pdf",
        "日本語.pdf",
        'a"b.pdf',
        "a\r\nSet-Cookie: x=1.pdf",
        "a;b,c='d'.pdf",
        "a%41b.pdf",
        "back\\slash.pdf",
        "x" * 150 + ".pdf",
    ],
)
def test_a_name_stays_in_its_header(name, picture):
    """Even one that got into the row without being cleaned."""
    picture.name = name
    response = download_response(picture)
    assert disposition(response) == ("attachment", name)
    response.close()


def test_what_waits_or_was_rejected_is_never_given_out(picture):
    for state, reason, code in (
        (State.WAITING, "", "file_waiting"),
        (State.REJECTED, "malware", "file_rejected"),
    ):
        picture.state, picture.reason = state, reason
        for original in (False, True):
            with pytest.raises(Refusal, match=code):
                download_response(picture, original=original)


def test_an_original_that_was_not_kept_is_said(store):
    file = take_in(Sent("a.jpg", uploads.jpeg()), keep_original=False, at=AT)
    with pytest.raises(Refusal, match="file_no_original"):
        download_response(file, original=True)


def test_missing_bytes_are_said(picture, store):
    (store / picture.stripped).unlink()
    with pytest.raises(Refusal, match="file_gone"):
        download_response(picture)
