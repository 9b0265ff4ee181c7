"""Mails as they come over the wire, and what becomes of them."""

import itertools
from datetime import datetime
from email.message import EmailMessage

from amends.complaints.actions import keep_mail
from amends.complaints.models import Complaint
from amends.correspondence.models import IncomingMail, SortedMail
from amends.mailroom.email.sorting import sort_one
from amends.people.standing import SYSTEM
from tests.cast import World

TEXT = "The water was off for two days and nobody told us."
MAILBOX = "complaints@larkhaven.example"
_numbers = itertools.count(1)


def a_mail(
    text: str = TEXT,
    *,
    sender: str = "Mari Saar <mari@example.org>",
    to: str = MAILBOX,
    subject: str = "No water",
    files: tuple[tuple[str, bytes], ...] = (),
    **headers: str,
) -> bytes:
    """A mail by somebody, with its own Message-ID; headers by their names, `_` for `-`."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Message-ID"] = headers.pop("Message_ID", f"<{next(_numbers)}@mail.example.org>")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def come(world: World, raw: bytes, at: datetime | None = None) -> SortedMail:
    """A mail comes in by the pipe and is sorted."""
    at = at or world.at
    mail = keep_mail(raw, way=IncomingMail.Way.PIPE, by=SYSTEM, at=at)
    sort_one(mail.sorted.pk, at)
    return SortedMail.objects.get(mail=mail)


def complaint_of(found: SortedMail) -> Complaint:
    """The complaint that a mail belongs to."""
    return Complaint.objects.get(thread=found.thread)
