"""Granting a role for a unit."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
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
