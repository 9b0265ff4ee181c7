"""The mailbox that is read: every mail is kept and committed here before the server is told that we have it."""

import imaplib
import logging
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError

from amends.complaints.actions import keep_mail
from amends.correspondence.models import IncomingMail
from amends.people.standing import SYSTEM

log = logging.getLogger("amends.mail")

TIMEOUT_SECONDS = 30
AT_A_TIME = 50


class MailboxError(Exception):
    """The mail server does not answer, or does not let us in. Names no password."""


@contextmanager
def _opened() -> Iterator[BaseMailBox]:
    url = urlsplit(settings.AMENDS_IMAP_URL)
    tls = parse_qs(url.query).get("tls", ["yes" if url.scheme == "imaps" else "start"])[0]
    host, port = url.hostname or "", url.port or (993 if tls == "yes" else 143)
    context = ssl.create_default_context()
    mailbox: BaseMailBox
    try:
        if tls == "yes":
            mailbox = MailBox(host, port, timeout=TIMEOUT_SECONDS, ssl_context=context)
        elif tls == "start":
            mailbox = MailBoxStartTls(host, port, timeout=TIMEOUT_SECONDS, ssl_context=context)
        else:
            mailbox = MailBoxUnencrypted(host, port, timeout=TIMEOUT_SECONDS)
        folder = unquote(url.path.strip("/")) or "INBOX"
        with mailbox.login(unquote(url.username or ""), unquote(url.password or ""), initial_folder=folder):
            yield mailbox
    except (ImapToolsError, imaplib.IMAP4.error, OSError, ssl.SSLError) as error:
        raise MailboxError(type(error).__name__) from error


def fetch(now: Callable[[], datetime]) -> list[IncomingMail]:
    """Keep what lies in the mailbox, then move it aside there. Raises MailboxError.

    Cut off in between, the same mail is fetched again and found by its hash. A mail that the server does not hand over
    stays where it is, and the next is fetched.
    """
    kept = []
    with _opened() as mailbox:
        uids = mailbox.uids("ALL")[:AT_A_TIME]
        if uids and not mailbox.folder.exists(settings.AMENDS_IMAP_DONE):
            mailbox.folder.create(settings.AMENDS_IMAP_DONE)
        for uid in uids:
            content = _bytes_of(mailbox, uid)
            if content is None:
                log.warning("the mail server does not hand over a mail; it stays in the mailbox")
                continue
            kept.append(keep_mail(content, way=IncomingMail.Way.IMAP, by=SYSTEM, at=now()))
            mailbox.move([uid], settings.AMENDS_IMAP_DONE)
    return kept


def _bytes_of(mailbox: BaseMailBox, uid: str) -> bytes | None:
    """The mail as it is: parsing it is not for this process."""
    status, found = mailbox.client.uid("fetch", uid, "(BODY.PEEK[])")
    if status != "OK":
        return None
    return next((bytes(part[1]) for part in found if isinstance(part, tuple)), None)
