"""Reminding of what waits for somebody or ends soon, beside the deadlines (ISO 10002, 5.4, 7.3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.complaints import events, lifecycle
from amends.complaints.lifecycle import Verb
from amends.complaints.waiting import Waits, due_of, what_of
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def remind_of(waits: Waits, *, by: engine.Person, at: datetime) -> None:
    """Note that somebody is reminded of it, once; the notice follows. Refusals: `too_early`, `stale`."""
    lifecycle.take(Verb.REMIND_OF, waits.complaint, by=by, at=at)
    if waits.remind_at is None or waits.remind_at > at:
        raise Refusal("too_early", _("This is not due yet."))
    # Compare and set: of several workers one reminds.
    rows = type(waits)._default_manager.filter(pk=waits.pk, remind_at=waits.remind_at)
    if rows.update(remind_at=None) != 1:
        raise Refusal("stale", _("This was done already."))
    record(
        events.RemindedOf(complaint=waits.complaint.subject, what=what_of(waits), key=waits.pk, due_at=due_of(waits)),
        by=by,
        at=at,
    )
