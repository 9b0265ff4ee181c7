"""Which addresses a link in somebody else's text may have, and whether its text pretends another one."""

import re
import unicodedata
from urllib.parse import urlsplit

#: The page behind a link learns nothing of ours and gains no rank by us.
LINK_REL = "noopener noreferrer nofollow"

LONGEST_ADDRESS = 2000

_KNOWN = re.compile(r"(https?)://|(mailto|tel):", re.IGNORECASE)
# A name with dots whose last part has letters (or is `xn--…`), or a dotted IPv4 address.
_HOST = re.compile(r"(?:[^\W_][\w-]{0,62}\.)+[^\W\d_][\w-]{1,62}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
LONGEST_HOST = 253
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]{0,20}:/*", re.IGNORECASE)


def link_address(value: str) -> str | None:
    """The address as it may stand in a link; None when a reader had better not follow it.

    Kept are http, https, mailto and tel, whole: no relative address (it would act on our own pages), no user name
    before the host and no backslash (both hide the host), no control or steering signs.
    """
    # Browsers drop these three wherever they stand; mails break long addresses with them.
    address = re.sub(r"[\t\r\n]", "", value).strip(" ")
    known = _KNOWN.match(address)
    if known is None or len(address) > LONGEST_ADDRESS:
        return None
    if any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for sign in address):
        return None
    if known.group(2):
        return address if address[known.end() :].strip() else None
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if not host or "@" in parts.netloc or "\\" in address or " " in parts.netloc:
        return None
    return address


def address_shown(href: str) -> str:
    """The part of a kept address that says where it leads: the host, the mail address, the number."""
    if href.lower().startswith(("http:", "https:")):
        return urlsplit(href).hostname or ""
    return href.partition(":")[2].partition("?")[0]


def misleading(text: str, href: str) -> bool:
    """Whether the text of a link looks like an address, and one of these leads elsewhere than the link."""
    shown = address_shown(href)
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    if plain.rstrip().endswith(f"[{shown}]"):
        return False
    real = _comparable(shown)
    return any(_leads_elsewhere(host, real) for host in _hosts_named(plain))


def _hosts_named(text: str) -> set[str]:
    named: set[str] = set()
    for word in text.replace("。", ".").split():
        authority = re.split(r"[/?#\\]", _SCHEME.sub("", word.lstrip("<([{\"'“‘«")), maxsplit=1)[0]
        candidates = (part.strip("._-") for part in re.split(r"[^\w.-]+", authority))
        named.update(_comparable(part) for part in candidates if len(part) <= LONGEST_HOST and _HOST.fullmatch(part))
    return named


def _comparable(host: str) -> str:
    host = unquote_host(host).casefold().rstrip(".").rpartition("@")[2]
    return host.removeprefix("www.")


def unquote_host(host: str) -> str:
    """The host in the letters that a reader sees, where it is written as xn--…; else as it is."""
    try:
        return host.encode("ascii").decode("idna") if "xn--" in host.lower() else host
    except UnicodeError:
        return host


def _leads_elsewhere(named: str, real: str) -> bool:
    return named != real and not real.endswith(f".{named}")
