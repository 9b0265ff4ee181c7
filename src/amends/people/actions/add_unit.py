"""Adding a unit."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Unit
from amends.people.permissions import May
from amends.people.unit_tree import checked_unit_name, lock_the_tree, require_room
from amends.permissions import engine


@transaction.atomic
def add_unit(name: str, *, parent: Unit | None, by: engine.Person, at: datetime) -> Unit:
    """Add a unit below another; without a parent it is the organisation itself, of which there is one."""
    engine.require(by, May.MANAGE_UNITS, parent)
    if parent is not None:
        lock_the_tree(parent)
        require_room(parent, len(parent.path) + 20)
    unit = Unit(name=checked_unit_name(name), parent=parent)
    try:
        with transaction.atomic():
            unit.save(force_insert=True)
    except IntegrityError as error:
        raise Refusal("unit_exists", _("There is a unit of this name here already."), field="name") from error
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    record(events.UnitAdded(unit=unit.subject, parent=parent.subject if parent else None), by=by, at=at)
    return unit
