"""A mail becomes no message: a machine sent it, it cannot be opened, or a person has to look first (ISO 10002, 7.2)."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeAlias

from django.db import transaction

from amends.complaints import events
from amends.complaints.actions.take_up_mail import settle_mail
from amends.complaints.models import Complaint
from amends.complaints.permissions import May
from amends.correspondence.models import SortedMail
from amends.correspondence.writing import checked_text
from amends.journal.recording import record
from amends.permissions import engine

Told: TypeAlias = type[events.AutomaticAnswerCame] | type[events.AnsweredFromElsewhere]

_TOLD: Mapping[str, Told] = MappingProxyType(
    {
        SortedMail.Why.AUTO_REPLY: events.AutomaticAnswerCame,
        SortedMail.Why.OTHER_SENDER: events.AnsweredFromElsewhere,
    }
)


@transaction.atomic
def set_mail_aside(
    found: SortedMail,
    outcome: SortedMail.Outcome,
    why: SortedMail.Why,
    *,
    waits: bool,
    by: engine.Person,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    about: Complaint | None = None,
) -> None:
    """Say what it is and why, and whether somebody has to look. It is kept and can be taken up later.

    `about` is the complaint whose handler is told that it came; nothing else happens to that.
    """
    engine.require(by, May.SORT_MAIL)
    settle_mail(found, outcome, by=by, at=at, **{**(facts or {}), "why": why, "waits": waits})
    record(
        events.MailSetAside(
            mail=found.subject,
            reference=found.mail.reference,
            outcome=outcome.value,
            why=why.value,
            waits=waits,
        ),
        by=by,
        at=at,
    )
    if about is not None and why in _TOLD:
        _tell(about, found, _TOLD[why], by=by, at=at)


def _tell(complaint: Complaint, found: SortedMail, told: Told, *, by: engine.Person, at: datetime) -> None:
    """Its place on the timeline: no message, no answer, and no clock hears of it."""
    record(told(complaint=complaint.subject, mail=found.subject, reference=found.mail.reference), by=by, at=at)


@transaction.atomic
def dismiss_mail(found: SortedMail, *, reason: str, by: engine.Person, at: datetime) -> None:
    """Somebody has looked, and it is not a complaint. It stays, and can be taken up later. Refusal: `mail_settled`."""
    engine.require(by, May.SORT_MAIL)
    reason = checked_text(reason, longest=500, field="reason")
    before = found.outcome
    settle_mail(found, SortedMail.Outcome.NOT_A_COMPLAINT, by=by, at=at, reason=reason)
    record(
        events.MailDismissed(mail=found.subject, reference=found.mail.reference, before=before),
        by=by,
        at=at,
        payload={"reason": reason},
    )
