"""Reminding somebody that a role which was lent, or a training, ends soon (ISO 10002, 5.4.4, 6.4)."""

from datetime import UTC, datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Delegation, Training
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def remind_of_end(held: Delegation | Training, *, by: engine.Person, at: datetime) -> None:
    """Note that they are reminded, once; the notice follows. Refusals: `too_early`, `stale`."""
    engine.require(by, May.KEEP_TIME)
    if held.remind_at is None or held.remind_at > at:
        raise Refusal("too_early", _("This is not due yet."))
    # Compare and set: of several workers one reminds.
    rows = type(held)._default_manager.filter(pk=held.pk, remind_at=held.remind_at)
    if rows.update(remind_at=None) != 1:
        raise Refusal("stale", _("This was done already."))
    if isinstance(held, Delegation):
        what, person, ends_at = "loan", held.holder, held.ends_at
    else:
        assert held.valid_to is not None
        what, person, ends_at = "training", held.person, datetime.combine(held.valid_to, time(0), UTC)
    record(events.EndReminded(person=person.subject, what=what, key=held.pk, ends_at=ends_at), by=by, at=at)
