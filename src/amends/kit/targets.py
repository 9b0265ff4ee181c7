"""Where the outgoing client may go: an address is read once, by these rules, and taken apart by nobody else."""

import re
import socket
import threading
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from django.utils.translation import gettext_lazy as _

from amends.kit.addresses import Address, Network, is_public, read_address
from amends.kit.refusal import Refusal

#: Gives every address of a host name, as the system's resolver does. Raises OSError when there is none.
Resolver = Callable[[str, int], Sequence[str]]

LONGEST_URL = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}


class OutgoingRefusedError(Refusal):
    """We do not ask there, or do not take the answer. Asking again would end the same way."""


class OutgoingFailedError(OutgoingRefusedError):
    """The other side could not be reached or did not answer in time. It may be worth asking again later."""


@dataclass(frozen=True)
class Allow:
    """What a caller permits. Left as it is: https to the usual ports of public hosts, with the system's authorities."""

    schemes: frozenset[str] = frozenset({"https"})
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    redirects: int = 3
    #: A PEM file of certificate authorities that are trusted instead of the system's.
    authorities: Path | None = None
    #: Networks that count as public. Only tests set this, for their own servers on loopback.
    networks: tuple[Network, ...] = ()


@dataclass(frozen=True)
class Target:
    """An address taken apart: the only parts that reach the connection."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def host_header(self) -> str:
        """The host as it is named to the other side."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.path}"

    def same_origin(self, other: "Target") -> bool:
        """Whether the other is the same server, or the same host asked safely at last."""
        safer = (self.scheme, other.scheme) == ("http", "https")
        usual = self.port == DEFAULT_PORTS[self.scheme] and other.port == DEFAULT_PORTS[other.scheme]
        return self.host == other.host and ((self.scheme, self.port) == (other.scheme, other.port) or (safer and usual))


def read_target(url: str, allow: Allow) -> Target:
    """Take an address apart and refuse every part that is not plainly what it seems."""
    # White space, control and steering signs and backslashes are read differently by different programs.
    if len(url) > LONGEST_URL or any(sign == "\\" or _unseen(sign) for sign in url):
        raise OutgoingRefusedError("url", _("This is not a complete web address. Check it for spaces and odd signs."))
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise OutgoingRefusedError("url", _("This is not a complete web address. Check it.")) from error
    if parts.scheme not in allow.schemes or parts.scheme not in DEFAULT_PORTS:
        raise OutgoingRefusedError("scheme", _("The address has to begin with https://."))
    if "@" in parts.netloc:
        raise OutgoingRefusedError("userinfo", _("Take the user name and password out of the address."))
    if parts.netloc.endswith(":") or ("[" in parts.netloc and not _BRACKETED.fullmatch(parts.netloc)):
        raise OutgoingRefusedError("url", _("This is not a complete web address. Check it."))
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in allow.ports:
        raise OutgoingRefusedError("port", _("This port is not allowed. Use 443 or 8443."))
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?") if parts.query else ""
    )
    return Target(parts.scheme, _read_host(host, bracketed="[" in parts.netloc), port, path)


def follow(target: Target, location: str, allow: Allow) -> Target:
    """The target that an answer points to, checked as if somebody had typed it."""
    try:
        url = urljoin(target.url, location)
    except ValueError as error:
        raise OutgoingRefusedError("url", _("The other side points to no web address. Ask its operator.")) from error
    onward = read_target(url, allow)
    if target.scheme == "https" and onward.scheme != "https":
        raise OutgoingRefusedError("downgrade", _("The other side points from https to http. Ask its operator."))
    return onward


_BRACKETED = re.compile(r"\[[0-9A-Fa-f:.]+\](:[0-9]+)?")


def _unseen(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"}


_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")


def _read_host(host: str, *, bracketed: bool) -> str:
    """The host in ASCII and lower case; numbers only as an address in its usual spelling."""
    refused = OutgoingRefusedError("host", _("The name of the server cannot be read. Check the address."))
    if bracketed or ":" in host:
        address = read_address(host)
        if address is None or address.version != 6:
            raise refused
        return str(address)
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise refused from error
    name = name.lower().removesuffix(".")
    address = read_address(name)
    if address is not None:
        return str(address)
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise refused
    # Some resolvers read these as IPv4: 2130706433, 0x7f.1, 0177.0.0.1.
    if labels[-1].isdigit() or re.fullmatch(r"0x[0-9a-f]*", labels[-1]):
        raise refused
    return name


def system_resolver(host: str, port: int) -> list[str]:
    """Every address that the system knows for a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return [str(entry[4][0]) for entry in found]


def addresses_of(target: Target, allow: Allow, resolve: Resolver, seconds: float) -> list[Address]:
    """The addresses to connect to; refused unless every one that the name has is public."""
    literal = read_address(target.host)
    found = [literal] if literal else [read_address(text) for text in _resolved(target, resolve, seconds)]
    if not found:
        raise OutgoingFailedError("name", _("No server is known by this name. Check it, or try again later."))
    known = [address for address in dict.fromkeys(found) if address is not None]
    if None in found or not all(_may_reach(address, allow) for address in known):
        raise OutgoingRefusedError("address", _("This address leads into a private network. Use a public one."))
    return known


def _may_reach(address: Address, allow: Allow) -> bool:
    return is_public(address) or any(address in network for network in allow.networks)


def _resolved(target: Target, resolve: Resolver, seconds: float) -> Sequence[str]:
    """Ask for the addresses in a thread of its own: resolvers wait as long as they like, and cannot be told to stop."""
    answers: list[Sequence[str]] = []

    def ask() -> None:
        try:
            answers.append(resolve(target.host, target.port))
        except (OSError, UnicodeError):
            answers.append(())

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if not answers:
        raise OutgoingFailedError("timeout", _("The other side did not answer in time. Try again later."))
    return answers[0]
