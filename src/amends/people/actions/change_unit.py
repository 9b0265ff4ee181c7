"""Renaming a unit, or moving it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.people import events
from amends.people.models import Unit
from amends.people.permissions import May
from amends.people.unit_tree import checked_unit_name, lock_the_tree, require_room
from amends.permissions import engine


@transaction.atomic
def change_unit(
    unit: Unit, *, name: str, parent: Unit | None, by: engine.Person, at: datetime, seen: int | None = None
) -> None:
    """Rename a unit, or move it with everything below it.

    `seen` is the version that was on the page; refuses with `stale` when there is a newer one.
    """
    engine.require(by, May.MANAGE_UNITS, unit)
    if (parent is None) != unit.is_root:
        raise Refusal("root_stays", _("The organisation itself stays at the top."), field="parent")
    if parent is not None and parent.pk != unit.parent_id:
        engine.require(by, May.MANAGE_UNITS, parent)
        lock_the_tree(parent, unit)
        if parent.path.startswith(unit.path):
            raise Refusal("unit_circle", _("A unit cannot stand below itself."), field="parent")
        longest = max(len(path) for path in Unit.objects.within(unit).values_list("path", flat=True))
        require_room(parent, len(parent.path) + longest)
    before, old = unit.name, unit.path
    name = checked_unit_name(name)
    rows = Unit.objects.filter(pk=unit.pk, version=unit.version if seen is None else seen)
    try:
        with transaction.atomic():
            if rows.update(name=name, parent=parent, version=F("version") + 1) != 1:
                sentence = _("Somebody else has changed this unit meanwhile. Compare both and save again.")
                raise Refusal("stale", sentence)
    except IntegrityError as error:
        raise Refusal("unit_exists", _("There is a unit of this name here already."), field="name") from error
    unit.refresh_from_db(fields=["name", "parent", "version"])
    new = f"{parent.path if parent else '/'}{unit.pk}/"
    if new != old:
        Unit.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
        unit.path = new
    record(
        events.UnitChanged(unit=unit.subject, parent=parent.subject if parent else None),
        by=by,
        at=at,
        payload={"before": before, "after": unit.name},
    )
