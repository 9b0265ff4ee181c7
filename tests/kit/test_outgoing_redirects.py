"""Redirects: each is checked as if somebody had typed it, and nothing meant for one server goes to another."""

from dataclasses import replace

import pytest

from amends.kit.outgoing import Allow, OutgoingRefusedError, request
from amends.kit.targets import read_target
from tests.kit.asking import BOTH, LOOPBACK, at_loopback, code_of, get, to
from tests.kit.forged_urls import FORGED, NAMES
from tests.kit.web_servers import Server, saying, serving


@pytest.mark.parametrize("url", [url for url in FORGED if url.isascii() and "\n" not in url and "\r" not in url])
def test_no_redirect_reaches_the_inside(url):
    """The first server may be reached, over IPv6; the canary listens on IPv4."""
    with serving(saying()) as inside:
        target = url.replace("PORT", str(inside.port))
        reached = first_of_two(target, inside)
    assert inside.connections == 0
    assert reached > 0


def first_of_two(target: str, inside: Server) -> int:
    """Asks a server that points to the target; how often that server itself was asked."""
    names = NAMES | {"first.example": ["::1"], "one-of-two-6.example": ["8.8.8.8", "127.0.0.1"]}
    with serving(saying(status="302 Found", Location=target), host="::1") as server:
        allow = replace(to(server), ports=frozenset({80, 443, server.port, inside.port}), networks=LOOPBACK[1:])
        with pytest.raises(OutgoingRefusedError):
            request(
                "GET",
                f"http://first.example:{server.port}/",
                allow=allow,
                timeout=2,
                resolve=lambda host, _: names.get(host, ["127.0.0.1"]),
            )
    return server.connections


def test_redirects_are_followed_and_counted():
    with serving(saying(status="302 Found", Location="next?a=b")) as server:
        assert code_of(lambda: get(server, "/one/two")) == "redirects"
        assert code_of(lambda: get(server, allow=to(server, redirects=0))) == "redirects"
    assert [line.split()[1] for line in server.requests] == ["/one/two"] + ["/one/next?a=b"] * 3 + ["/"]


def test_a_redirect_without_an_address_is_an_answer():
    with serving(saying(status="302 Found")) as server:
        assert get(server).status == 302


def redirected(status: str, method: str, body: bytes | None, *, elsewhere: bool):
    """The request that arrives after a redirect, perhaps at another host."""
    with serving(saying()) as last:
        location = f"http://{'b' if elsewhere else 'a'}.example:{last.port}/end"
        with serving(saying(status=status, Location=location)) as first:
            # The same port, so that only the host tells servers apart.
            allow = replace(to(first), ports=frozenset({first.port, last.port}))
            headers = {"Authorization": "secret", "X-Signature": "s", "Accept": "a/b", "Content-Type": "c/d"}
            url = f"http://a.example:{first.port}/"
            request(method, url, body=body, headers=headers, allow=allow, resolve=at_loopback, timeout=5)
    return last.requests[0]


@pytest.mark.parametrize(
    ("status", "method", "then"),
    [
        *(("301 x", "POST", "GET"), ("302 x", "POST", "GET"), ("303 x", "PUT", "GET"), ("303 x", "HEAD", "HEAD")),
        *(("302 x", "GET", "GET"), ("307 x", "GET", "GET"), ("308 x", "HEAD", "HEAD")),
    ],
)
def test_nothing_meant_for_one_server_goes_to_another(status, method, then):
    arrived = redirected(status, method, b"{}" if method in {"POST", "PUT"} else None, elsewhere=True)
    assert arrived.startswith(f"{then} /end HTTP/1.1\r\n")
    for secret in ("secret", "X-Signature", "{}", "c/d"):
        assert secret not in arrived
    assert "Accept: a/b" in arrived


@pytest.mark.parametrize("status", ["307 x", "308 x"])
def test_a_body_is_not_sent_on_to_another_server(status):
    assert code_of(lambda: redirected(status, "POST", b"{}", elsewhere=True)) == "redirect_body"


def test_a_redirect_within_one_server_keeps_method_body_and_headers():
    hits: list[str] = []

    def behave(connection, asked):
        hits.append(asked)
        saying(status="307 x", Location="/end")(connection, asked) if len(hits) == 1 else saying()(connection, asked)

    with serving(behave) as server:
        url = f"http://127.0.0.1:{server.port}/"
        request("POST", url, body=b"{}", headers={"X-Signature": "s"}, allow=to(server), timeout=5)
    assert hits[1].startswith("POST /end")
    assert "X-Signature: s" in hits[1]
    assert hits[1].endswith("\r\n\r\n{}")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/", "https://a.example/x", True),
        ("http://a.example/", "https://a.example/", True),
        ("http://a.example:8080/", "https://a.example:8443/", False),
        ("https://a.example/", "https://b.example/", False),
        ("https://a.example/", "https://a.example:8443/", False),
        ("https://a.example/", "https://A.example./", True),
    ],
)
def test_what_counts_as_the_same_server(one, other, same):
    allow = Allow(schemes=BOTH)
    assert read_target(one, allow).same_origin(read_target(other, allow)) is same
