"""From a kept mail to what it becomes. One mail that makes trouble costs its own time, and never that of the next."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import F, Q

from amends.complaints import mails
from amends.complaints.actions import join_mail, note_bounce, set_mail_aside, take_up_mail
from amends.complaints.models import Complaint
from amends.correspondence.models import Delivery, SortedMail
from amends.correspondence.raw_mails import raw_path
from amends.correspondence.unpacking.limited import Unpacked, UnreadableError, unpacked
from amends.framework.queries import organisation
from amends.kit.refusal import Refusal
from amends.mailroom.email.telling_apart import Finding, Outcome, Why, finding_on, told_of
from amends.people.standing import SYSTEM

log = logging.getLogger("amends.mail")

LEASE = timedelta(minutes=5)
#: Taking files in can be tried again; a mail that fails so often is left to people.
MOST_TRIES = 3
_WHY = {why.value: why for why in (Why.BROKEN, Why.TOO_COMPLEX)}


def sort_waiting(now: Callable[[], datetime], *, most: int = 50) -> int:
    """Sort mails that wait, the oldest first. Returns how many there were; before the first start, none."""
    if organisation() is None:
        return 0
    at = now()
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=at)
    waiting = SortedMail.objects.unsorted().filter(free).order_by("id")[:most]
    done = 0
    for key in list(waiting.values_list("pk", flat=True)):
        done += sort_one(key, now())
    return done


def sort_one(key: int, at: datetime) -> bool:
    """Sort one mail, unless somebody else is at it. Whatever it does, it comes to an end here."""
    mine = SortedMail.objects.unsorted().filter(Q(leased_until__isnull=True) | Q(leased_until__lt=at), pk=key)
    if not mine.update(leased_until=at + LEASE, tries=F("tries") + 1):
        return False
    found = SortedMail.objects.select_related("mail", "mail__file").get(pk=key)
    if found.tries > MOST_TRIES:
        _quarantine(found, Why.FAILED, at)
        return True
    try:
        _sort(found, at)
    except UnreadableError as error:
        if error.why in _WHY:
            _quarantine(found, _WHY[error.why], at)
        else:
            log.warning("mail %s waits: %s", found.mail.reference, error.why)
    except Refusal as refusal:
        log.warning("mail %s waits: %s", found.mail.reference, refusal.code)
        if refusal.code not in mails.PASSING:
            _quarantine(found, Why.FAILED, at)
    except (OperationalError, InterfaceError, OSError):
        raise  # the database or the disk is at fault, not the mail: it waits for its lease to end
    except Exception:
        # A mail that finds a mistake of ours must not stop those behind it.
        log.exception("mail %s could not be sorted", found.mail.reference)
        _quarantine(found, Why.FAILED, at)
    return True


def _sort(found: SortedMail, at: datetime) -> None:
    if found.mail.file is None:
        set_mail_aside(found, Outcome.OTHER, Why.NO_TEXT, waits=False, by=SYSTEM, at=at)
        return
    if found.mail.size > settings.AMENDS_MAIL_MAX_MB * 1024 * 1024:
        _quarantine(found, Why.TOO_LARGE, at)
        return
    with raw_path(found.mail) as path, unpacked(path) as opened:
        finding = finding_on(opened.mail, found, at)
        facts = {**mails.facts_of(opened.mail), "delivery": finding.delivery}
        if finding.why is not None:
            _set_aside(found, opened, finding, facts, at)
        elif finding.outcome == Outcome.REPLY:
            _join(found, opened, finding, facts, at)
        else:
            _take_up(found, opened, finding, facts, at)


def _quarantine(found: SortedMail, why: Why, at: datetime) -> None:
    """It has a reference, and those who see to it are told."""
    set_mail_aside(found, Outcome.QUARANTINE, why, waits=True, by=SYSTEM, at=at)


def _set_aside(found: SortedMail, opened: Unpacked, finding: Finding, facts: dict[str, object], at: datetime) -> None:
    assert finding.why is not None
    waits = finding.waits
    if finding.why == Why.BOUNCE and finding.delivery is not None:
        # The handler of the complaint is told; where there is none, somebody looks here.
        waits = not note_bounce(finding.delivery, status=opened.mail.report_status, by=SYSTEM, at=at)
    text = mails.fitting(mails.text_of(opened.mail))
    left_out = [(file.name[:200], "not_opened") for file in opened.mail.files]
    kept = {**facts, "text": text, "left_out": left_out}
    about = told_of(opened.mail, finding)
    set_mail_aside(found, finding.outcome, finding.why, waits=waits, by=SYSTEM, at=at, facts=kept, about=about)


def _join(found: SortedMail, opened: Unpacked, finding: Finding, facts: dict[str, object], at: datetime) -> None:
    assert finding.delivery is not None
    text = mails.text_of(opened.mail, is_reply=True)
    taken = mails.files_of_mail(opened, text, at=at)
    try:
        join_mail(
            found,
            _complaint_of(finding.delivery),
            text=mails.fitting(text),
            whole=mails.fitting(mails.text_of(opened.mail)),
            files=taken.files,
            left_out=taken.left_out,
            facts=facts,
            by=SYSTEM,
            at=at,
        )
    except Refusal as refusal:
        taken.discard()
        log.warning("mail %s cannot be added: %s", found.mail.reference, refusal.code)
        not_taken = Finding(Outcome.OTHER, Why.NOT_TAKEN, waits=True, delivery=finding.delivery)
        _set_aside(found, opened, not_taken, facts, at)


def _complaint_of(delivery: Delivery) -> Complaint:
    """The complaint that our mail was about. Where it was merged into another, that one goes on."""
    return Complaint.objects.get(thread=delivery.thread_id)


def _take_up(found: SortedMail, opened: Unpacked, finding: Finding, facts: dict[str, object], at: datetime) -> None:
    known = organisation()
    assert known is not None
    text = mails.text_of(opened.mail)
    taken = mails.files_of_mail(opened, text, at=at)
    try:
        intake = mails.intake_of(
            opened.mail,
            text,
            taken,
            organisation=known,
            kind=finding.kind,
            received_at=min(found.mail.arrived_at, at),
        )
        take_up_mail(found, intake, left_out=taken.left_out, facts=facts, by=SYSTEM, at=at)
    except Refusal:
        taken.discard()
        raise
