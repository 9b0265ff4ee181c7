"""A mail becomes a complaint, an enquiry, praise … under a reference of its own (ISO 10002, 7.2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events
from amends.complaints.actions.receive import Receipt, receive
from amends.complaints.actors import VISITOR, person_id_of
from amends.complaints.intake import Intake
from amends.complaints.models.complaint import Kind
from amends.complaints.permissions import May
from amends.correspondence.models import SortedMail
from amends.journal.recording import record
from amends.kit.ids import derived_token
from amends.kit.refusal import Refusal
from amends.permissions import engine

OUTCOMES = {
    Kind.COMPLAINT: SortedMail.Outcome.COMPLAINT,
    Kind.ENQUIRY: SortedMail.Outcome.ENQUIRY,
    Kind.SUGGESTION: SortedMail.Outcome.SUGGESTION,
    Kind.PRAISE: SortedMail.Outcome.PRAISE,
    Kind.NOT_A_COMPLAINT: SortedMail.Outcome.NOT_A_COMPLAINT,
}


@transaction.atomic
def take_up_mail(
    found: SortedMail,
    intake: Intake,
    *,
    by: engine.Person,
    at: datetime,
    left_out: tuple[tuple[str, str], ...] = (),
    facts: Mapping[str, Any] | None = None,
) -> Receipt:
    """Record it once, whatever crashes in between: the token belongs to the mail. Refusal: `mail_settled`.

    Taken up by itself, its sender is who acts; by a member of staff, they are.
    """
    engine.require(by, May.SORT_MAIL)
    token = derived_token(found.mail.digest, settings.AMENDS_TRACKING_KEY, f"mail {found.mail.reference}")
    receipt = receive(intake, token=token, by=VISITOR if by.actor_kind == "system" else by, at=at)
    complaint = receipt.complaint
    settle_mail(
        found,
        OUTCOMES[Kind(intake.kind)],
        by=by,
        at=at,
        thread=complaint.thread,
        message=complaint.thread.messages.earliest("id"),
        left_out=list(left_out),
        **(facts or {}),
    )
    record(
        events.MailTakenUp(
            mail=found.subject,
            reference=found.mail.reference,
            complaint=complaint.subject,
            outcome=found.outcome,
            files=len(intake.files),
            left_out=len(left_out),
        ),
        by=by,
        at=at,
    )
    return receipt


def settle_mail(
    found: SortedMail, outcome: SortedMail.Outcome, *, by: engine.Person, at: datetime, **facts: Any
) -> None:
    """Say what became of a mail that is no message yet. Of two who say so at once the second is refused."""
    person = person_id_of(by)
    changes = {
        "outcome": outcome,
        "sorted_at": found.sorted_at or at,
        "waits": False,
        "leased_until": None,
        **({"settled_at": at, "settled_by_id": person} if person else {}),
        **({"text": ""} if "message" in facts else {}),
        **facts,
    }
    # Nothing that became a message becomes anything else; what was set aside can still be taken up.
    free = SortedMail.objects.filter(pk=found.pk, outcome=found.outcome, message__isnull=True)
    if free.update(**changes) != 1:
        raise Refusal("mail_settled", _("Somebody has dealt with this mail already. Look at the list again."))
    for name, value in changes.items():
        setattr(found, name, value)
