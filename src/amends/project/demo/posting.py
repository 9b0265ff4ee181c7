"""Mails in the mailbox of the demonstration: a complaint, what a person has to look at, and what machines sent."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from random import Random

from amends.complaints.actions import keep_mail
from amends.correspondence.models import IncomingMail
from amends.mailroom.email.sorting import sort_one
from amends.people.standing import SYSTEM
from amends.project.demo import drawing

_MAILBOX = "complaints@larkhaven.example"


def put_mails_in(rng: Random, now: datetime) -> None:
    """The mails of the last day, as they come over the wire; each is sorted at the moment of its arrival."""
    for number, (mail, before) in enumerate(_mails(rng), start=1):
        at = now - before
        mail["To"], mail["Date"] = _MAILBOX, format_datetime(at)
        mail["Message-ID"] = f"<{number}.{at:%Y%m%d}@mail.example.org>"
        kept = keep_mail(mail.as_bytes(), way=IncomingMail.Way.IMAP, by=SYSTEM, at=now)
        sort_one(kept.sorted.pk, now)


def _mails(rng: Random) -> list[tuple[EmailMessage, timedelta]]:
    photo = _mail(
        "Olivia Pemberton <olivia.pemberton@example.org>",
        "Brown water again",
        "Good morning,\n\nthe water is brown again, see the picture from this morning. You told my neighbour in spring"
        " that it would stop. Please say what is wrong, and when it will be mended.\n\nOlivia Pemberton\n"
        "14 Anchor Street",
    )
    photo.add_attachment(drawing.photograph(rng), maintype="image", subtype="png", filename="tap.png")
    offer = _mail("Growth Partners <offers@example.net>", "Double your customers", "Answer today and pay half.")
    offer["X-Spam-Flag"] = "YES"
    away = _mail("Kerem Yıldız <kerem.yildiz@example.com>", "Otomatik yanıt: Ofis dışındayım", "Pazartesi dönüyorum.")
    away["Auto-Submitted"] = "auto-replied"
    news = _mail("Water Week <news@example.com>", "Water Week: this month's issue", "Read about pumps and pipes.")
    news["List-Id"], news["Precedence"] = "<news.example.com>", "list"
    return [
        (news, timedelta(hours=20)),
        (away, timedelta(hours=5)),
        (offer, timedelta(hours=3)),
        (photo, timedelta(minutes=40)),
    ]


def _mail(sender: str, subject: str, text: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = sender, subject
    mail.set_content(text)
    return mail
