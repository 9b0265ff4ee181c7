"""Ending a role."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.administration import lock_administrators, require_an_administrator
from amends.people.models import RoleGrant
from amends.people.permissions import May
from amends.permissions import engine
from amends.permissions.roles import Role


@transaction.atomic
def end_role(grant: RoleGrant, *, by: engine.Person, at: datetime) -> None:
    """End a role. From the next request on it is not held any more."""
    engine.require(by, May.GRANT_ROLES, grant.unit)
    lock_administrators(at)
    ended_at = max(at, grant.starts_at)  # the clock of another host may be a little ahead of ours
    if RoleGrant.objects.filter(pk=grant.pk, ends_at__isnull=True).update(ends_at=ended_at) != 1:
        raise Refusal("role_over", _("This role has ended already."))
    if grant.role == Role.ADMINISTRATOR.value and grant.unit.is_root:
        require_an_administrator(ended_at)
    record(events.RoleEnded(person=grant.person.subject, role=grant.role, unit=grant.unit.subject), by=by, at=at)
