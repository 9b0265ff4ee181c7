"""Keeping a mail as it came, before anything else is done with it (ISO 10002, 7.2)."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from amends.complaints import events
from amends.complaints.permissions import May
from amends.correspondence.models import IncomingMail, SortedMail
from amends.files.taking_in import keep_as_it_came
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.failpoints import failpoint
from amends.kit.ids import new_reference
from amends.permissions import engine

PREFIX = "MAIL"
_TRIES = 5


def keep_mail(content: bytes, *, way: IncomingMail.Way, by: engine.Person, at: datetime) -> IncomingMail:
    """Store the bytes and their hash; both are durable when this returns outside a transaction.

    The same bytes are the same mail: whoever hands them over twice, after a crash in between, gets what is there.
    """
    engine.require(by, May.SORT_MAIL)
    digest = hashlib.sha256(content).hexdigest()
    for attempt in range(_TRIES):
        known = IncomingMail.objects.filter(digest=digest).first()
        if known is not None:
            return known
        try:
            mail = _kept(content, digest, way, by=by, at=at)
        except IntegrityError:
            if attempt == _TRIES - 1:
                raise
            continue  # handed over twice at the same moment, or a reference was drawn twice: look again
        failpoint("after_mail_kept")
        return mail
    raise AssertionError("unreachable")


@transaction.atomic
def _kept(content: bytes, digest: str, way: IncomingMail.Way, *, by: engine.Person, at: datetime) -> IncomingMail:
    reference = new_reference(PREFIX, at.year)
    mail = IncomingMail.objects.create(
        reference=reference,
        digest=digest,
        size=len(content),
        file=keep_as_it_came(content, name=f"{reference}.eml", at=at) if content else None,
        way=way,
        arrived_at=at,
    )
    SortedMail.objects.create(mail=mail)
    record(
        events.MailKept(
            mail=Subject("mail", mail.pk), reference=reference, digest=digest, size=mail.size, way=way.value
        ),
        by=by,
        at=at,
    )
    return mail
