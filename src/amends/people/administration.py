"""That somebody administers the whole organisation, always."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal
from amends.people.models import Person, RoleGrant
from amends.permissions.roles import Role


def _grants(at: datetime) -> QuerySet[RoleGrant]:
    everywhere = RoleGrant.objects.in_force(at).filter(role=Role.ADMINISTRATOR.value, unit__parent__isnull=True)
    return everywhere.filter(person__is_active=True)


def lock_administrators(at: datetime) -> None:
    """Two administrators who take the role from each other at once: the second waits here and sees that it is one."""
    list(_grants(at).select_for_update(of=("self",)).order_by("pk"))


def administers_everything(person: Person, at: datetime) -> bool:
    """Whether they are administrator of the whole organisation."""
    return _grants(at).filter(person=person).exists()


def require_an_administrator(at: datetime) -> None:
    """Refuse when nobody would be left who can let others in."""
    if not _grants(at).exists():
        raise Refusal("last_administrator", _("This is the last administrator. Make somebody else one first."))
