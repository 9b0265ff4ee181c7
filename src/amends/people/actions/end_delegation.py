"""Taking a lent role back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Delegation
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: engine.Person, at: datetime) -> None:
    """Take a lent role back before its time."""
    engine.require(by, May.DELEGATE, delegation)
    # By the end that was loaded: of two who take it back at once, the clock of one may be a little behind.
    still = Delegation.objects.filter(pk=delegation.pk, ends_at=delegation.ends_at, ends_at__gt=at)
    if still.update(ends_at=max(at, delegation.starts_at)) != 1:
        raise Refusal("delegation_over", _("This role is not lent any more."))
    record(
        events.DelegationEnded(
            person=delegation.lender.subject, holder=delegation.holder.subject, role=delegation.role
        ),
        by=by,
        at=at,
    )
