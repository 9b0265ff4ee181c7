"""The one way out (P-34): no address that somebody gives us leads the client into our own network."""

import pytest
from pytest_socket import SocketConnectBlockedError

from amends.kit.outgoing import Allow, OutgoingRefusedError, own_status, request
from amends.kit.targets import system_resolver
from tests.kit.asking import BOTH, at_loopback, code_of, get, to
from tests.kit.forged_urls import FORGED, NAMES
from tests.kit.web_servers import saying, serving

PUBLIC = "8.8.8.8"


@pytest.fixture(scope="module")
def canary():
    with serving(saying()) as over_4, serving(saying(), host="::1", port=over_4.port) as over_6:
        yield (over_4, over_6)


def test_there_are_enough_forged_addresses():
    assert len(FORGED) >= 120


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("url", FORGED)
def test_no_forged_address_reaches_the_canary(url, scheme, canary):
    """Every name that is not listed leads straight to the canary, and its port is allowed."""
    port = canary[0].port
    forged = url.replace("PORT", str(port)).replace("http:", f"{scheme}:")
    allow = Allow(schemes=BOTH, ports=frozenset({80, 443, port}))
    with pytest.raises(OutgoingRefusedError):
        request("GET", forged, allow=allow, timeout=2, resolve=lambda host, _: NAMES.get(host, ["127.0.0.1"]))
    with pytest.raises(OutgoingRefusedError):
        request("GET", forged, timeout=2, resolve=lambda host, _: NAMES.get(host, ["127.0.0.1"]))
    assert [server.connections for server in canary] == [0, 0]


def test_the_canary_can_be_reached_when_a_test_allows_it():
    with serving(saying(), host="::1") as server:
        answer = request("GET", f"http://[::1]:{server.port}/x?y#z", allow=to(server), timeout=5)
    assert (answer.status, answer.body, answer.url) == (200, b"hello", f"http://[::1]:{server.port}/x?y")
    assert server.connections == 1


def test_the_system_resolver_leads_to_the_same_refusal(canary):
    allow = Allow(schemes=BOTH, ports=frozenset({canary[0].port}))
    assert code_of(lambda: request("GET", f"http://localhost:{canary[0].port}/", allow=allow, timeout=5)) == "address"
    assert "127.0.0.1" in system_resolver("localhost", 80)


@pytest.mark.filterwarnings("ignore:A test tried to use")
@pytest.mark.parametrize("address", [PUBLIC, "2606:4700::1111", "1.0.0.1", "100.128.0.1", "172.32.0.1", "2a00:1450::1"])
def test_a_public_address_is_asked(address):
    """The tests stop the connection itself; they see where it was going."""
    with pytest.raises(SocketConnectBlockedError, match=address.replace(".", r"\.")):
        request("GET", "https://hooks.example/", resolve=lambda *_: [address], timeout=2)


class Rebinding:
    """Answers with the next address each time it is asked."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_a_name_that_changes_its_address_is_asked_at_the_checked_one(canary):
    """Rebinding: public when it is checked, loopback a moment later."""
    resolve = Rebinding([PUBLIC], ["127.0.0.1"])
    allow = Allow(schemes=BOTH, ports=frozenset({canary[0].port}))
    with pytest.raises(SocketConnectBlockedError, match=PUBLIC):
        request("GET", f"http://hooks.example:{canary[0].port}/", allow=allow, resolve=resolve, timeout=2)
    assert resolve.asked == 1
    assert canary[0].connections == 0


def test_a_name_that_changes_its_address_between_redirects_is_refused(canary):
    with serving(saying(status="302 Found", Location="/again")) as server:
        resolve = Rebinding(["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"])
        url = f"http://hooks.example:{server.port}/"
        assert code_of(lambda: request("GET", url, allow=to(server), resolve=resolve, timeout=5)) == "address"
    assert resolve.asked == 3
    assert server.connections == 2


def test_the_next_checked_address_is_tried_when_one_is_down():
    with serving(saying()) as server:
        resolve = Rebinding(["::1", "127.0.0.1"])
        answer = request("GET", f"http://a.example:{server.port}/", allow=to(server), resolve=resolve, timeout=5)
    assert answer.is_success


@pytest.mark.parametrize("url", ["http://a.example/", "HTTP://a.example"])
def test_only_https_unless_the_caller_says_otherwise(url):
    assert code_of(lambda: request("GET", url)) == "scheme"


def test_no_proxy_is_taken_from_the_environment(monkeypatch, canary):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{canary[0].port}")
    with serving(saying()) as server:
        assert get(server).is_success
    assert canary[0].connections == 0


BAD_HEADERS = [
    {"X": "a\r\nY: b"},
    {"X": "a\nb"},
    {"X": "a\rb"},
    {"X": "a\x00b"},
    {"X": "õ"},
    {"X": "a\u2028b"},
    {"X\r\nY": "b"},
    {"X:": "b"},
    {"X Y": "b"},
    {"": "b"},
    {"Host": "evil.example"},
    {"HOST": "evil.example"},
    {"Content-Length": "0"},
    {"Transfer-Encoding": "chunked"},
    {"Connection": "upgrade"},
    {"X": "a" * 9000},
]


@pytest.mark.parametrize("headers", BAD_HEADERS)
def test_a_header_cannot_carry_another(headers, canary):
    assert code_of(lambda: get(canary[0], headers=headers)) == "header"
    assert canary[0].connections == 0


@pytest.mark.parametrize("method", ["CONNECT", "TRACE", "get", "GET / HTTP/1.1\r\nX: y\r\n\r\nGET", ""])
def test_only_usual_methods_are_sent(method):
    assert code_of(lambda: request(method, "https://a.example/")) == "method"


def test_what_is_sent_is_what_was_asked():
    with serving(saying(b'{"a": 1}', X_Note="kept", Set_Cookie="a=b")) as server:
        answer = request(
            "POST",
            f"http://Bücher.example:{server.port}/õ ä?q=ü&x=%20".replace(" ", "%20"),
            body=b"text",
            headers={"Content-Type": "text/plain"},
            allow=to(server),
            resolve=at_loopback,
            timeout=5,
        )
    assert answer.json() == {"a": 1}
    assert answer.headers["x-note"] == "kept"
    first, *rest = server.requests[0].split("\r\n")
    assert first == "POST /%C3%B5%20%C3%A4?q=%C3%BC&x=%20 HTTP/1.1"
    assert sorted(rest[:-2]) == [
        "Accept-Encoding: identity",
        "Connection: close",
        "Content-Length: 4",
        "Content-Type: text/plain",
        f"Host: xn--bcher-kva.example:{server.port}",
        "User-Agent: Amends",
    ]
    assert rest[-1] == "text"


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000, b"\xff"])
def test_an_answer_that_is_no_json_is_refused(body):
    with serving(saying(body)) as server:
        assert code_of(lambda: get(server).json()) == "answer"


def test_an_error_of_the_other_side_is_an_answer():
    with serving(saying(b"oh", status="503 Busy")) as server:
        answer = get(server)
    assert (answer.status, answer.is_success, answer.body) == (503, False, b"oh")


def test_our_own_server_is_asked_how_it_is():
    with serving(saying(status="503 Busy")) as server:
        assert own_status("127.0.0.1", server.port, "/health/ready", named="a.example") == 503
    assert own_status("127.0.0.1", server.port, "/health/ready", named="a.example") is None
    assert "Host: a.example" in server.requests[0]
