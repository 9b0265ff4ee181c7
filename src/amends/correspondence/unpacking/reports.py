"""What a mail server reports of a mail that we sent (RFC 3464). Knows no Django."""

import re
from dataclasses import dataclass
from email.message import Message

from amends.correspondence.unpacking.headers import Headers
from amends.correspondence.unpacking.parts import Contents

_STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_ID_LINE = re.compile(r"^\s*>?\s*message-id:\s*(<[^<>\s]{1,300}>)", re.IGNORECASE | re.MULTILINE)
_LOOKED_THROUGH = 60_000


@dataclass(frozen=True)
class Report:
    """`action` is failed, delayed, delivered …; `ids` are Message-IDs of the mail that it is about."""

    action: str = ""
    status: str = ""
    ids: tuple[str, ...] = ()


def report_in(headers: Headers, contents: Contents) -> Report | None:
    """The report that a mail carries; None where it carries none."""
    blocks = [block for part in contents.reports for block in _blocks(part)]
    is_report = bool(blocks) or "report-type=" in headers.raw("content-type").lower().replace(" ", "")
    ids = [each for returned in contents.returned for each in returned.ids("message-id")]
    ids += _ID_LINE.findall(contents.text[:_LOOKED_THROUGH])
    ids += headers.ids("in-reply-to", "references", "x-failed-message-id")
    failed = headers.has("x-failed-recipients")
    if not is_report and not failed:
        return Report(ids=tuple(dict.fromkeys(ids))) if ids else None
    actions = [block.raw("action").lower().split(" ")[0] for block in blocks if block.has("action")]
    codes = [found[0] for block in blocks if (found := _STATUS.search(block.raw("status")))]
    action = next((each for each in ("failed", "delayed", *actions) if each in actions), "failed" if failed else "")
    return Report(action[:20], next(iter(codes), "")[:12], tuple(dict.fromkeys(ids)))


def _blocks(part: "Message[str, str]") -> list[Headers]:
    payload = part.get_payload()
    return [Headers(block) for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []
