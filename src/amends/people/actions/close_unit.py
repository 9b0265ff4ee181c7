"""Closing a unit."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Unit
from amends.people.permissions import May
from amends.permissions import engine


@transaction.atomic
def close_unit(unit: Unit, *, successor: Unit, by: engine.Person, at: datetime) -> None:
    """Close a unit that has no open units below it. What it held stays readable under the same name."""
    engine.require(by, May.MANAGE_UNITS, unit)
    if unit.is_root:
        raise Refusal("root_stays", _("The organisation itself stays at the top."))
    if Unit.objects.open().filter(parent=unit).exists():
        raise Refusal("units_below", _("There are open units below it. Move or close those first."))
    if successor.pk == unit.pk or successor.closed_at is not None:
        raise Refusal("successor_unfit", _("Choose an open unit that takes over."), field="successor")
    if Unit.objects.filter(pk=unit.pk, closed_at__isnull=True).update(closed_at=at) != 1:
        raise Refusal("unit_closed", _("This unit is closed already."))
    record(events.UnitClosed(unit=unit.subject, successor=successor.subject), by=by, at=at)
