"""Taking a message to the complainant back before it leaves."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.actors import staff_id_of
from amends.complaints.lifecycle import Verb
from amends.complaints.models import HeldMessage
from amends.journal.recording import record
from amends.journal.vocabulary import Subject
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def take_back(held: HeldMessage, *, by: engine.Person, at: datetime) -> HeldMessage:
    """Nothing goes out, and the text stays. Only whoever sent it, and only until it leaves.

    The worker that lets it leave moves the same column of the same row, so that one of the two finds it moved.
    Refusals: `not_yours`, `left_already`.
    """
    complaint = held.complaint
    lifecycle.check(Verb.TAKE_BACK, complaint, by=by)
    if held.person_id != staff_id_of(by):
        raise Refusal("not_yours", _("Only whoever sent a message can take it back."))
    rows = HeldMessage.objects.waiting().filter(pk=held.pk, leaves_at__gt=at)
    if rows.update(state=HeldMessage.State.TAKEN_BACK, ended_at=at) != 1:
        raise Refusal(
            "left_already",
            _("The message has left already and cannot be taken back. Write a second one if something is wrong in it."),
        )
    held.state, held.ended_at = HeldMessage.State.TAKEN_BACK, at
    record(
        events.MessageTakenBack(complaint=complaint.subject, held=Subject("held_message", held.pk), number=held.number),
        by=by,
        at=at,
    )
    return held
