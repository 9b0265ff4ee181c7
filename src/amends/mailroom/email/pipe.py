"""One mail on standard input, from a mail server that delivers into a command.

The exit codes are those of sysexits: 0 it is kept for good, 75 try again later. There is no third: what we cannot keep
now the mail server keeps.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from amends.complaints.actions import keep_mail
from amends.correspondence.models import IncomingMail
from amends.mailroom.email.sorting import sort_one
from amends.people.standing import SYSTEM

log = logging.getLogger("amends.mail")

KEPT = 0
TRY_AGAIN = 75


def receive(source: BinaryIO, now: Callable[[], datetime]) -> int:
    """Keep the mail, then sort it: whatever happens to the sorting, the mail is ours."""
    try:
        mail = keep_mail(source.read(), way=IncomingMail.Way.PIPE, by=SYSTEM, at=now())
    except Exception:
        log.exception("a mail could not be kept; the mail server is asked to try again")
        return TRY_AGAIN
    try:
        sort_one(mail.sorted.pk, now())
    except Exception:
        log.exception("mail %s is kept and will be sorted later", mail.reference)
    return KEPT
