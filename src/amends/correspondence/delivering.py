"""Handing mails to the mail server, so that none is lost and none gets a second identity."""

import hashlib
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F

from amends.correspondence.as_html import as_html
from amends.correspondence.models import Delivery, Thread
from amends.framework.models import MessageTemplate
from amends.framework.queries import organisation
from amends.journal.outbox import TryLaterError
from amends.kit import ids
from amends.kit.failpoints import failpoint
from amends.kit.text import clean_line

#: So many earlier mails are named beside the first one: enough for every mail program to keep them together.
LAST_NAMED = 5
REFUSED_AT_ONCE = "the mail server refuses this address"


#: Stands in what is kept of a mail, in the place of what only its recipient may know.
WITHHELD = "••••••"


@dataclass(frozen=True)
class Paper:
    """A PDF that goes along with a mail, made anew whenever it is tried."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A notice, worded and addressed. `secret` goes out in the place of `WITHHELD` and is kept nowhere."""

    address: str
    subject: str
    body: str
    language: str
    is_automatic: bool = True
    template: MessageTemplate | None = None
    secret: str = ""
    paper: Paper | None = None


def send_once(
    mail: Mail, *, entry: UUID, notice: str, recipient: str, thread: Thread | None, now: Callable[[], datetime]
) -> Delivery:
    """Send a mail for an entry if it has not been sent yet. `recipient` tells recipients of one notice apart.

    Raises TryLaterError when the mail server cannot take it now.
    """
    delivery, _made = Delivery.objects.get_or_create(
        entry=entry,
        notice=notice,
        recipient=recipient,
        defaults={
            "thread": thread,
            "address": mail.address,
            "subject": clean_line(mail.subject)[:200],
            "body": mail.body,
            "language": mail.language,
            "message_id": _message_id(entry, notice, recipient),
            "reply_token": ids.new_reply_token() if thread is not None else None,
            "is_automatic": mail.is_automatic,
            "template": mail.template,
            "made_at": now(),
        },
    )
    if delivery.state != Delivery.State.WAITING:
        return delivery
    failpoint("before_mail")
    rows = Delivery.objects.filter(pk=delivery.pk)
    rows.update(attempts=F("attempts") + 1)
    try:
        _hand_over(delivery, mail)
    except smtplib.SMTPRecipientsRefused as error:
        if all(500 <= code < 600 for code, _text in error.recipients.values()):
            rows.update(state=Delivery.State.REFUSED, last_error=REFUSED_AT_ONCE)
            delivery.refresh_from_db()
            return delivery
        rows.update(last_error="the mail server does not take this address now")
        raise TryLaterError("the mail server does not take the address now") from error
    except (smtplib.SMTPException, OSError) as error:
        rows.update(last_error=type(error).__name__)
        raise TryLaterError(f"the mail server cannot be reached or did not answer ({type(error).__name__})") from error
    failpoint("after_mail")
    rows.update(state=Delivery.State.SENT, sent_at=now(), last_error="")
    delivery.refresh_from_db()
    return delivery


def _hand_over(delivery: Delivery, mail: Mail) -> None:
    body = delivery.body.replace(WITHHELD, mail.secret) if mail.secret else delivery.body
    message = EmailMultiAlternatives(
        subject=delivery.subject,
        body=body,
        from_email=sender(),
        to=[delivery.address],
        headers=headers_of(delivery),
        connection=get_connection(),
    )
    if delivery.thread_id is not None:
        message.attach_alternative(as_html(delivery), "text/html")
    if mail.paper is not None:
        message.attach(mail.paper.name, mail.paper.content, "application/pdf")
    message.send()


def headers_of(delivery: Delivery) -> dict[str, str]:
    """What mail programs go by: its identity, what it belongs to, where an answer goes, whether to answer at all."""
    found = {"Message-ID": delivery.message_id, "Content-Language": delivery.language, "X-Loop": loop_mark()}
    if delivery.is_automatic:
        found |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    before = _before(delivery)
    if before:
        found |= {"In-Reply-To": before[-1], "References": " ".join(before)}
    reply_to = reply_address(delivery)
    return {**found, "Reply-To": reply_to} if reply_to else found


def loop_mark() -> str:
    """What tells a mail of ours that comes back to us in a circle."""
    return f"amends@{_domain()}"


def reply_address(delivery: Delivery) -> str:
    """The address for answers to one mail, which only its recipient can know; empty where no mailbox is read."""
    mailbox, at, domain = str(settings.AMENDS_MAIL_REPLY_TO).strip().rpartition("@")
    return f"{mailbox}+{delivery.reply_token}@{domain}" if at and delivery.reply_token else ""


def _before(delivery: Delivery) -> list[str]:
    """The first mail of this conversation to the same address and the last ones before this, the oldest first."""
    if delivery.thread_id is None:
        return []
    earlier = Delivery.objects.filter(
        thread=delivery.thread_id, address=delivery.address, state=Delivery.State.SENT, pk__lt=delivery.pk
    )
    names = earlier.values_list("message_id", flat=True)
    last = list(names.order_by("-pk")[:LAST_NAMED])[::-1]
    first = names.order_by("pk").first()
    return last if first is None or first in last else [first, *last]


def sender() -> str:
    """The address that mails come from: the setting, else the organisation's, else one that cannot be answered."""
    if settings.AMENDS_MAIL_FROM:
        return str(settings.AMENDS_MAIL_FROM)
    known = organisation()
    return known.email if known and known.email else f"no-reply@{_domain()}"


def _domain() -> str:
    return settings.AMENDS_PUBLIC_URL.partition("://")[2].partition(":")[0] or "localhost"


def _message_id(entry: UUID, notice: str, recipient: str) -> str:
    name = hashlib.sha256(f"{entry.hex} {notice} {recipient}".encode()).hexdigest()[:40]
    return f"<{name}@{_domain()}>"
