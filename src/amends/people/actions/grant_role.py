"""Granting a role for a unit, and ending it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.administration import lock_administrators, require_an_administrator
from amends.people.models import Person, RoleGrant, Unit
from amends.people.permissions import May
from amends.permissions import engine
from amends.permissions.roles import Role


@transaction.atomic
def grant_role(person: Person, role: Role, unit: Unit, *, by: engine.Person, at: datetime) -> RoleGrant:
    """Let somebody hold a role for a unit and everything below it."""
    engine.require(by, May.GRANT_ROLES, unit)
    if not person.is_active:
        raise Refusal("has_left", _("This person has left and cannot hold a role."))
    if unit.closed_at is not None:
        raise Refusal("unit_closed", _("This unit is closed. Choose another."), field="unit")
    try:
        with transaction.atomic():
            grant = RoleGrant.objects.create(person=person, role=role.value, unit=unit, starts_at=at)
    except IntegrityError as error:
        if role is Role.MANAGEMENT_REPRESENTATIVE:
            sentence = _("This unit has a management representative. End that role first.")
        else:
            sentence = _("This person holds this role for this unit already.")
        raise Refusal("role_held", sentence, field="role") from error
    record(events.RoleGranted(person=person.subject, role=role.value, unit=unit.subject), by=by, at=at)
    return grant


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
