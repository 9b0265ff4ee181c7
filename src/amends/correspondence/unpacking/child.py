"""The limited process that opens one mail: `python -m … MAIL PLACE`, JSON on standard output. Django is not set up."""

import email.policy
import json
import re
import sys
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from amends.correspondence.unpacking.headers import Headers, without_surrogates
from amends.correspondence.unpacking.opened import OpenedFile, OpenedMail
from amends.correspondence.unpacking.parts import TooComplexError, contents_of
from amends.correspondence.unpacking.reports import report_in
from amends.files.workshop import DISK_FAULTS, limit_this_process

#: Beyond what the process has when it starts, so that all of it stays below 256 MB.
EXTRA_MEMORY = 192 * 1024 * 1024

_AUTO_SUBJECT = re.compile(
    r"^\s*(auto(matic)?[ -]?(reply|response|antwort)|autoreply|out of (the )?office|abwesenheit\w*|automatische antwort"
    r"|réponse automatique|respuesta automática|automaatvastus|otomatik yanıt)\b[^?]{0,20}:",
    re.IGNORECASE,
)
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-mail-autoreply", "auto-reply")


def read(path: Path, place: Path) -> OpenedMail:
    """Open a mail. Raises anything at all on hostile input."""
    with path.open("rb") as file:
        message = BytesParser(policy=email.policy.compat32).parse(file)
    headers = Headers(message)
    contents = contents_of(message, place)
    report = report_in(headers, contents)
    kind = headers.raw("content-type").lower()
    senders = headers.addresses("from")
    name, address = senders[0] if senders else ("", "")
    return OpenedMail(
        sender_name=without_surrogates(name)[:160],
        sender=address[:254],
        senders=len(senders),
        to=tuple(each for _name, each in headers.addresses("to", "cc", "delivered-to", "x-original-to", "envelope-to")),
        subject=without_surrogates(headers.text("subject"))[:1000],
        text=without_surrogates(contents.text),
        language=headers.raw("content-language")[:2].lower(),
        message_id=next(iter(headers.ids("message-id")), ""),
        answers=tuple(headers.ids("references", "in-reply-to")),
        return_path=_return_path(headers),
        auto_submitted=without_surrogates(headers.raw("auto-submitted")).lower()[:40],
        precedence=without_surrogates(headers.raw("precedence")).lower()[:40],
        is_list=any(headers.has(each) for each in ("list-id", "list-post", "list-unsubscribe", "mailing-list")),
        is_auto_reply=any(headers.has(each) for each in _AUTO_HEADERS)
        or bool(_AUTO_SUBJECT.match(headers.text("subject"))),
        is_spam=headers.raw("x-spam-flag").lower().startswith("yes"),
        is_receipt="disposition-notification" in kind,
        loops=tuple(without_surrogates(each)[:120].strip() for each in headers.every("x-loop", "x-amends-loop")[:20]),
        is_report=report is not None and ("multipart/report" in kind or bool(report.action)),
        report_action=report.action if report else "",
        report_status=report.status if report else "",
        report_ids=tuple(map(without_surrogates, report.ids[:60])) if report else (),
        files=tuple(OpenedFile(each.name, each.kind, each.path, each.size) for each in contents.files),
        unread=tuple(contents.unread[:200]),
    )


def _return_path(headers: Headers) -> str:
    if not headers.has("return-path"):
        return ""
    written = without_surrogates(headers.raw("return-path"))
    return "<>" if written.replace(" ", "") in {"<>", ""} else written[:254]


def answer(path: Path, place: Path) -> dict[str, Any]:
    """The mail, or why it cannot be opened."""
    try:
        return {"mail": read(path, place).as_json()}
    except (MemoryError, RecursionError, TooComplexError):
        return {"why": "too_complex"}
    except OSError as error:
        return {"why": "disk_full" if error.errno in DISK_FAULTS else "broken"}
    except Exception as error:
        return {"why": "broken", "error": type(error).__name__}


def _life() -> None:
    path, place = map(Path, sys.argv[1:3])
    limit_this_process(EXTRA_MEMORY)
    said = answer(path, place)
    if "mail" in said:
        said["mail"]["peak_kb"] = _peak_kb()
    sys.stdout.write(json.dumps(said))


def _peak_kb() -> int:
    """The most memory in use since this program began; 0 where nothing tells."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


if __name__ == "__main__":
    _life()
