"""What a mail is, by what it says of itself: written by a person or by a machine (RFC 3834), new or an answer.

Reads only. From proves nothing: a mail belongs to a complaint when it carries what only the recipient of one of our
mails can know, and comes from where that went.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from amends.complaints import mails
from amends.complaints.models import Complaint, Party
from amends.complaints.models.complaint import Kind
from amends.correspondence.delivering import loop_mark, sender
from amends.correspondence.models import Delivery, SortedMail
from amends.correspondence.unpacking.opened import OpenedMail
from amends.kit import ids

Outcome: TypeAlias = SortedMail.Outcome
Why: TypeAlias = SortedMail.Why

_LISTS = {"list", "bulk", "junk"}
_AUTOMATA = ("mailer-daemon@", "postmaster@")


@dataclass(frozen=True)
class Finding:
    """What a mail is. `delivery` is the mail of ours that it answers or reports on."""

    outcome: Outcome
    why: Why | None = None
    waits: bool = False
    delivery: Delivery | None = None
    kind: Kind = Kind.COMPLAINT


def finding_on(mail: OpenedMail, known_as: SortedMail, at: datetime) -> Finding:
    """Tell what a mail is."""
    if _is_our_own(mail):
        return Finding(Outcome.SUPPRESSED, Why.LOOP)
    ours = answered_by(mail)
    by_machine = _from_a_machine(mail, ours)
    if by_machine is not None:
        return by_machine
    if mail.is_spam:
        return Finding(Outcome.OTHER, Why.SPAM, waits=True)
    if not _is_address(mail.sender):
        return Finding(Outcome.OTHER, Why.NO_SENDER, waits=True, delivery=ours)
    if _came_before(mail, known_as):
        return Finding(Outcome.SUPPRESSED, Why.DUPLICATE)
    if not mails.text_of(mail):
        return Finding(Outcome.OTHER, Why.NO_TEXT, waits=True, delivery=ours)
    if ours is not None:
        return _answer_to(ours, mail)
    if _is_repeated(mail, known_as, at):
        return Finding(Outcome.OTHER, Why.REPEATED, waits=True)
    kind = kind_asked_for(mail)
    return Finding(Outcome(kind.value), kind=kind)


def answered_by(mail: OpenedMail) -> Delivery | None:
    """The mail of ours that this one answers: by the token in the address, else by its Message-ID."""
    marks = [mark for address in mail.to for mark in _marks_in(address)]
    tokens = list(filter(None, map(ids.read_reply_token, marks)))
    by_token = Delivery.objects.filter(reply_token__in=tokens).order_by("-id").first() if tokens else None
    if by_token is not None:
        return by_token
    named = [*mail.answers, *mail.report_ids]
    return Delivery.objects.filter(message_id__in=named).order_by("-id").first() if named else None


def kind_asked_for(mail: OpenedMail) -> Kind:
    """A complaint, unless it was sent to the address for something else: complaints+praise@…"""
    found = (mails.KINDS.get(mark) for address in mail.to for mark in _marks_in(address))
    return next((kind for kind in found if kind is not None), Kind.COMPLAINT)


def _marks_in(address: str) -> list[str]:
    """What stands behind the plus sign of one of our own addresses."""
    mailbox, _at, domain = address.rpartition("@")
    name, plus, mark = mailbox.partition("+")
    return [mark.lower()] if plus and f"{name}@{domain}".lower() in _own_addresses() else []


def _own_addresses() -> set[str]:
    return {each.strip().lower() for each in (settings.AMENDS_MAIL_REPLY_TO, sender()) if each and "@" in each}


def _is_our_own(mail: OpenedMail) -> bool:
    """It carries our mark, our name or our address: it went round in a circle."""
    if loop_mark() in mail.loops or mail.sender in _own_addresses():
        return True
    return bool(mail.message_id) and Delivery.objects.filter(message_id=mail.message_id).exists()


def _from_a_machine(mail: OpenedMail, ours: Delivery | None) -> Finding | None:
    """Nothing that a machine sent is answered, and nothing of it becomes part of a complaint."""
    is_returned = mail.return_path == "<>" or mail.sender.startswith(_AUTOMATA)
    if mail.is_receipt or (mail.is_report and mail.report_action in {"delivered", "relayed", "expanded"}):
        return Finding(Outcome.SUPPRESSED, Why.RECEIPT, delivery=ours)
    if mail.is_report and mail.report_action == "delayed":
        return Finding(Outcome.SUPPRESSED, Why.DELAY, delivery=ours)
    if mail.is_report or (is_returned and not mail.is_auto_reply):
        return Finding(Outcome.SUPPRESSED, Why.BOUNCE, waits=ours is None, delivery=ours)
    automatic = mail.auto_submitted not in {"", "no"} or mail.precedence in {"auto_reply", "auto-reply"}
    if automatic or mail.is_auto_reply or is_returned:
        return Finding(Outcome.SUPPRESSED, Why.AUTO_REPLY, delivery=ours)
    if mail.is_list or mail.precedence in _LISTS:
        return Finding(Outcome.SUPPRESSED, Why.LIST)
    return None


def _answer_to(ours: Delivery, mail: OpenedMail) -> Finding:
    """A reply joins only from where our mail went; everything else a person looks at."""
    complaint = _told_by(ours)
    if complaint is None:
        return Finding(Outcome.OTHER, Why.NOT_OURS, waits=True, delivery=ours)
    if not _is_from_recipient(mail, ours, complaint):
        return Finding(Outcome.OTHER, Why.OTHER_SENDER, waits=True, delivery=ours)
    return Finding(Outcome.REPLY, delivery=ours)


def told_of(mail: OpenedMail, finding: Finding) -> Complaint | None:
    """The complaint whose handler hears of a mail that is not added to it.

    Of automatic answers only the recipient's own: nobody else gets their words into a complaint by a header line.
    """
    ours = finding.delivery
    complaint = _told_by(ours) if ours is not None else None
    if ours is None or complaint is None:
        return None
    if finding.why == Why.AUTO_REPLY and not _is_from_recipient(mail, ours, complaint):
        return None
    return complaint if finding.why in {Why.AUTO_REPLY, Why.OTHER_SENDER} else None


def _told_by(ours: Delivery) -> Complaint | None:
    """The complaint that a mail of ours told a complainant about."""
    if not ours.thread_id or not ours.recipient.startswith("party-"):
        return None
    return Complaint.objects.filter(thread=ours.thread_id).first()


def _is_from_recipient(mail: OpenedMail, ours: Delivery, complaint: Complaint) -> bool:
    return mail.senders == 1 and mail.sender in {ours.address.lower(), *_addresses_of(complaint, ours)}


def _addresses_of(complaint: Complaint, ours: Delivery) -> set[str]:
    """Where the recipient of our mail can be reached today: the address may have been corrected since."""
    key = ours.recipient.removeprefix("party-")
    rows = Party.objects.filter(complaint=complaint, pk=int(key)) if key.isdecimal() else Party.objects.none()
    return {email.lower() for email in rows.exclude(email="").values_list("email", flat=True)}


def _came_before(mail: OpenedMail, known_as: SortedMail) -> bool:
    """The same mail by another way: its own name, sender and words, in other bytes."""
    if not mail.message_id:
        return False
    same = SortedMail.objects.filter(
        sender=mail.sender, header_id=mail.message_id, likeness=mails.likeness_of(mail), pk__lt=known_as.pk
    )
    return same.exclude(outcome="").exists()


def _is_repeated(mail: OpenedMail, known_as: SortedMail, at: datetime) -> bool:
    """Machines that hide that they are machines write the same again and again; people seldom do."""
    likeness = mails.likeness_of(mail)
    before = SortedMail.objects.filter(
        sender=mail.sender, likeness=likeness, pk__lt=known_as.pk, mail__arrived_at__gte=at - mails.REPEATED_WITHIN
    )
    return bool(likeness) and before.exclude(outcome__in=["", Outcome.SUPPRESSED]).exists()


def _is_address(written: str) -> bool:
    try:
        validate_email(written)
    except ValidationError:
        return False
    return True
