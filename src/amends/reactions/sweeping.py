"""What is done now and then: drafts and files that ran out, the reading log, sessions, the auditor's mail."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.core.mail import EmailMessage

from amends.complaints import drafts
from amends.correspondence.delivering import sender
from amends.files import scanning
from amends.files import sweeping as files
from amends.journal import leases
from amends.journal.models import Anchoring, Checkpoint
from amends.journal.reads import digest_days, expire_reads
from amends.people.standing import SYSTEM
from amends.surveys.turning import turn

log = logging.getLogger("amends.sweeping")

DUTY = "sweeper"
LEASE = timedelta(seconds=120)
MAIL_SINK = "mail"
MAIL_EVERY = timedelta(hours=24)


def sweep(holder: str, at: datetime) -> None:
    """Do what is due; one worker at a time."""
    if leases.take(DUTY, holder, at, LEASE) is None:
        return
    scanning.scan_waiting()
    if _is_due("drafts", 300, at):
        drafts.expire(at)
    if _is_due("surveys", 60, at):
        turn(at)
    if _is_due("files", 3600, at):
        files.sweep(at)
    if _is_due("reads", 1800, at):
        digest_days(by=SYSTEM, at=at)
        expire_reads(at - timedelta(days=30 * settings.AMENDS_READ_LOG_MONTHS))
    if _is_due("sessions", 86_400, at):
        SessionStore.clear_expired()
    mail_checkpoint_to_auditor(at)


def _is_due(what: str, seconds: int, at: datetime) -> bool:
    """Whether something was last done so long ago. Forgotten when the cache is lost, which does no harm."""
    key = f"amends:swept:{what}"
    last = cache.get(key)
    if last is not None and at.timestamp() - float(last) < seconds:
        return False
    cache.set(key, at.timestamp(), 7 * 86_400)
    return True


def mail_checkpoint_to_auditor(at: datetime) -> bool:
    """Send the newest checkpoint to the auditor once a day: a copy that nobody here can take back."""
    if not settings.AMENDS_AUDITOR_EMAIL:
        return False
    newest = Checkpoint.objects.order_by("-size").first()
    last = Anchoring.objects.filter(sink=MAIL_SINK).order_by("-at").first()
    if newest is None or (last and (last.checkpoint_id == newest.size or at - last.at < MAIL_EVERY)):
        return False
    EmailMessage(
        subject=f"Amends checkpoint {newest.size}",
        body=newest.note,
        from_email=sender(),
        to=[settings.AMENDS_AUDITOR_EMAIL],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    Anchoring.objects.get_or_create(checkpoint=newest, sink=MAIL_SINK, defaults={"at": at})
    return True
