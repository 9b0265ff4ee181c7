"""A mail becomes a message of a complaint that exists (ISO 10002, 7.3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from amends.complaints import events
from amends.complaints.actions.reply import reply
from amends.complaints.actions.take_up_mail import settle_mail
from amends.complaints.models import Complaint
from amends.complaints.permissions import May
from amends.complaints.queries import speaking_for
from amends.correspondence.models import Message, SortedMail
from amends.correspondence.models.message import Channel
from amends.correspondence.writing import checked_text
from amends.files.models import StoredFile
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.permissions import engine


@transaction.atomic
def join_mail(
    found: SortedMail,
    complaint: Complaint,
    *,
    text: str,
    by: engine.Person,
    at: datetime,
    files: Sequence[StoredFile] = (),
    left_out: tuple[tuple[str, str], ...] = (),
    whole: str = "",
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Message:
    """Add it to the complaint. By itself only what answers a mail of ours and comes from where that went: whoever calls
    this for the system has made sure of both. A member of staff says why. `whole` is kept where the text leaves
    something out. Refusals: `mail_settled`, those of a reply.
    """
    engine.require(by, May.SORT_MAIL)
    is_by_itself = by.actor_kind == "system"
    reason = "" if is_by_itself else checked_text(reason, longest=500, field="reason")
    message = reply(
        complaint,
        text=text,
        by=speaking_for(complaint) if is_by_itself else by,
        at=at,
        channel=Channel.EMAIL,
        files=files,
    )
    settle_mail(
        found,
        SortedMail.Outcome.REPLY,
        by=by,
        at=at,
        thread=complaint.thread,
        message=message,
        reason=reason,
        left_out=list(left_out),
        text=whole if whole != text else "",
        **(facts or {}),
    )
    record(
        events.MailJoined(
            mail=found.subject,
            reference=found.mail.reference,
            complaint=complaint.subject,
            message=Subject("message", message.pk),
            is_same_sender=is_by_itself,
            files=len(files),
            left_out=len(left_out),
        ),
        by=by,
        at=at,
        payload={"reason": reason} if reason else None,
    )
    return message
