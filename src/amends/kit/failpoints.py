"""Named places where a test may make the process die, fail or wait.

Off unless AMENDS_FAILPOINTS is set, for example `after_file_fsync:kill,before_seal:raise,after_entry:sleep=2`.
A suffix `@N` lets the first N-1 passes through: `after_entry:kill@3`.
"""

import os
import re
import signal
import sys
import time

#: Every place that exists, with what has just happened there. A test walks the code and this list together.
KNOWN = {
    "after_file_fsync": "the bytes of an upload are on disk, its name is not final",
    "after_file_rename": "the file has its final name, the row that names it is not written",
    "after_facts": "a verb has changed facts, its journal entry is not written",
    "after_entry": "the journal entry is written, the transaction is open",
    "after_mail_kept": "a mail is committed, the mail server still thinks that it has it",
    "after_receipt_commit": "a complaint is committed, its reference not yet shown",
    "after_fan_out": "follow-ups are written, the transaction is open",
    "after_claim": "follow-ups are leased, none has run",
    "before_alarms_commit": "alarms have rung, the transaction is open",
    "before_mail": "a delivery row is committed, the mail is not handed over",
    "after_mail": "the mail server has the mail, the delivery row does not know",
    "before_seal": "the sealer has read entries, nothing is numbered",
    "after_seal": "entries are numbered, the transaction is open",
    "after_checkpoint": "a checkpoint is committed, no sink has it",
    "after_anchor": "a sink has the checkpoint, the database does not know",
}


class FailpointError(RuntimeError):
    """Raised by a failpoint that is set to `raise`."""


def _parse(setting: str) -> dict[str, tuple[str, int]]:
    points: dict[str, tuple[str, int]] = {}
    for part in filter(None, (piece.strip() for piece in setting.split(","))):
        name, _, action = part.partition(":")
        action, _, nth = action.partition("@")
        if name not in KNOWN:
            sys.exit(f"AMENDS_FAILPOINTS names {name!r}, which does not exist; known are: {', '.join(KNOWN)}")
        action = action or "kill"
        if not re.fullmatch(r"kill|raise|sleep=[0-9]+(\.[0-9]+)?", action) or not re.fullmatch(r"([1-9][0-9]*)?", nth):
            sys.exit(f"AMENDS_FAILPOINTS: {part!r} does not end in kill, raise or sleep=SECONDS, perhaps with @N")
        points[name] = (action, int(nth or 1))
    return points


_ACTIVE = _parse(os.environ.get("AMENDS_FAILPOINTS", ""))
_PASSES: dict[str, int] = {}


def failpoint(name: str) -> None:
    """Do here what AMENDS_FAILPOINTS asks for; without that setting, nothing."""
    if not _ACTIVE or name not in _ACTIVE:
        return
    action, nth = _ACTIVE[name]
    _PASSES[name] = _PASSES.get(name, 0) + 1
    if _PASSES[name] < nth:
        return
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif action == "raise":
        raise FailpointError(name)
    else:
        time.sleep(float(action.removeprefix("sleep=")))
