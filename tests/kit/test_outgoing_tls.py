"""TLS of the outgoing client: the address is pinned, the certificate is checked against the name."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from amends.kit.outgoing import OutgoingFailedError, request
from tests.kit.asking import at_loopback, code_of, to
from tests.kit.web_servers import Authority, Server, answering, saying, serving


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def get_safely(server: Server, host: str, authorities: Path | None):
    allow = to(server, authorities=authorities)
    return request("GET", f"https://{host}:{server.port}/", allow=allow, resolve=at_loopback, timeout=1)


def test_tls_is_checked_against_the_name_although_the_address_is_pinned(authority):
    with serving(saying(), tls=authority.context_for("hooks.example")) as server:
        answer = get_safely(server, "hooks.example.", authority.file)
    assert answer.body == b"hello"
    assert server.names == ["hooks.example"]
    assert f"Host: hooks.example:{server.port}\r\n" in server.requests[0]


@pytest.mark.parametrize("wrong", ["another name", "an unknown authority", "run out", "the address"])
def test_a_certificate_that_proves_nothing_is_refused(wrong, authority, tmp_path):
    days = -1 if wrong == "run out" else 1
    host = {"another name": "other.example", "the address": "127.0.0.1"}.get(wrong, "hooks.example")
    trusted = None if wrong == "an unknown authority" else authority.file
    with serving(saying(), tls=authority.context_for("hooks.example", days=days)) as server:
        assert code_of(lambda: get_safely(server, host, trusted)) == "certificate"
        if wrong == "an unknown authority":
            assert code_of(lambda: get_safely(server, host, Authority(tmp_path, "Another").file)) == "certificate"
    assert server.requests == []


def test_a_server_without_tls_is_not_asked_safely(authority):
    with serving(answering(b"HTTP/1.1 400 Bad\r\n\r\n")) as server, pytest.raises(OutgoingFailedError):
        get_safely(server, "hooks.example", authority.file)


def test_a_safe_answer_drips_no_longer_than_allowed(authority):
    def drops(connection, asked):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            connection.sendall(b"x")
            time.sleep(0.05)

    with serving(drops, tls=authority.context_for("hooks.example")) as server:
        allow = to(server, authorities=authority.file)
        begun = time.monotonic()
        url = f"https://hooks.example:{server.port}/"
        assert code_of(lambda: request("GET", url, allow=allow, resolve=at_loopback, timeout=0.5)) == "timeout"
        assert time.monotonic() - begun < 1


def test_a_safe_server_does_not_point_to_an_unsafe_one(authority):
    behave, tls = saying(status="302 Found", Location="http://hooks.example/"), authority.context_for("hooks.example")
    with serving(behave, tls=tls) as server:
        allow = replace(to(server, authorities=authority.file), ports=frozenset({80, server.port}))
        url = f"https://hooks.example:{server.port}/"
        assert code_of(lambda: request("GET", url, allow=allow, resolve=at_loopback, timeout=5)) == "downgrade"
