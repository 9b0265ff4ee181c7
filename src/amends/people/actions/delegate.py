"""Lending a role to somebody for a time."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.ending import remind_before
from amends.people.models import Delegation, Person, RoleGrant, Unit
from amends.people.permissions import May
from amends.permissions import engine
from amends.permissions.roles import Role


@transaction.atomic
def delegate(
    lender: Person,
    holder: Person,
    role: Role,
    unit: Unit,
    *,
    starts_at: datetime,
    ends_at: datetime,
    by: engine.Person,
    at: datetime,
) -> Delegation:
    """Lend a role until a moment. It lapses by itself when the lender stops holding it."""
    engine.require(by, May.DELEGATE, lender)
    if holder.pk == lender.pk or not holder.is_active:
        raise Refusal("holder_unfit", _("Choose somebody else to lend the role to."), field="holder")
    if unit.closed_at is not None:
        raise Refusal("unit_closed", _("This unit is closed. Choose another."), field="unit")
    if ends_at <= max(starts_at, at):
        raise Refusal("days_reversed", _("The end has to be in the future and after the beginning."), field="ends_at")
    held = RoleGrant.objects.in_force(at).filter(person=lender, role=role.value).values_list("unit__path", flat=True)
    if not any(unit.path.startswith(path) for path in held):
        raise Refusal("not_theirs_to_lend", _("Only a role that is held can be lent."), field="role")
    delegation = Delegation.objects.create(
        lender=lender,
        holder=holder,
        role=role.value,
        unit=unit,
        starts_at=starts_at,
        ends_at=ends_at,
        remind_at=remind_before(ends_at, since=max(starts_at, at)),
    )
    record(
        events.Delegated(
            person=lender.subject,
            holder=holder.subject,
            role=role.value,
            unit=unit.subject,
            starts_at=starts_at,
            ends_at=ends_at,
        ),
        by=by,
        at=at,
    )
    return delegation
