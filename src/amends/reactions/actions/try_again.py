"""Putting a follow-up that was given up back into the queue, once its reason has been mended."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal import outbox
from amends.journal.models import FollowUp
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine
from amends.reactions import events
from amends.reactions.permissions import May


@transaction.atomic
def try_again(follow_up: FollowUp, *, by: engine.Person, at: datetime) -> None:
    """Let a worker try it again, beginning now."""
    engine.require(by, May.OPERATE)
    if not outbox.try_again(follow_up, at):
        raise Refusal("not_failed", _("This is not waiting for anybody any more. Look at the list again."))
    record(
        events.TriedAgain(
            follow_up=events.subject_of(follow_up),
            reaction=follow_up.reaction,
            entry=follow_up.entry.uid,
            attempts=follow_up.attempts,
        ),
        by=by,
        at=at,
    )
