"""How the tests ask a server on loopback through the outgoing client."""

from ipaddress import ip_network

import pytest

from amends.kit.outgoing import Allow, OutgoingRefusedError, request
from tests.kit.web_servers import Server

LOOPBACK = (ip_network("127.0.0.1/32"), ip_network("::1/128"))


BOTH = frozenset({"http", "https"})


def at_loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def to(server: Server, **more) -> Allow:
    """Lets the client reach one test server on loopback."""
    return Allow(schemes=BOTH, ports=frozenset({server.port}), networks=LOOPBACK, **more)


def get(server: Server, path: str = "/", host: str = "127.0.0.1", **more):
    more.setdefault("allow", to(server))
    more.setdefault("timeout", 5)
    return request("GET", f"http://{host}:{server.port}{path}", resolve=at_loopback, **more)


def code_of(ask) -> str:
    with pytest.raises(OutgoingRefusedError) as refusal:
        ask()
    assert str(refusal.value.sentence)
    return refusal.value.code
