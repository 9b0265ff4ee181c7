"""The outgoing client gives up: slow, endless, packed, broken and oversized answers cost a bounded time and size."""

import time

import pytest

from amends.kit.outgoing import OutgoingFailedError, request
from tests.kit.asking import code_of, get
from tests.kit.web_servers import answering, saying, serving


def drip(*parts: bytes, pause: float = 0.05):
    def behave(connection, asked):
        for part in parts:
            for byte in part * 1000:
                connection.sendall(bytes([byte]))
                time.sleep(pause)

    return behave


HEAD = b"HTTP/1.1 200 OK\r\n"


SLOW = {
    "silent": lambda connection, _: time.sleep(1.5),
    "status line in drops": drip(b"H"),
    "endless header": lambda connection, asked: (connection.sendall(HEAD), drip(b"X")(connection, asked)),
    "endless headers": lambda connection, asked: (connection.sendall(HEAD), drip(b"X: y\r\n")(connection, asked)),
    "endless interim answers": drip(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.001),
    "body in drops": lambda connection, asked: (
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n"),
        drip(b"x")(connection, asked),
    ),
    "chunks in drops": lambda connection, asked: (
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
        drip(b"1\r\nx\r\n")(connection, asked),
    ),
    "body without end": lambda connection, asked: (connection.sendall(HEAD + b"\r\n"), drip(b"x")(connection, asked)),
}


@pytest.mark.parametrize("kind", SLOW)
def test_a_server_that_drips_is_given_up_in_time(kind):
    with serving(SLOW[kind]) as server:
        begun = time.monotonic()
        with pytest.raises(OutgoingFailedError) as failure:
            get(server, timeout=0.4)
    assert failure.value.code == "timeout"
    assert time.monotonic() - begun < 1


def test_redirects_share_one_time():
    def behave(connection, asked):
        time.sleep(0.2)
        saying(status="302 Found", Location="/again")(connection, asked)

    with serving(behave) as server:
        begun = time.monotonic()
        assert code_of(lambda: get(server, timeout=0.5)) == "timeout"
    assert time.monotonic() - begun < 0.8


def test_a_slow_resolver_is_given_up_in_time():
    begun = time.monotonic()
    assert (
        code_of(lambda: request("GET", "https://a.example/", resolve=lambda *_: time.sleep(1), timeout=0.2))
        == "timeout"
    )
    assert time.monotonic() - begun < 0.5


def flood(head: bytes, piece: bytes):
    def behave(connection, asked):
        connection.sendall(HEAD + head)
        for _ in range(5000):
            connection.sendall(piece * 100)

    return behave


LARGE = {
    "length told": answering(HEAD + b"Content-Length: 10001\r\n\r\n"),
    "length told absurdly": answering(HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n"),
    "length not told": flood(b"\r\n", b"x" * 100),
    "in chunks": flood(b"Transfer-Encoding: chunked\r\n\r\n", b"64\r\n" + b"x" * 100 + b"\r\n"),
    "one chunk": flood(b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n", b"x" * 100),
    "a chunk length without end": flood(b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 100),
    "endless trailers": flood(b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 10),
    "interim answers": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize("kind", LARGE)
def test_an_answer_that_is_too_large_is_not_taken(kind):
    with serving(LARGE[kind]) as server:
        assert code_of(lambda: get(server, max_bytes=10_000)) in {"too_large", "broken"}


def test_an_answer_of_the_largest_size_is_taken():
    with serving(saying(b"x" * 10_000)) as server:
        assert len(get(server, max_bytes=10_000).body) == 10_000


def test_an_answer_in_chunks_is_put_together():
    chunked = answering(HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")
    with serving(chunked) as server:
        assert get(server).body == b"abcde"


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "identity, gzip", "GZIP"])
def test_a_packed_answer_is_refused(encoding):
    """It could unfold to any size."""
    with serving(saying(b"\x1f\x8b", Content_Encoding=encoding)) as server:
        assert code_of(lambda: get(server)) == "encoding"


@pytest.mark.parametrize(
    "parts",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n",
        HEAD + b"Content-Length: 10\r\n\r\nshort",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
        HEAD + b"X: y\r\n" * 200 + b"\r\n",
    ],
)
def test_a_broken_answer_may_be_asked_for_again(parts):
    with serving(answering(parts)) as server, pytest.raises(OutgoingFailedError) as failure:
        get(server)
    assert failure.value.code in {"broken", "timeout"}


def test_a_server_that_is_down_may_be_asked_again():
    with serving(saying()) as server:
        pass
    with pytest.raises(OutgoingFailedError) as failure:
        get(server)
    assert failure.value.code == "unreachable"


@pytest.mark.parametrize("found", [[], OSError("no such name")])
def test_a_name_that_nobody_knows_may_be_asked_again(found):
    def resolve(host, port):
        if isinstance(found, OSError):
            raise found
        return found

    with pytest.raises(OutgoingFailedError) as failure:
        request("GET", "https://a.example/", resolve=resolve)
    assert failure.value.code == "name"
