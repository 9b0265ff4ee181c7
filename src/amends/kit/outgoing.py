"""The one outgoing HTTP client (P-34): what we ask of addresses that others gave us reaches public servers only.

The name is resolved once, every address is checked, and the connection goes to a checked address; nothing is looked up
again in between. No proxy is taken from the environment. Redirects are read by the same rules.
"""

import http.client
import json
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as WaitedTooLongError

from amends.kit.addresses import Address
from amends.kit.metered import Deadline, MeteredSocket, TooLargeError, TooLateError
from amends.kit.targets import (
    Allow,
    OutgoingFailedError,
    OutgoingRefusedError,
    Resolver,
    Target,
    addresses_of,
    follow,
    read_target,
    system_resolver,
)

__all__ = ["Allow", "Answer", "OutgoingFailedError", "OutgoingRefusedError", "own_status", "request"]

HTTPS_ONLY = Allow()
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
SECONDS = 10.0
MOST_BYTES = 1024 * 1024
# What status line, headers and the marks between chunks may add to the body.
_MOST_BYTES_AROUND = 64 * 1024
_MOST_ADDRESSES = 4
_CHUNK = 16 * 1024

_REDIRECTS = {301, 302, 303, 307, 308}
# Headers that frame the message or name the host are ours to write.
_OURS = {"host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer", "expect"}
_OURS |= {"accept-encoding", "proxy-authorization", "proxy-connection", "keep-alive"}
# The only headers that go on to another server than the one they were meant for.
_HARMLESS = {"accept", "accept-language", "user-agent"}


@dataclass(frozen=True)
class Answer:
    """What the other side said. Header names are in lower case; the body is as it came."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON; refused with the code `answer` when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise OutgoingRefusedError("answer", _("The other side did not answer with JSON.")) from error


@dataclass(frozen=True)
class _Question:
    method: str
    target: Target
    body: bytes | None
    headers: dict[str, str] = field(default_factory=dict)


def request(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    allow: Allow = HTTPS_ONLY,
    timeout: float = SECONDS,
    max_bytes: int = MOST_BYTES,
    resolve: Resolver = system_resolver,
) -> Answer:
    """Ask, and follow at most `allow.redirects` redirects; `timeout` (seconds) covers all of it.

    Any status is an Answer. Raises OutgoingRefusedError where we do not ask or do not take the answer (`code` says
    why), and its kind OutgoingFailedError where the same request may work later.
    """
    question = _Question(_checked_method(method), read_target(url, allow), body, _checked_headers(headers or {}))
    deadline = Deadline(timeout)
    try:
        for _hop in range(allow.redirects + 1):
            answer = _ask(question, allow, resolve, deadline, max_bytes)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or location is None:
                return answer
            question = _onward(question, answer.status, location, allow)
    except TooLateError as error:
        raise OutgoingFailedError("timeout", _("The other side did not answer in time. Try again later.")) from error
    raise OutgoingRefusedError("redirects", _("The other side points on and on. Ask its operator for the address."))


def own_status(host: str, port: int, path: str, *, named: str, seconds: float = 2.0) -> int | None:
    """The status of a page of our own server, for whoever started it; None when it does not answer.

    Nothing is checked here: host and port are those that we listen on, never an address that somebody gave us.
    """
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        connection.request("GET", path, headers={"Host": named})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def _checked_method(method: str) -> str:
    if method not in METHODS:
        raise OutgoingRefusedError("method", _("Only the usual methods of HTTP are sent."))
    return method


def _checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    checked = {"User-Agent": "Amends", "Accept-Encoding": "identity", "Connection": "close"}
    for name, value in headers.items():
        plain = re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}", name) and re.fullmatch(r"[\t\x20-\x7e]*", value)
        if not plain or name.lower() in _OURS or len(value) > 8000:
            raise OutgoingRefusedError(
                "header", _("A header holds signs that cannot be sent, or one that is ours to write.")
            )
        checked.pop("User-Agent" if name.lower() == "user-agent" else "", None)
        checked[name] = value
    return checked


def _onward(question: _Question, status: int, location: str, allow: Allow) -> _Question:
    """The next question, as browsers ask it; nothing that was meant for one server goes to another."""
    target = follow(question.target, location, allow)
    method, body, headers = question.method, question.body, question.headers
    if (status == 303 and method != "HEAD") or (status in {301, 302} and method == "POST"):
        method, body = "GET", None
        headers = {name: value for name, value in headers.items() if not name.lower().startswith("content-")}
    if not question.target.same_origin(target):
        if body is not None:
            raise OutgoingRefusedError(
                "redirect_body", _("The other side points to another server. Enter that server's address instead.")
            )
        headers = _checked_headers({name: value for name, value in headers.items() if name.lower() in _HARMLESS})
    return _Question(method, target, body, headers)


def _ask(question: _Question, allow: Allow, resolve: Resolver, deadline: Deadline, max_bytes: int) -> Answer:
    addresses = addresses_of(question.target, allow, resolve, deadline.left())
    connection = _connected(question.target, addresses[:_MOST_ADDRESSES], allow, deadline)
    plain_socket = connection.sock
    connection.sock = cast("Any", MeteredSocket(plain_socket, deadline, max_bytes + _MOST_BYTES_AROUND))
    try:
        connection.request(
            question.method,
            question.target.path,
            body=question.body,
            headers={**question.headers, "Host": question.target.host_header},
            preload_content=False,
            decode_content=False,
        )
        return _answer(connection.getresponse(), question.target, max_bytes)
    except (TimeoutError, WaitedTooLongError) as error:
        raise TooLateError from error
    except TooLargeError as error:
        raise _too_large() from error
    except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        deadline.left()
        raise OutgoingFailedError("broken", _("The connection broke off. Try again later.")) from error
    finally:
        connection.close()
        plain_socket.close()


def _connected(
    target: Target, addresses: list[Address], allow: Allow, deadline: Deadline
) -> HTTPConnection | HTTPSConnection:
    """A connection to the first of the checked addresses that answers; TLS is checked against the name."""
    unreachable: Exception | None = None
    for address in addresses:
        # Half, because opening and the TLS greeting may each take that long.
        seconds = deadline.left() / 2
        connection = _connection(target, str(address), allow, seconds)
        try:
            connection.connect()
        except (HTTPError, OSError) as error:
            connection.close()
            if isinstance(error, ssl.SSLCertVerificationError):
                raise OutgoingRefusedError(
                    "certificate", _("The server's certificate cannot be trusted. Ask its operator to renew it.")
                ) from error
            unreachable = error
        else:
            return connection
    deadline.left()
    raise OutgoingFailedError("unreachable", _("The server cannot be reached. Try again later.")) from unreachable


def _connection(target: Target, address: str, allow: Allow, seconds: float) -> HTTPConnection | HTTPSConnection:
    if target.scheme == "http":
        return HTTPConnection(address, target.port, timeout=seconds)
    context = ssl.create_default_context(cafile=str(allow.authorities) if allow.authorities else None)
    context.set_alpn_protocols(["http/1.1"])
    return HTTPSConnection(
        address,
        target.port,
        timeout=seconds,
        ssl_context=context,
        cert_reqs="CERT_REQUIRED",
        server_hostname=target.host,
    )


def _answer(response: BaseHTTPResponse, target: Target, max_bytes: int) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    if headers.get("content-encoding", "identity").lower() not in {"identity", ""}:
        # Asked not to; a packed answer can unfold to any size.
        raise OutgoingRefusedError("encoding", _("The other side packs its answers although asked not to."))
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > max_bytes:
        raise _too_large()
    body = bytearray()
    for piece in response.stream(_CHUNK, decode_content=False):
        body += piece
        if len(body) > max_bytes:
            raise _too_large()
    return Answer(response.status, headers, bytes(body), target.url)


def _too_large() -> OutgoingRefusedError:
    return OutgoingRefusedError("too_large", _("The answer is larger than allowed."))
